"""Versions of experiments, models and data: kept with a tool by code that runs, not just declared."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, below_any, full_name, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call

_DVC = ("*.dvc", "dvc.lock", "dvc.yaml", ".dvc/config", "feature_store.yaml")
WANTS = (*CODE_FILES, *_DVC)
FACTS = (
    FactSpec(
        "versioning.experiments",
        FactType.FLAG,
        "Runs are tracked; wired when code logs to a tracker, exercised when its output is committed.",
        ladder=True,
        reads=CODE_FILES,
    ),
    FactSpec(
        "versioning.models",
        FactType.FLAG,
        "Models have versions; wired when code registers or stores them with a tool.",
        ladder=True,
        reads=CODE_FILES,
    ),
    FactSpec(
        "versioning.data",
        FactType.FLAG,
        "Data has versions; wired when files of a tool say which, and where they are kept.",
        ladder=True,
        reads=WANTS,
    ),
)

_LOGS = re.compile(
    r"(?:^|\.)(?:log_metrics?|log_params?|log_artifacts?|log_model|start_run|autolog|set_experiment|log|log_figure|add_scalar"
    r"|add_scalars|add_hparams|log_metric_list|TensorBoard|SummaryWriter|Live|init|Task\.init|Experiment|init_run|init_project"
    r"|Run|WandbCallback|WandbLogger|MLFlowLogger|CometLogger|TensorBoardLogger|callback)$"
)
_REGISTERS = re.compile(
    r"(?:^|\.)(?:register_model|create_registered_model|create_model_version|transition_model_version_stage"
    r"|set_registered_model_alias|set_model_version_tag|get_latest_versions|push_to_hub|link_model|model_registry"
    r"|create_model_package|get_model_version_by_alias|search_model_versions|search_registered_models|Model\.upload|Model\.register"
    r"|update_model_version)$"
)
_STORED = re.compile(r"^bentoml\.[\w.]+\.?(?:save_model|save)$|^bentoml\.models\.create$|^wandb\.Artifact$")
_REGISTERED_MODEL = re.compile(r"^(?:models:/|runs:/)")
_REMOTE = re.compile(r"^\s*url\s*=\s*\S", re.MULTILINE)
_OUTPUTS = ("mlruns/", "mlflow.db", "wandb/", "lightning_logs/", "dvclive/")
_MOST = 40


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what is logged, registered and versioned."""
    codebase = Codebase(documents)
    seen = _Seen(documents)
    committed = [e.path for e in documents.snapshot.tree if any(f"/{o}" in f"/{e.path}" for o in _OUTPUTS)]
    for source in codebase:
        if not TESTS.search(source.path):
            yield from seen.experiments(source, bool(committed))
            yield from seen.models(source)
            yield from seen.data(source)
    yield from _by_dvc(documents)


class _Seen:
    """Judges calls against the trackers and registries of the vocabulary."""

    def __init__(self, documents: Documents) -> None:
        self._trackers = imports_for(documents.vocabulary, "tracking")
        self._registries = imports_for(documents.vocabulary, "registry", "tracking")
        self._data = imports_for(documents.vocabulary, "data-versioning")

    def experiments(self, source: Source, committed: bool) -> Iterator[Fact]:  # noqa: FBT001  # read at one place
        """Calls that log a run, or an import that nothing follows."""
        found = source.imports(self._trackers)
        if found is None:
            return
        logging = [c for c in source.module.calls if self._is_logging(source, c)]
        for call in logging[:1]:
            rung = Rung.EXERCISED if committed else Rung.WIRED
            yield Fact("versioning.experiments", at=source.says(call), rung=rung)
        if not logging:
            at = source.at(found.line, f"imports {full_name(found)} and logs nothing")
            yield Fact("versioning.experiments", at=at, rung=Rung.DECLARED)

    def _is_logging(self, source: Source, call: Call) -> bool:
        if not _LOGS.search(call.name):
            return False
        if call.method in {"log", "init", "callback", "Run", "Live", "Experiment"}:
            return below_any(call.name, self._trackers)
        return below_any(call.name, self._trackers) or "." in call.name or source.notebook is not None

    def models(self, source: Source) -> Iterator[Fact]:
        """Calls that give a model a version, or read one by its version."""
        if source.imports(self._registries) is None:
            return
        for call in [c for c in source.module.calls if self._is_registering(c)][:_MOST]:
            yield Fact("versioning.models", at=source.says(call), rung=Rung.WIRED)
            return
        named = next((t for t in source.module.texts if _REGISTERED_MODEL.match(t.value)), None)
        if named is not None and named.value.startswith("models:/"):
            yield Fact("versioning.models", at=source.at(named.line, "reads a registered model"), rung=Rung.WIRED)

    @staticmethod
    def _is_registering(call: Call) -> bool:
        named = "registered_model_name" in call.keywords
        return named or bool(_REGISTERS.search(call.name) or _STORED.search(call.name))

    def data(self, source: Source) -> Iterator[Fact]:
        """Calls of a tool that keeps versions of data."""
        if source.imports(self._data) is None:
            return
        call = next((c for c in source.module.calls if below_any(c.name, self._data)), None)
        if call is not None:
            yield Fact("versioning.data", at=source.says(call), rung=Rung.WIRED)


def _by_dvc(documents: Documents) -> Iterator[Fact]:
    """Pointers and locks of DVC; only declared when nothing says where the data is kept."""
    remote = any(_REMOTE.search(documents.text(p) or "") for p in documents.matching(".dvc/config"))
    for path in documents.matching("*.dvc", "dvc.lock"):
        if posixpath.basename(path) != ".dvc" and "/.dvc/" not in f"/{path}":
            note = "versions data with DVC" if remote else "versions data with DVC, kept nowhere"
            yield Fact("versioning.data", at=Location(path, note=note), rung=Rung.WIRED if remote else Rung.DECLARED)
    for path in documents.matching("feature_store.yaml"):
        yield Fact("versioning.data", at=Location(path, note="a feature store"), rung=Rung.WIRED)

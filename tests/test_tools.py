"""Every tool of the vocabulary is found by each of its ways of showing, through the extractors that look for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from conftest import snapshot_of
from portfolio_audit.engine.load import load_vocabulary
from portfolio_audit.evidence import (
    areas,
    code,
    containers,
    data,
    delivery,
    environment,
    hosting,
    hygiene,
    monitoring,
    references,
    retraining,
    serving,
    testing,
    unused,
    versioning,
    workflows,
)
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.vocabulary import CUES, Tool, Vocabulary

RULES = Path(__file__).parents[1] / "rules"
VOCABULARY = load_vocabulary((RULES,))
RULE_TEXTS = " ".join(p.read_text() for p in RULES.glob("*/*.yaml") if p.parent.name != "vocabulary")
JOINED = " ".join(p.read_text() for p in (RULES.parent / "src/portfolio_audit/evidence/profile").glob("*.py"))
"""What makes the facts of a profile, which rules name, from those of its repositories."""
NOBODY = {
    "imports": "nobody_knows", "distributions": "nobody-knows", "images": "nobody/knows", "files": "nobody.knows",
    "actions": "nobody/knows", "urls": "nobody.example", "commands": "nobody knows",
}  # fmt: skip
Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """A small repository that uses a tool in one way, and the fact that sees it (or, if ``absent``, no longer does)."""

    extractor: ModuleType
    fact: str
    files: Callable[[str], Files]
    rung: Rung | None = None
    absent: bool = False

    def sees(self, name: str) -> bool:
        facts = self.extractor.extract(Documents(snapshot_of(self.files(name)), VOCABULARY))
        seen = any(f.id == self.fact and (self.rung is None or f.rung is self.rung) for f in facts)
        return seen is not self.absent


def taken(module: str) -> str:
    """The statement that imports a module, or something of one."""
    parent, _, name = module.rpartition(".")
    return f"from {parent} import {name}\n" if parent else f"import {module}\n"


def script(text: str) -> Callable[[str], Files]:
    """One script: IMPORT stands for the statement, NAME for the last part of the module, MODULE for all of it."""

    def files(module: str) -> Files:
        last = module.rpartition(".")[2]
        return {"main.py": text.replace("IMPORT", taken(module)).replace("NAME", last).replace("MODULE", module)}

    return files


def composed(image: str) -> Files:
    return {"compose.yaml": f"services:\n  one:\n    image: {image}:latest\n"}


def step(line: str) -> Callable[[str], Files]:
    """A workflow of one step."""

    def files(name: str) -> Files:
        steps = f"      - {line.replace('NAME', name)}\n"
        head = "on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n"
        return {".github/workflows/ci.yml": head + steps, "dvc.yaml": "stages: {}\n"}

    return files


def named(glob: str) -> str:
    """A path that a glob matches."""
    path = glob.replace("**/", "").replace("*", "a")
    return f"{path}README" if path.endswith("/") else path


def one_file(glob: str) -> Files:
    return {named(glob): "runtime: python\nweb: python app.py\n"}


MODEL = "import joblib\ndef answer():\n    return joblib.load('m').predict(x)\n"
ROUTE = "from MODULE import App\napp = App()\n@app.get('/p')\ndef p():\n    return 1\n"
ASKED = "from fastapi import FastAPI\nIMPORTapp = FastAPI()\n@app.get('/p')\ndef p():\n    return llm.invoke('q')\n"
FITTED = "from sklearn.svm import SVC\nfrom MODULE import Maker\nmade = Maker()\nmade.fit(x)\n"
TELLING = """\
from evidently.report import Report
IMPORT
def main():
    report = Report()
    report.run(x)
    NAME.post(report)
main()
"""
TEST = "def test_a():\n    assert check(rows) == 1\n"
IMPORTED: Mapping[str, Way] = {
    "training": Way(code, "code.training", script("from MODULE import M\nmodel = M()\nmodel.fit(x, y)\n")),
    "preparation": Way(code, "code.training", script(FITTED), absent=True),
    "llm": Way(serving, "api.interface", script(ASKED), Rung.WIRED),
    "vector-store": Way(areas, "area.imports", script("IMPORT")),
    "llm-evaluation": Way(areas, "area.imports", script("IMPORT")),
    "tracking": Way(versioning, "versioning.experiments", script("IMPORT")),
    "registry": Way(versioning, "versioning.models", script("IMPORThub.push_to_hub('m')\n")),
    "data-versioning": Way(versioning, "versioning.data", script("IMPORTNAME('d')\n")),
    "orchestration": Way(retraining, "retraining.idle", script("from MODULE import flow\n@flow\ndef f(): ...\n")),
    "scheduling": Way(retraining, "retraining.idle", script("from MODULE import flow\n@flow\ndef f(): ...\n")),
    "drift": Way(monitoring, "monitoring.model", script("IMPORT")),
    "monitoring": Way(monitoring, "monitoring.idle", script("IMPORT")),
    "llm-monitoring": Way(monitoring, "monitoring.idle", script("IMPORT")),
    "service-monitoring": Way(monitoring, "monitoring.idle", script("IMPORT")),
    "alerting": Way(monitoring, "monitoring.alerting", script(TELLING)),
    "serving": Way(serving, "api.interface", script(ROUTE)),
    "ui": Way(serving, "api.interface", script(ROUTE)),
    "batch-serving": Way(serving, "api.batch", script("IMPORT" + MODEL)),
    "model-server": Way(serving, "api.interface", script("from fastapi import App\n" + "IMPORT" + ROUTE), Rung.WIRED),
    "endpoint": Way(hosting, "hosting.live", script("IMPORTmodel.deploy('x')\n")),
    "data-testing": Way(testing, "tests.real", lambda name: {"tests/test_data.py": taken(name) + TEST}),
    "data-download": Way(data, "data.scripted", script("IMPORTNAME('dataset')\n")),
}
IMAGED: Mapping[str, Way] = {
    "tracking": Way(versioning, "versioning.experiments", composed, Rung.DECLARED),
    "orchestration": Way(retraining, "retraining.idle", composed),
    **{
        purpose: Way(monitoring, "monitoring.idle", composed)
        for purpose in (
            "drift", "monitoring", "llm-monitoring", "service-monitoring", "metrics-store", "dashboard", "alerting",
        )
    },
    "model-server": Way(serving, "api.interface", composed),
    "llm": Way(areas, "area.imports", composed),
    "vector-store": Way(areas, "area.imports", composed),
    "onbuild-image": Way(containers, "services.dockerfile", lambda image: {"Dockerfile": f"FROM {image}:1\n"}),
}  # fmt: skip
FILED: Mapping[str, Way] = {
    "model-artifact": Way(
        versioning, "versioning.models", lambda glob: {f"{named(glob)}.dvc": "outs:\n- md5: 0f\n  path: m\n"}
    ),
    "llm-evaluation": Way(areas, "area.imports", one_file),
    "data-versioning": Way(versioning, "versioning.data", one_file),
    "hosting": Way(hosting, "hosting.live", one_file),
    "infrastructure": Way(delivery, "delivery.infrastructure", one_file),
    "container": Way(containers, "services.dockerfile", one_file),
    "linting": Way(hygiene, "hygiene.linting", one_file),
}
EFFECTS: Mapping[str, tuple[ModuleType, str]] = {
    "test-runner": (workflows, "workflows.tests"),
    "linting": (workflows, "workflows.lints"),
    "image-build": (workflows, "workflows.builds"),
    "delivery": (delivery, "delivery.pipeline"),
    "image-push": (delivery, "delivery.image"),
    "package-publish": (delivery, "delivery.package"),
    "pages": (delivery, "delivery.pages"),
}
WAYS: Mapping[str, Mapping[str, Way]] = {
    "imports": IMPORTED,
    "images": IMAGED,
    "files": FILED,
    "actions": {purpose: Way(*seen, step("uses: NAME@v1")) for purpose, seen in EFFECTS.items()},
    "commands": {
        **{purpose: Way(*seen, step("run: NAME something")) for purpose, seen in EFFECTS.items()},
        **{
            purpose: Way(hosting, "hosting.ready", lambda c: {"Dockerfile": f"FROM python\nCOPY . .\nCMD {c} x\n"})
            for purpose in ("serving", "ui", "model-server")
        },
        "hosting": Way(hosting, "hosting.live", step("run: NAME something")),
        "endpoint": Way(hosting, "hosting.live", step("run: NAME something")),
        "stage-runner": Way(retraining, "retraining.pipeline", step("run: NAME something")),
        "data-download": Way(data, "data.scripted", lambda command: {"get.sh": f"{command} something\n"}),
    },
    "urls": {
        "hosting": Way(hosting, "hosting.live", lambda u: {"README.md": f"[Try it](https://{host_in(u)}/a)\n"}),
        "closed-hosting": Way(
            hosting, "hosting.live", lambda u: {"README.md": f"[Try it](https://app.{u}/a)\n"}, Rung.WIRED
        ),
        "data-host": Way(data, "data.pointer", lambda url: {"README.md": f"[Data](https://{url}/ada/some-set)\n"}),
        "delivery": Way(delivery, "delivery.pipeline", step("run: git push https://NAME/me/app main")),
        "writing": Way(references, "writing.links", lambda url: {"README.md": f"My article: [how](https://{url}/a)\n"}),
    },
}
LOOSE = {
    "helper": ("environment.unused", unused, True),
    "linting": ("environment.unused", unused, True),
    "operating-system": ("environment.broken_line", environment, False),
}


def host_in(url: str) -> str:
    """An address that ends in a host, or begins with a path, of the vocabulary."""
    return f"{'' if '/' in url else 'app.'}{url.replace('*', 'eu-west-1')}"


def ways(tool: Tool, cue: str) -> Iterator[tuple[str, Way]]:
    for purpose in tool.purposes:
        if purpose in WAYS.get(cue, ()) and cue in VOCABULARY.purposes[purpose].cues:
            yield purpose, WAYS[cue][purpose]


NOT_ALONE = {"mage_ai"}
"""Modules that count only together with a file which no import shows."""


@pytest.mark.parametrize("tool", VOCABULARY.tools, ids=lambda tool: tool.name)
def test_every_cue_of_a_tool_is_seen(tool: Tool) -> None:
    missed = [
        (purpose, name)
        for cue in CUES
        for purpose, way in ways(tool, cue)
        for name in getattr(tool, cue)
        if name not in NOT_ALONE and not way.sees(name)
    ]

    assert missed == []


@pytest.mark.parametrize("tool", [t for t in VOCABULARY.tools if t.distributions], ids=lambda tool: tool.name)
def test_every_distribution_of_a_tool_is_known(tool: Tool) -> None:
    assert [name for name in tool.distributions if not _is_known(tool, name)] == []


def _is_known(tool: Tool, distribution: str) -> bool:
    """Whether it is counted as giving one of the tool's modules, or else as its purpose says."""
    modules = {module.partition(".")[0] for module in tool.imports}
    if not modules:
        fact, extractor, absent = next(LOOSE[purpose] for purpose in tool.purposes if purpose in LOOSE)
        return Way(
            extractor, fact, lambda name: {"requirements.txt": f"{name}\n", "a.py": "x = 1\n"}, None, absent
        ).sees(distribution)
    files = {"requirements.txt": f"{distribution}==1\n", "a.py": "".join(f"import {module}\n" for module in modules)}
    facts = environment.extract(Documents(snapshot_of(files), VOCABULARY))
    return len(modules) > sum(fact.id == "environment.undeclared" for fact in facts)


@pytest.mark.parametrize(("cue", "purpose"), [(c, p) for c in WAYS for p in WAYS[c]], ids=str)
def test_what_no_tool_claims_is_not_seen(cue: str, purpose: str) -> None:
    assert not WAYS[cue][purpose].sees(NOBODY[cue])


def test_every_purpose_and_cue_is_looked_at_and_named_by_a_rule() -> None:
    by_rules = {"platform-config": {"files"}}
    looked = {(p, c) for c in WAYS for p in WAYS[c] if WAYS[c][p].fact in RULE_TEXTS + JOINED}
    looked |= {(p, c) for p, cues in by_rules.items() for c in cues if f"{{purpose: {p}}}" in RULE_TEXTS}
    looked |= {(p, "distributions") for p in IMPORTED} | {(p, "distributions") for p in LOOSE}
    declared = {(p.id, cue) for p in VOCABULARY.purposes.values() for cue in p.cues}

    assert sorted(declared - looked) == []


def test_no_purpose_is_without_a_tool() -> None:
    assert set(VOCABULARY.purposes) == {purpose for tool in VOCABULARY.tools for purpose in tool.purposes}


CONFLICTS = (
    {"training", "preparation"}, {"hosting", "data-host"}, {"hosting", "writing"}, {"data-host", "writing"},
    {"delivery", "pages"}, {"delivery", "test-runner"}, {"delivery", "linting"}, {"test-runner", "linting"},
    {"drift", "service-monitoring"}, {"monitoring", "service-monitoring"}, {"helper", "operating-system"},
    {"container", "infrastructure"},
)  # fmt: skip


def test_no_two_tools_claim_one_cue_for_purposes_that_conflict() -> None:
    claimed: dict[tuple[str, str], set[str]] = {}
    for tool in VOCABULARY.tools:
        for cue in CUES:
            for name in getattr(tool, cue):
                claimed.setdefault((cue, name.lower()), set()).update(tool.purposes)
    allowed = {("imports", "evidently")}

    assert [
        key for key, purposes in claimed.items() if key not in allowed and any(c <= purposes for c in CONFLICTS)
    ] == []


def test_every_source_is_an_address(vocabulary: Vocabulary) -> None:
    sources = [(e.name, urlsplit(e.source)) for e in (*vocabulary.tools, *vocabulary.datasets)]

    assert [name for name, url in sources if url.scheme != "https" or "." not in url.netloc] == []
    assert [name for name, url in sources if url.query or " " in url.geturl()] == []

"""What code does: what it imports, whether it fits and stores a model, and whether chance is held still."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, below_any, full_name, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.evidence.seeding import chance, free_calls, seeding
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call, Import

WANTS = CODE_FILES
FACTS = (
    FactSpec("code.imports", FactType.NAMES, "Imported modules that are not the repository's own.", reads=CODE_FILES),
    FactSpec("code.broken", FactType.NAMES, "Files and cells that are not valid Python 3.", reads=CODE_FILES),
    FactSpec("code.training", FactType.FLAG, "Code fits a model.", reads=CODE_FILES),
    FactSpec("code.training_script", FactType.FLAG, "A script fits a model when it is run.", reads=("*.py",)),
    FactSpec("code.saved_model", FactType.FLAG, "Code stores a fitted model in a file.", reads=CODE_FILES),
    FactSpec("code.seeded", FactType.FLAG, "Calls of a file depend on chance and are seeded.", reads=CODE_FILES),
    FactSpec("code.unseeded", FactType.FLAG, "A call that depends on chance and is not seeded.", reads=CODE_FILES),
)

TESTS = re.compile(r"(?:^|/)tests?/|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest)\.py$", re.IGNORECASE)
_SAVES = frozenset({
    "save_model", "save_pretrained", "log_model", "save_weights", "to_onnx", "convert_sklearn", "ModelCheckpoint",
    "save_checkpoint", "to_disk", "store_artifact",
})  # fmt: skip
_SAVING = (
    "joblib.dump",
    "torch.save",
    "torch.onnx.export",
    "tensorflow.saved_model.save",
)
_PICKLES = ("pickle.dump", "pickle.dumps", "cloudpickle.dump", "dill.dump")
_ENTRY = frozenset({"flow", "command", "asset", "dag", "pipeline", "step", "job", "data_exporter", "transformer"})
_MOST_PLACES = 40
_MOST_FREE = 10


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what every module and notebook does."""
    codebase = documents.once(Codebase)
    learning = Learning(codebase)
    for source in codebase:
        yield from _imports(codebase, source)
        yield from _broken(source)
        yield from _learns(learning, source)
        yield from _chance(codebase, learning, source)
    yield from _scripts(codebase, learning)


def _imports(codebase: Codebase, source: Source) -> Iterator[Fact]:
    told: set[str] = set()
    for found in source.module.imports:
        if found.module and not codebase.is_own(source, found):
            for name in _names(found):
                if name not in told:
                    told.add(name)
                    yield Fact("code.imports", name, source.at(found.line, f"imports {name}"))


def _names(found: Import) -> tuple[str, ...]:
    """The module; and what is taken from a bare package if it is written like a module."""
    if "." not in found.module and found.name and found.name.islower():
        return found.module, full_name(found)
    return (found.module,)


def _broken(source: Source) -> Iterator[Fact]:
    if source.module.broken:
        at = Location(source.path, source.module.broken_line, note=source.module.broken[:100])
        yield Fact("code.broken", source.path, at)
    for cell in source.notebook.broken if source.notebook else ():
        at = Location(source.path, cell.line, cell.cell, cell.reason[:100])
        yield Fact("code.broken", source.path, at)


def _learns(learning: Learning, source: Source) -> Iterator[Fact]:
    if TESTS.search(source.path):
        return
    for call in learning.training(source)[:_MOST_PLACES]:
        yield Fact("code.training", at=source.says(call))
    stored = [call for call in source.module.calls if _stores(learning, source, call)]
    for call in stored[:_MOST_PLACES]:
        yield Fact("code.saved_model", at=source.says(call))


def _stores(learning: Learning, source: Source, call: Call) -> bool:
    if below_any(call.name, _PICKLES):
        return bool(learning.training(source))
    if call.method == "save" and "model" in call.name.lower():
        return learning.uses_library(source)
    return call.method in _SAVES or below_any(call.name, _SAVING)


def _chance(codebase: Codebase, learning: Learning, source: Source) -> Iterator[Fact]:
    """Whether the calls of a file that depend on chance are seeded, each by itself or all together."""
    calls = [] if TESTS.search(source.path) else list(chance(source, learning.training(source)))
    free = free_calls(source, codebase.behind(source), learning.training(source)) if calls else ()
    for call in free[:_MOST_FREE]:
        yield Fact("code.unseeded", at=source.at(call.line, f"{call.name[:60]}, without a seed"))
    held = next((call for call in calls if call not in free), seeding(source) if calls else None)
    if held is not None:
        yield Fact("code.seeded", at=source.at(held.line, f"{held.name[:60]}, with a seed"))


def _scripts(codebase: Codebase, learning: Learning) -> Iterator[Fact]:
    """The training calls that happen when a module is run, each once."""
    told: set[Location] = set()
    orchestrators = imports_for(codebase.documents.vocabulary, "orchestration")
    for source in codebase:
        if source.notebook is None and not TESTS.search(source.path) and starts(source, orchestrators):
            for place in (s.says(c) for s in codebase.behind(source) for c in learning.training(s)):
                if place not in told and not TESTS.search(place.path):
                    told.add(place)
                    yield Fact("code.training_script", at=place)


def starts(source: Source, orchestrators: tuple[str, ...]) -> bool:
    """Whether running a module does something: a guard, a call at its top level, or a flow."""
    module = source.module
    if module.runs_as_script or (source.imports(orchestrators) and _has_entry(source)):
        return True
    own = {f.name for f in module.functions if not f.owner}
    return any(not c.function and (c.name in own or c.method in {"fit", "train", "train_model"}) for c in module.calls)


def _has_entry(source: Source) -> bool:
    decorated = {d.method for f in source.module.functions for d in f.decorators}
    return bool(decorated & _ENTRY) or any(c.name.endswith(("DAG", "Pipeline")) for c in source.module.calls)

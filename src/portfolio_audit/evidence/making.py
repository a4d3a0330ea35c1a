"""Steps that make the model: they run what trains, a notebook or a pipeline, or start everything there is."""

from __future__ import annotations

import re
from functools import cached_property

from portfolio_audit.evidence.codebase import CODE_FILES, Codebase
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.parsing.shell import Command

WANTS = CODE_FILES
_RUNS_ALL = (
    "docker compose up", "docker-compose up", "docker compose run", "docker-compose run", "jupyter", "papermill",
    "prefect", "mlflow run", "dvc repro", "dvc exp run", "airflow", "dagster", "mage", "kedro run", "metaflow",
    "snakemake", "nextflow run", "quarto render", "zenml", "terraform apply", "kubectl apply", "helm",
)  # fmt: skip
"""Commands that run a pipeline or notebooks, or bring up all there is, whatever it is called."""
_NAMED = re.compile(
    r"train|(?:^|[\W_])(?:fit|model(?:l?ing)?|pipelines?|flows?|run[-_]?all|all|experiments?|main)(?:[\W_]|$)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"[\w./-]{1,300}\.(?:py|ipynb|R|Rmd|qmd|sh)")


class Making:
    """Tells steps that make the model from those that only use it; made once for all documents of a repository."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def done_by(self, command: Command) -> bool:
        """Whether a command makes the model, as far as its words or what it runs show."""
        if any(command.starts(words) for words in _RUNS_ALL):
            return True
        scripts = [word for word in command.words if _SCRIPT.fullmatch(word)]
        if scripts:
            return any(map(self.done_in, scripts))
        return any(map(_NAMED.search, command.words if command.module else command.operands))

    def done_in(self, name: str) -> bool:
        """Whether a script or notebook that a step names makes the model: by its name, or by what it reaches."""
        if name.endswith(".ipynb") or _NAMED.search(name.rpartition("/")[2]):
            return True
        wanted = f"/{name.removeprefix('./')}"
        return any(f"/{path}".endswith(wanted) for path in self.trainers)

    @cached_property
    def trainers(self) -> tuple[str, ...]:
        """The files that fit a model, themselves or in what they import; modules first."""
        codebase = self._documents.once(Codebase)
        learning = Learning(codebase)
        return tuple(s.path for s in codebase if any(map(learning.training, codebase.behind(s))))

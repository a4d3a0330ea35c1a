"""Which paths are the author's own work, and which are vendored or generated."""

from __future__ import annotations

from portfolio_audit.model.globs import matcher

NOT_AUTHORED = (
    "site-packages/", "dist-packages/", "node_modules/", "bower_components/", "vendor/", "third_party/", "Pods/",
    "venv/", ".venv/", "virtualenv/", ".virtualenv/", "__pycache__/", ".ipynb_checkpoints/", "mlruns/", ".git/",
    ".tox/", ".nox/", ".mypy_cache/", ".pytest_cache/", ".ruff_cache/", ".cache/", ".terraform/", ".eggs/",
    "*.egg-info/",
    "lightning_logs/", "wandb/run-*/", ".dvc/cache/", ".dvc/tmp/", "catboost_info/", ".idea/", ".vs/", "__MACOSX/",
    "*.dist-info/", "Scripts/activate*", "pyvenv.cfg", "*.min.js", "*.min.css", "jspm_packages/", ".gradle/",
    "fixtures/", "testdata/", "test_data/",
)  # fmt: skip
"""Trees that tools write or that were copied in; gitignore patterns."""

_excluded = matcher(NOT_AUTHORED)


def is_authored(path: str) -> bool:
    """Whether a path can be the author's own work, judged by its folders and name."""
    return not _excluded(path)

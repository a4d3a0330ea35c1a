"""Whether code depends on chance, and whether a seed makes it repeatable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio_audit.evidence.codebase import Source, below_any
from portfolio_audit.parsing.python_source import Call

_SEED_KEYWORDS = frozenset({"random_state", "seed", "random_seed", "rng", "session_id", "worker_init_fn", "generator"})
_CHANCE = frozenset({
    "train_test_split", "ShuffleSplit", "StratifiedShuffleSplit", "KMeans", "MiniBatchKMeans", "RandomForestClassifier",
    "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor", "MLPClassifier", "MLPRegressor",
    "RandomizedSearchCV", "SGDClassifier", "SGDRegressor", "IsolationForest", "SMOTE", "RandomOverSampler",
    "RandomUnderSampler", "GradientBoostingClassifier", "BaggingClassifier", "random_split", "GaussianMixture", "TSNE",
})  # fmt: skip
_RANDOM = (
    "numpy.random",
    "random",
    "torch.rand",
    "torch.randn",
    "torch.randint",
    "torch.randperm",
    "tensorflow.random",
)
_DRAWS = frozenset({
    "rand", "randn", "randint", "random", "choice", "choices", "shuffle", "sample", "uniform", "normal", "permutation",
    "standard_normal", "gauss", "randrange", "poisson", "binomial", "randperm",
})  # fmt: skip
_NEURAL = ("torch", "tensorflow", "keras", "pytorch_lightning", "lightning", "fastai")
_SEEDS = re.compile(r"seed", re.IGNORECASE)


def chance(source: Source, training: Iterable[Call]) -> Iterator[Call]:
    """The calls whose outcome depends on chance; nothing at all unless the file prepares or fits a model."""
    fitted = list(training)
    splits = [call for call in source.module.calls if call.method in _CHANCE]
    if not fitted and not splits:
        return
    yield from splits
    yield from (call for call in source.module.calls if _draws(call))
    if source.imports(_NEURAL):
        yield from fitted


def is_seeded(source: Source) -> bool:
    """Whether a file sets a seed anywhere."""
    return any(
        _SEED_KEYWORDS & set(call.keywords)
        or _SEEDS.search(call.method)
        or (call.method in {"default_rng", "RandomState", "PRNGKey"} and call.arguments)
        for call in source.module.calls
    )


def _draws(call: Call) -> bool:
    return below_any(call.name, _RANDOM) and call.method in _DRAWS

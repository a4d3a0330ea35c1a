"""Whether code depends on chance, and whether a seed makes it repeatable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio_audit.evidence.codebase import Source, below_any
from portfolio_audit.parsing.python_source import Call

_SEED_KEYWORDS = frozenset({"random_state", "seed", "random_seed", "rng", "session_id", "worker_init_fn", "generator"})
_MAY_SEED = _SEED_KEYWORDS | {"**"}
"""Unpacked settings may hold a seed; nobody can be told that they do not."""
_CHANCE = frozenset({
    "train_test_split", "ShuffleSplit", "StratifiedShuffleSplit", "KMeans", "MiniBatchKMeans", "RandomForestClassifier",
    "RandomForestRegressor", "ExtraTreesClassifier", "ExtraTreesRegressor", "MLPClassifier", "MLPRegressor",
    "RandomizedSearchCV", "SGDClassifier", "SGDRegressor", "IsolationForest", "SMOTE", "RandomOverSampler",
    "RandomUnderSampler", "BaggingClassifier", "random_split", "GaussianMixture", "TSNE",
    "UMAP", "HalvingRandomSearchCV", "ADASYN", "LatentDirichletAllocation",
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
_ESTIMATORS = ("xgboost", "lightgbm", "catboost", "sklearn")
_NO_ESTIMATORS = (
    "sklearn.model_selection",
    "sklearn.metrics",
    "sklearn.preprocessing",
    "sklearn.utils",
    "sklearn.datasets",
)
_SEEDS = re.compile(r"seed", re.IGNORECASE)
_GENERATORS = frozenset({"default_rng", "RandomState", "PRNGKey"})
_OPTIONAL_CHANCE = "shuffle"


def chance(source: Source, training: Iterable[Call]) -> Iterator[Call]:
    """The calls whose outcome depends on chance; nothing at all unless the file prepares or fits a model."""
    fitted = list(training)
    splits = [call for call in source.module.calls if call.method in _CHANCE and _OPTIONAL_CHANCE not in call.keywords]
    if not fitted and not splits:
        return
    yield from splits
    yield from (call for call in source.module.calls if _draws(call))
    if source.imports(_NEURAL):
        yield from fitted


def free_calls(source: Source, behind: Iterable[Source], training: Iterable[Call]) -> tuple[Call, ...]:
    """Those of them that nothing seeds: neither they themselves nor the whole program.

    In a file with estimators beside a neural network nobody can tell whose ``fit`` it is: any seed will do there.
    """
    if any(_seeds_all(call) for other in behind for call in other.module.calls):
        return ()
    fitted = tuple(training)
    lenient = seeding(source) is not None and _has_estimators(source)
    return tuple(
        call for call in chance(source, fitted) if not (_MAY_SEED & set(call.keywords) or (lenient and call in fitted))
    )


def seeding(source: Source) -> Call | None:
    """The first call of a file that sets a seed, for itself or for all."""
    return next(
        (
            call
            for call in source.module.calls
            if _SEED_KEYWORDS & set(call.keywords)
            or _seeds_all(call)
            or (call.method in _GENERATORS and call.arguments)
        ),
        None,
    )


def _seeds_all(call: Call) -> bool:
    """Whether a call seeds every draw that follows: ``np.random.seed(1)``, but not ``random.seed()``."""
    if "session_id" in call.keywords:
        return True
    return _SEEDS.search(call.method) is not None and bool(call.method != "seed" or call.arguments or call.keywords)


def _has_estimators(source: Source) -> bool:
    return any(below_any(n, _ESTIMATORS) and not below_any(n, _NO_ESTIMATORS) for n in source.names)


def _draws(call: Call) -> bool:
    if not _GENERATORS.isdisjoint(call.name.split(".")):
        return False
    return below_any(call.name, _RANDOM) and call.method in _DRAWS

"""The words at a place, wherever it is."""

from __future__ import annotations

import json

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.nearby import Nearby
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary

NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "code", "execution_count": 3, "metadata": {}, "outputs": [], "source": ["\n", "m.fit(x)\n"]}
        ]
    },
    indent=1,
)
TEXTS = {
    "train.py": "import torch\n\n\tmodel.fit( x,\t y )  \n",
    "long.py": "x" * 5_000,
    "eda.ipynb": NOTEBOOK,
    "broken.ipynb": '"cell_type"\n',
    "secret.py": Unavailable("is over the limit"),
}


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Location("train.py", 1), "import torch"),
        (Location("train.py", 2), ""),
        (Location("train.py", 3), "model.fit( x, y )"),
        (Location("train.py", 99), ""),
        (Location("train.py"), ""),
        (Location("long.py", 1), "x" * 400),
        (Location("secret.py", 1), ""),
        (Location("gone.py", 1), ""),
        (Location(""), ""),
        (Location("eda.ipynb", 4, 1), "m.fit(x)"),
        (Location("eda.ipynb", 10, 1), '"m.fit(x)\\n"'),
        (Location("eda.ipynb", 4, 7), ""),
        (Location("broken.ipynb", 1, 1), ""),
    ],
)
def test_the_words_at_a_place(at: Location, words: str) -> None:
    snapshot = Snapshot("churn", tree=tuple(map(TreeEntry, TEXTS)), texts=TEXTS)
    assert Nearby(Documents(snapshot, Vocabulary())).text(at) == words

"""Areas: by what is imported, and by the words at the front."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

from portfolio_audit.evidence import areas
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def test_areas_by_imports_once_a_file(seen: Seen) -> None:
    found = seen(areas, {"a.py": "import nltk\nimport spacy\nfrom keras.applications import VGG16\nimport numpy"})
    assert [(f.value, f.at.line) for f in found.known("area.imports")] == [("nlp", 1), ("vision", 3)]


def test_a_module_of_ones_own_is_no_area(seen: Seen) -> None:
    assert not seen(areas, {"a.py": "import cv2", "cv2.py": ""}).has("area.imports")


def test_areas_by_the_front_of_the_readme_only(seen: Seen) -> None:
    text = "# Demand forecasting\n\nWith reinforcement learning.\n\n## Later\n\nSatellite images.\n"
    assert seen(areas, {"README.md": text}).names("area.words") == {"time-series", "rl"}


def test_a_phrase_within_a_longer_one_names_no_area(seen: Seen) -> None:
    assert seen(areas, {"README.md": "# Customer segmentation\n"}).names("area.words") == {"tabular"}

"""What a document names that must be in the tree."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.mentions import Mention, created, mentions
from portfolio_audit.parsing.markdown import parse_markdown


def named(text: str) -> list[str]:
    return [m.name for section in parse_markdown(text).sections for m in mentions(section)]


def shell(text: str) -> list[str]:
    return named(f"```bash\n{text}\n```\n")


def test_links_and_pictures_of_the_tree() -> None:
    text = "[a](docs/a%20b.md#top) ![p](img/p.png) [site](https://x.org/y.md) [top](#top) [mail](mailto:a@b.c)"
    assert named(text) == ["docs/a b.md", "img/p.png"]


@pytest.mark.parametrize("text", ["`src/train.py`", "`./run.sh`", "`Dockerfile.dockerfile`", "see `a.ipynb` there"])
def test_paths_in_inline_code(text: str) -> None:
    assert len(named(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["`train`", "`model.pkl`", "`<name>.py`", "`path/to/x.py`", "`*.py`", "`~/x.py`", "`your_script.py`", "`_test.py`"],
)
def test_names_that_cannot_be_looked_up(text: str) -> None:
    assert named(text) == []


def test_files_the_reader_is_told_to_make() -> None:
    assert named("Create a file `config.yaml` with your key.") == []


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("python src/train.py --fast", "src/train.py"),
        ("$ python3 train.py", "train.py"),
        ("bash scripts/up.sh", "scripts/up.sh"),
        ("./up.sh now", "./up.sh"),
        ("pip install -r req/dev.txt", "req/dev.txt"),
        ("docker compose -f infra/up.yml up", "infra/up.yml"),
        ("uv run streamlit run app/ui.py", "app/ui.py"),
        ("jupyter notebook eda.ipynb", "eda.ipynb"),
        ("gunicorn --bind 0.0.0.0:9696 app.main:app", "app/main.py"),
        ("cp .env.example .env", ".env.example"),
    ],
)
def test_commands_name_what_they_run(command: str, name: str) -> None:
    assert shell(command) == [name]


@pytest.mark.parametrize(
    "command", ["python -m pytest", "python -c 'x'", "make -C infra up", "docker compose up", "ls"]
)
def test_commands_that_name_nothing(command: str) -> None:
    assert shell(command) == []


def test_make_targets() -> None:
    (section,) = parse_markdown("```\nmake data MODE=fast train\n```\n").sections
    found = list(mentions(section))
    assert found == [Mention("data", 2, "makes", target=True), Mention("train", 2, "makes", target=True)]


def test_drawn_trees_name_files_not_folders() -> None:
    text = "```\nproject\n├── src\n│   ├── train.py   # trains\n│   └── model.pkl\n└── README.md\n```\n"
    assert named(text) == ["train.py", "README.md"]


def test_a_makefile_shown_as_an_example_is_not_run() -> None:
    assert named("```\nrun:\n\tpython main.py\n```\n") == []


def test_other_languages_are_not_commands() -> None:
    assert named("```python\npython train.py\n```\n") == []


def test_what_commands_write() -> None:
    (section,) = parse_markdown(
        "```\ntouch a.sh\necho x > b.py\njupyter nbconvert --to script nb/c.ipynb\ncp d e.env\n```\n"
    ).sections
    assert created(section) == {"a.sh", "b.py", "c.py", "e.env"}

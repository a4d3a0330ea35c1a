"""One page a format: what it is for, what stands in it, and a real example made from the demo."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

import pyarrow.parquet as pq

from benchmarks.docs.export import fields_of
from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.markdown import code, fence, link, listed, page, prose, table, tree
from benchmarks.docs.samples import demo, sample
from portfolio_audit.reporting import FORMATS, Format
from portfolio_audit.reporting.rows import finding_rows, result_rows
from portfolio_audit.reporting.wire import export

PICTURE = "badge.svg"
_TABLES = {"csv": result_rows, "parquet": result_rows, "ndjson-findings": finding_rows}
_OWN = {
    "at": "The moment of the audit: UTC, ISO 8601.",
    "portfolio": "The account or the folder; empty when a single repository was audited.",
    "repository": "The full name of the repository; empty in rows about the profile.",
    "project": "The folder of a project in a repository that has several; empty elsewhere.",
    "grade": "Of the project or repository; in rows about the profile, of the portfolio.",
    "score": "0 to 100, of the same.",
    "findings": "How many places show that the rule is not met; the first follows, else the first of the evidence.",
    "fix": "The title of the fix.",
    "effort": "How long it takes someone who knows the project.",
    "fingerprint": "Tells the finding again when it moves; see [fingerprints](../json.md#fingerprints).",
}


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The pages by their path, and the picture of a badge."""
    del knowledge
    each = {f"formats/{name}.md": _page(name, form) for name, form in FORMATS.items()}
    return {"formats.md": _index(), f"formats/{PICTURE}": _picture(), **each}


def _picture() -> Iterator[str]:
    yield from FORMATS["badge-svg"].render(demo()).decode().splitlines()


def _index() -> Iterator[str]:
    yield from page("Formats")
    yield from (_TOGETHER, "")
    yield from table(("format", "what it is for", "endings"), (
        (link(code(name), f"formats/{name}.md"), prose(form.about), listed([code(s) for s in form.suffixes]))
        for name, form in FORMATS.items()
    ))  # fmt: skip
    yield from ("", _ALIKE)
    yield from tree(f"formats/{name}" for name in FORMATS)


def _page(name: str, form: Format) -> Iterator[str]:
    yield from page(name)
    yield from (f"{prose(form.about[0].upper() + form.about[1:])}.", "", _ABOUT[name], "")
    yield from fence(
        f"$ portfolio-audit repo . --format {name} --output report{(*form.suffixes, '.txt')[0]}", "console"
    )
    if form.suffixes:
        yield from ("", f"Without `--format`, the ending says it: {listed([code(s) for s in form.suffixes], 'or')}.")
    if form.needs:
        yield from ("", f"It needs {form.needs}: `pip install 'portfolio-audit[{name}]'`.")
    if form.live:
        yield from (
            "",
            "It comes from an audit only: `portfolio-audit convert` cannot make it of a report that was kept.",
        )
    if name in _TABLES:
        yield from ("", "## Columns", "", *_columns(name))
    yield from _example(name)


def _columns(name: str) -> Iterator[str]:
    known = {**fields_of("Location"), **fields_of("Repository"), **fields_of("Result"), **_OWN}
    if name == "parquet":
        schema = pq.read_schema(io.BytesIO(FORMATS[name].render(demo())))
        typed = ((code(field.name), str(field.type), _meaning(known[field.name])) for field in schema)
        yield from table(("column", "type", "meaning"), typed)
    else:
        row = next(iter(_TABLES[name](export(demo()))))
        yield from table(("column", "meaning"), ((code(column), _meaning(known[column])) for column in row))


def _meaning(told: str) -> str:
    return told if "](" in told else prose(told)


def _example(name: str) -> Iterator[str]:
    if name == "svg":
        yield from ("", "## An example", "", "![The report on the demo portfolio](../demo.svg)")
    elif name == "parquet":
        yield from ("", "## An example", "", *fence(_QUERY, "console"))
    else:
        made = sample(name)
        yield from (
            "",
            "## An example",
            "",
            f"From the demo portfolio, {made.of}:",
            "",
            *fence(made.text, made.language),
        )
    if name in {"badge", "badge-svg"}:
        yield from ("", f"![The badge of the demo portfolio]({PICTURE})")


_TOGETHER = """\
One audit gives as many files as you like: repeat `--output`, and the endings say the formats; or repeat `--format` and
`--output` in the same order. `-` is standard output.

```console
$ portfolio-audit user octocat -o report.json -o findings.sarif -o summary.md -o -
$ portfolio-audit repo . --format junit --output results.xml --format annotations --output -
$ portfolio-audit convert report.json -o metrics.prom
```

All but `terminal` and `svg` are made of what the [JSON export](json.md) holds, so that a report that was kept gives
them too, also one that an earlier version wrote."""
_ALIKE = """\
The same report always gives the same bytes. Files are written beside their place and then renamed, all together: no
file is ever half there, and none has changed when one of them cannot be written. Whatever a repository calls its files,
in no format does it become markup, a command, a formula or a link."""
_QUERY = """\
$ duckdb -c "SELECT criterion, sum(possible - points) AS lost FROM 'report.parquet'
             WHERE counted AND suppressed IS NULL GROUP BY ALL ORDER BY lost DESC\""""
_ABOUT: Mapping[str, str] = {
    "terminal": """\
The report for people. In a terminal it is as wide as that and shows an overview, with colours unless
`NO_COLOR` is set; `--verbose` shows every result. In a file it is plain text, 100 columns wide, with
every result.""",
    "json": """\
Everything an audit found, with a promise that it can be read tomorrow. Every field stands in [The JSON
export](../json.md).""",
    "ndjson": """\
Each line is an object with `schema_version`, `tool`, `ruleset`, `at`, `portfolio` (its name) and
`repository`, which is the [Repository](../json.md#repository) of the JSON export with all its results.""",
    "ndjson-findings": """\
Each line is one place where a rule is not met, complete in itself. Findings that were silenced are
there, with the reason in `suppressed`.""",
    "csv": """\
RFC 4180, UTF-8, a header, lines that end with CR LF. A cell that a spreadsheet would take for a formula
begins with an apostrophe, so that no file name is ever calculated.""",
    "parquet": """\
The rows of [`csv`](csv.md) with their types: numbers are numbers, and what is not known is null.""",
    "markdown": """\
GitHub's Markdown: the grade, a table, the five fixes that pay best, and every finding folded away, with
links to the lines. At most 65,536 characters, which is what a comment on GitHub takes, cut only between
findings. Text of a repository mentions nobody, links to no issue, shows no picture and is no HTML.""",
    "sarif": """\
One run a repository, one result a finding, checked against the schema of SARIF 2.1.0. The fingerprint
is `portfolioAuditFinding/v1`; findings that were silenced are suppressed results; what is about the
repository as a whole is shown at the first line of its README, since GitHub shows nothing without a
file. Rules of the profile have no files and are left out. GitHub takes files of single repositories
best: it reads at most 20 runs.""",
    "junit": """\
One suite a repository or project, one case a rule, which fails when the rule is not met. What was not
judged and what was silenced is skipped, with the reason.""",
    "annotations": """\
[Workflow
commands](https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands) for the
output of a step in GitHub Actions, which show as annotations on the lines: at most ten, as many as
GitHub shows, those rules first that lose most points. In the report on a portfolio the files are those
of other repositories, so the message names them.""",
    "badge": """\
The JSON for the [endpoint badge](https://shields.io/badges/endpoint-badge) of shields.io: put the file
where the web can read it, and give its address to the endpoint.""",
    "badge-svg": """\
The same as a picture, made here: no service sees who looks at your profile. It has a name for screen
readers, and enough contrast in every colour.""",
    "prometheus": """\
For the [textfile collector](https://github.com/prometheus/node_exporter#textfile-collector) or a push
gateway. `repository` and `project` are empty where they do not apply; what was not judged has no
sample.""",
    "svg": """\
What `--format terminal` shows, as a picture for a README or slides.""",
}

"""The options that commands share, each declared once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from portfolio_audit.cli.completion import complete_formats, complete_grades, complete_rules
from portfolio_audit.reporting import FORMATS

AUDIT = "What is audited, and how"
OUTPUT = "What is shown, and where"
GITHUB = "How GitHub is asked"

Target = Annotated[
    str,
    typer.Argument(
        metavar="TARGET",
        help="A git repository or plain folder, a *.snapshot.json, OWNER/NAME[@REF] or an address on GitHub.",
    ),
]
Login = Annotated[
    str, typer.Argument(metavar="LOGIN", help="An account on GitHub (default: the one the token belongs to).")
]
Organization = Annotated[str, typer.Argument(metavar="NAME", help="An organisation on GitHub.")]
Folder = Annotated[str, typer.Argument(metavar="FOLDER", help="A folder that holds one repository a child.")]
RuleId = Annotated[
    str, typer.Argument(metavar="RULE", help="The id of a rule, as reports show it.", autocompletion=complete_rules)
]
Ref = Annotated[
    str | None,
    typer.Option("--ref", metavar="REF", help="Branch, tag or commit (default: HEAD).", rich_help_panel=AUDIT),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        metavar="FILE",
        help="Configuration (default: .portfolio-audit.yaml or pyproject.toml in the current folder).",
        rich_help_panel=AUDIT,
    ),
]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="FOLDER", help="A folder with more rules; can be repeated.", rich_help_panel=AUDIT),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes (default: one a core).", rich_help_panel=AUDIT),
]
CheckLinks = Annotated[
    bool,
    typer.Option(
        "--check-links", help="Ask whether hosted demos answer; private addresses never.", rich_help_panel=AUDIT
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="One of: " + ", ".join(FORMATS) + ". Repeat it, with an --output each, for several from one audit "
        "(default: from the ending of --output, else terminal).",
        rich_help_panel=OUTPUT,
        autocompletion=complete_formats,
    ),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the report here instead; '-' is standard output. Repeatable.",
        rich_help_panel=OUTPUT,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write it here.", rich_help_panel=OUTPUT),
]
FailUnder = Annotated[
    str | None,
    typer.Option(
        "--fail-under",
        metavar="GRADE",
        help="Exit with 1 when the grade is below this letter, such as B-.",
        rich_help_panel=OUTPUT,
        autocompletion=complete_grades,
    ),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever the grade.", rich_help_panel=OUTPUT)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the grade, on one line.", rich_help_panel=OUTPUT)]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Every repository and every result.", rich_help_panel=OUTPUT)
]
Repositories = Annotated[
    list[str] | None,
    typer.Option(
        "--show",
        metavar="NAME",
        help="Show this repository, or this project in one, in full too; repeatable.",
        rich_help_panel=OUTPUT,
    ),
]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No colour (NO_COLOR does the same).", rich_help_panel=OUTPUT)
]
Now = Annotated[
    datetime | None,
    typer.Option(
        "--now",
        metavar="MOMENT",
        help="Audit as of this moment (default: now): the same input then gives the same bytes.",
        rich_help_panel=AUDIT,
    ),
]

Record = Annotated[
    bool | None,
    typer.Option(
        "--record/--no-record",
        help="Keep this audit in the history (default: as the configuration says, else not).",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
RecordPath = Annotated[
    Path | None,
    typer.Option(
        "--history",
        metavar="FILE",
        help="Where --record keeps it (default: PORTFOLIO_AUDIT_HISTORY, or your own history).",
        rich_help_panel=OUTPUT,
    ),
]
HistoryPath = Annotated[
    Path | None,
    typer.Option(
        "--history",
        metavar="FILE",
        help="The file of past audits (default: PORTFOLIO_AUDIT_HISTORY, or your own).",
    ),
]

Include = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="GLOB", help="Only repositories like this; repeatable.", rich_help_panel=AUDIT),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="GLOB", help="No repositories like this; repeatable.", rich_help_panel=AUDIT),
]
Forks = Annotated[bool, typer.Option("--forks", help="Forks too.", rich_help_panel=AUDIT)]
Archived = Annotated[bool, typer.Option("--archived", help="Archived repositories too.", rich_help_panel=AUDIT)]
Private = Annotated[
    bool, typer.Option("--private", help="Private ones too, as far as the token may see them.", rich_help_panel=AUDIT)
]
PinnedOnly = Annotated[
    bool, typer.Option("--pinned-only", help="Only what is pinned (needs a token).", rich_help_panel=AUDIT)
]
MaxRepositories = Annotated[
    int,
    typer.Option(
        "--max-repos",
        min=1,
        metavar="N",
        help="At most so many, those pushed to last.",
        rich_help_panel=AUDIT,
    ),
]
TokenStdin = Annotated[
    bool,
    typer.Option(
        "--token-stdin",
        help="Read the token from standard input (default: GITHUB_TOKEN, GH_TOKEN, the login of gh, else none).",
        rich_help_panel=GITHUB,
    ),
]
NoToken = Annotated[bool, typer.Option("--no-token", help="Ask as anybody could.", rich_help_panel=GITHUB)]
ApiUrl = Annotated[
    str | None,
    typer.Option(
        "--api-url", metavar="URL", help="A GitHub Enterprise Server (default: github.com).", rich_help_panel=GITHUB
    ),
]
MaxRequests = Annotated[
    int | None,
    typer.Option(
        "--max-requests",
        min=1,
        metavar="N",
        help="Stop after so many requests that count (default: GitHub's limit).",
        rich_help_panel=GITHUB,
    ),
]
MaxWait = Annotated[
    float,
    typer.Option(
        "--max-wait",
        min=0,
        metavar="SECONDS",
        help="Wait at most so long in all for GitHub's limits.",
        rich_help_panel=GITHUB,
    ),
]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Neither use nor keep what was read before.", rich_help_panel=GITHUB)
]
Refresh = Annotated[
    bool, typer.Option("--refresh", help="Ask again for pins, releases and checks.", rich_help_panel=GITHUB)
]

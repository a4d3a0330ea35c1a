"""A portfolio whose every text wants to get out of the page."""

from __future__ import annotations

import orjson

from portfolio_audit.reporting.wire import Report
from portfolio_audit.reporting.wire.reading import parse_report

ATTACKS = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "javascript:document.title='owned'",
    "data:text/html,<script>document.title='owned'</script>",
    "\u202egnp.exe\u202c\u2028\u2029",
    "%%script%% ${document.title='owned'} {{7*7}}",
    "<!--<script>",
)
LONG = "x" * 1_000_000


def hostile(report: Report) -> Report:
    """The report with an attack in place of every text that comes from a repository."""
    data = orjson.loads(orjson.dumps(report))
    data["target"] = ATTACKS[0]
    data["portfolio"]["name"] = ATTACKS[0]
    data["problems"] = [{"message": attack, "location": {"path": attack}} for attack in ATTACKS]
    data["unread"] = [{"name": ATTACKS[1], "reason": LONG, "limited": False}]
    for number, repository in enumerate(data["repositories"]):
        attack = ATTACKS[number % len(ATTACKS)]
        repository |= {"name": attack, "full_name": f"{attack}{number}", "kind": attack, "kind_reason": LONG}
        for result in repository["results"]:
            result |= {"message": attack, "suppressed": attack}
            result["findings"] = [{"fingerprint": "f", "path": attack, "line": 1, "note": LONG}]
    return parse_report(orjson.dumps(data))

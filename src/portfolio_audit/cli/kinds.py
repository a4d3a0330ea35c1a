"""``portfolio-audit kinds``: what repositories can be."""

from __future__ import annotations

import sys

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Given


def kinds(config: options.ConfigFile = None) -> None:
    """List the kinds a repository can be, and which of them count as portfolio pieces.

    The kind is detected, with a reason that the report shows. Overrule it in the configuration:

      kinds: {"me/my-notes": docs}
    """
    from portfolio_audit.cli.preparing import configuration, settings_of

    given = Given(config)
    ruleset = settings_of(given, configuration(given)).ruleset
    for kind, meaning in ruleset.kinds.items():
        counted = "counts" if kind in ruleset.counted_kinds else ""
        sys.stdout.write(f"{kind:<15}{counted:<8}{meaning}\n")

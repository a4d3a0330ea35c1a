"""``portfolio-audit demo``: the embedded portfolio."""

from __future__ import annotations

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Given, Shown


def demo(
    formats: options.Formats = None,
    outputs: options.Outputs = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    show: options.Repositories = None,
    no_color: options.NoColor = False,
    now: options.Now = None,
) -> None:
    """Audit the demo portfolio that comes with the tool: no network, no token, nothing to set up.

    Examples:
      portfolio-audit demo

      portfolio-audit demo --verbose

      portfolio-audit demo --format json
    """
    from portfolio_audit.cli.running import run_portfolio
    from portfolio_audit.engine.locate import shipped

    shown = Shown(formats, outputs, quiet, verbose, no_color, repositories=tuple(show or ()))
    run_portfolio(str(shipped("demo")), Given(jobs=1, now=now), shown)

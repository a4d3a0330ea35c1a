"""``portfolio-audit action``: what the GitHub Action runs, and only that."""

from __future__ import annotations

from portfolio_audit.cli import options


def action(now: options.Now = None) -> None:
    """Audit in a workflow of GitHub Actions: compare with what was before, tell it where people look, set the outputs.

    This is what action.yml calls (docs/action.md). It reads the event and the inputs from the environment, takes no
    other options, and never fails because GitHub would not take a comment.

    Examples:
      PORTFOLIO_AUDIT_INPUT_FAIL_ON=grade-drop portfolio-audit action
    """
    import os

    from portfolio_audit.cli.acting import run_action

    run_action(os.environ, now)

"""``portfolio-audit access``: which GitHub, whose token, and what is left."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from portfolio_audit.cli import options
from portfolio_audit.cli.choices import Asked, Given

Json = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]


def access(
    token_stdin: options.TokenStdin = False,
    no_token: options.NoToken = False,
    api_url: options.ApiUrl = None,
    config: options.ConfigFile = None,
    json: Json = False,
) -> None:
    """Show which GitHub is asked and as whom, what that token may read, and how many requests are left.

    Of the token only its origin is shown, never the token. Costs one request, none without a token.

    Examples:
      portfolio-audit access

      portfolio-audit access --api-url https://github.example.com

      pass show github | portfolio-audit access --token-stdin

      portfolio-audit access --json | jq .limits.core.remaining
    """
    from portfolio_audit.cli.accessing import access_of
    from portfolio_audit.cli.preparing import configuration
    from portfolio_audit.cli.standing import as_json, as_text
    from portfolio_audit.github.credentials import unshown
    from portfolio_audit.github.faults import Reader
    from portfolio_audit.github.standing import standing

    asked = Asked(token_stdin, no_token, api_url)
    reached = access_of(asked, configuration(Given(config)), lambda _: None)
    reader = Reader(reached.addresses, reached.token)
    found = standing(reader)
    typer.echo(as_json(reader, found) if json else as_text(reader, found, unshown(os.environ, reader.addresses)))

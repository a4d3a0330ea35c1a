"""The command line: the only code that prints or exits. Heavy imports wait inside the commands."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; Ctrl-C is a clean end also while modules are still being loaded."""
    try:
        from portfolio_audit.cli.app import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()

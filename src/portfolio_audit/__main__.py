"""``python -m portfolio_audit``."""

from portfolio_audit.cli.app import main

if __name__ == "__main__":
    main()

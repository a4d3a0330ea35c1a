"""``python -m portfolio_audit``."""

from portfolio_audit.cli import main

if __name__ == "__main__":
    main()

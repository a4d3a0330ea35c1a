"""What a user wants different: rules added, switched off, re-weighted or silenced, and how to read repositories.

Only the current folder, or the file the user names, is ever looked at: a configuration inside an audited repository
is that repository's wish about its own grade, and is ignored.
"""

from portfolio_audit.config.applying import apply
from portfolio_audit.config.reading import Config, find_config, read_config

__all__ = ["Config", "apply", "find_config", "read_config"]

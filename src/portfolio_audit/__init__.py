"""Audit a GitHub portfolio the way a hiring reviewer for machine-learning work reads it."""

__version__ = "0.1.0"
DOCUMENTATION = "https://github.com/portfolio-audit/portfolio-audit/blob/main/docs"

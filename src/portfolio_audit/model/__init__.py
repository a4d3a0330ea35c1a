"""Frozen values that flow through the pipeline; they import nothing else of ours."""

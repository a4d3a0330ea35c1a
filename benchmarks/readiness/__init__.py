"""How well readiness tells runs that succeed from runs that fail, on repositories that somebody executed."""

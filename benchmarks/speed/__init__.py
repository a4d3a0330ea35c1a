"""How fast, how much memory, and where the time goes."""

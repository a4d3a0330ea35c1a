"""Rules: loaded from YAML, evaluated against evidence; knows nothing of how evidence is gathered."""

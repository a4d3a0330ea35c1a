"""Coverage-guided fuzzing of every parser and extractor; the targets also run, on seeds, in the test suite."""

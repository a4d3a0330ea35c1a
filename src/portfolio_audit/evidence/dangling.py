"""Being written; see the split of part C."""

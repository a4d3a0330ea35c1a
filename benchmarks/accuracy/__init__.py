"""How well the verdicts agree with careful readers' labels."""

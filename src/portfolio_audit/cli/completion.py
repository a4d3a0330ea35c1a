"""What the shell can complete beside options and files."""

from __future__ import annotations


def complete_rules(incomplete: str) -> list[str]:
    """The ids of the shipped rules, read from their file names."""
    from portfolio_audit.engine.locate import shipped

    found = (path.stem for path in shipped("rules").glob("*/*.yaml") if path.parent.name != "vocabulary")
    return sorted(rule for rule in found if rule.startswith(incomplete))


def complete_formats(incomplete: str) -> list[str]:
    """The names of the formats."""
    from portfolio_audit.reporting import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def complete_grades(incomplete: str) -> list[str]:
    """The letters of the grade scale, best first."""
    from portfolio_audit.defaults import load_knowledge

    letters = load_knowledge()[0].grades.letters
    return [letter for letter in letters if letter.startswith(incomplete.upper())]

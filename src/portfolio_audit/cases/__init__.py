"""Rule cases: what each rule must say of small made-up repositories; run by the tests and by ``rules cases``."""

from portfolio_audit.cases.case import CASES_AT, Case, CaseRepository, Expectation
from portfolio_audit.cases.reading import load_cases
from portfolio_audit.cases.running import CaseOutcome, run_case
from portfolio_audit.engine.files import find_files

__all__ = ["CASES_AT", "Case", "CaseOutcome", "CaseRepository", "Expectation", "find_files", "load_cases", "run_case"]

"""Verdicts: checks to findings, what they cover, and the counts. Exact, and silent about what blocks."""

from checker.evaluate.coverage import cover, summarise
from checker.evaluate.findings import evaluate, fingerprint, passing_over
from checker.evaluate.sizes import by_bracket
from checker.evaluate.told import told

__all__ = ["by_bracket", "cover", "evaluate", "fingerprint", "passing_over", "summarise", "told"]

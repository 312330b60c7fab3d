"""Exact arithmetic on amounts known only within their rounding: intervals, linear and ratio forms, rounding odds, keying slips.

Works on mappings from keys to values and steps; no figures and no files. Every number is `int`, `Fraction` or `Decimal`, never `float`.
"""

from checker.algebra.linear import Exact, Linear, linear
from checker.algebra.quotient import Form, form, variables
from checker.algebra.slips import Slip, best_slip, slip

__all__ = ["Exact", "Form", "Linear", "Slip", "best_slip", "form", "linear", "slip", "variables"]

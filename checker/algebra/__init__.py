"""Exact arithmetic on amounts known only within their rounding: intervals, linear and ratio forms, rounding odds, keying slips.

Works on mappings from keys to values and steps; no figures and no files. Every number is `int`, `Fraction` or `Decimal`, never `float`.
"""

from checker.algebra.bounds import MayBeZeroError, UndecidedError, bounds, value
from checker.algebra.exact import Exact, divided, exact, magnitude
from checker.algebra.interval import Interval
from checker.algebra.linear import Linear, linear, on_one_scale
from checker.algebra.odds import chance, unlikely
from checker.algebra.quotient import Form, form, variables
from checker.algebra.ratio import Ratio, Reach, named, ratio, reach
from checker.algebra.slips import Slip, best_slip, slip

__all__ = [
    "Exact",
    "Form",
    "Interval",
    "Linear",
    "MayBeZeroError",
    "Ratio",
    "Reach",
    "Slip",
    "UndecidedError",
    "best_slip",
    "bounds",
    "chance",
    "divided",
    "exact",
    "form",
    "linear",
    "magnitude",
    "named",
    "on_one_scale",
    "ratio",
    "reach",
    "slip",
    "unlikely",
    "value",
    "variables",
]

"""Exact arithmetic on amounts known only within their rounding: intervals, linear and ratio forms, rounding odds,
keying slips.

Works on mappings from keys to values and steps; no figures and no files. Every number is `int`, `Fraction` or
`Decimal`, never `float`.
"""

from checker.algebra.bounds import MayBeZeroError, UndecidedError, bounds, value
from checker.algebra.exact import Exact, divided, exact, magnitude
from checker.algebra.interval import Interval
from checker.algebra.linear import ONE, Linear, coefficients, linear, on_one_scale, spread
from checker.algebra.odds import chance, unlikely
from checker.algebra.quotient import Form, form
from checker.algebra.ratio import Ratio, Reach, Side, closing, formed, moves, named, ratio, reach
from checker.algebra.slips import Slip, best_slip, slip

__all__ = [
    "ONE",
    "Exact",
    "Form",
    "Interval",
    "Linear",
    "MayBeZeroError",
    "Ratio",
    "Reach",
    "Side",
    "Slip",
    "UndecidedError",
    "best_slip",
    "bounds",
    "chance",
    "closing",
    "coefficients",
    "divided",
    "exact",
    "form",
    "formed",
    "linear",
    "magnitude",
    "moves",
    "named",
    "on_one_scale",
    "ratio",
    "reach",
    "slip",
    "spread",
    "unlikely",
    "value",
]

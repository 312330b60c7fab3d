"""Typed facts, filings as data: rules bind to them by concept, and are judged as columns."""

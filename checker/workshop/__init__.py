"""For people who write rules: what tries a rule before it judges a release. Never part of a run over a release."""

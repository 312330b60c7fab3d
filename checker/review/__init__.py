"""The page people work on: a release with its findings in a browser, on this machine alone, and the decisions that a
review makes of them."""

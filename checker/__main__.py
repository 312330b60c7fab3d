"""The command `tieout`, also as `python -m checker`: the program, and an interrupt that comes before it is there to
answer."""

from __future__ import annotations

import signal


def main() -> None:
    """Loads the program and runs the command line; until it is loaded, an interrupt ends the process as it would end
    any other."""
    python = signal.getsignal(signal.SIGINT)
    if python is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from checker.cli import main as program

    signal.signal(signal.SIGINT, python)
    program()


if __name__ == "__main__":
    main()

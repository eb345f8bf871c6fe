"""``python -m extractor`` is ``gongkai``."""

import signal


def main() -> None:
    """Run the program and exit."""
    # Until it is loaded, Ctrl-C ends it without a word: there is nothing yet that could tell it as a line.
    is_default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_default:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from extractor.commands.app import main as run

    if is_default:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()

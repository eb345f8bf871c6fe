"""``python -m extractor`` is ``gongkai``."""

from extractor.commands.app import main

if __name__ == "__main__":
    main()

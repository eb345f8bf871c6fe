"""``python -m extractor`` is ``gongkai``."""

from extractor.cli import main

if __name__ == "__main__":
    main()

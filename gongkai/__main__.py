"""``python -m gongkai``."""

from extractor.__main__ import main

if __name__ == "__main__":
    main()

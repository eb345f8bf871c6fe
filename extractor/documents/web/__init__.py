"""Web pages: what a browser shows of them, and their tables."""

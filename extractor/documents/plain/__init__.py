"""Text: its encoding, its lines, and the cells that its own separators make."""

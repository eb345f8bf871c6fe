"""Text: its encoding, and a document of it as it is."""

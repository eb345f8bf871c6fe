"""What the numbers of the free text say, and how they hang together."""

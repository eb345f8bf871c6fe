"""What the words of a header admit: the orders of its columns."""

"""What is wanted of a check: which rules there are, which are chosen, and what is then told of a file."""

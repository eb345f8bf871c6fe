"""What is told of files that are checked."""

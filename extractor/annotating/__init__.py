"""A copy of a report in which what is told of it stands as comments."""

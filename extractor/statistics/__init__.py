"""Statistics tables of no known form: rows with their paths, columns by headers, sums that are stated."""

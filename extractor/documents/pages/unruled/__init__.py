"""Tables without ruling lines: columns and rows by what is aligned."""

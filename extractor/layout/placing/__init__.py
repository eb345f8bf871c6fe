"""Which row of a form each page row is: by its label, or where order leaves one row only."""

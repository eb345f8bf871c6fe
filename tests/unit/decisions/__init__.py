"""What people decided: the record, and what it does to a result."""

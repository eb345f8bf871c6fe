"""What people decided of reports: kept beside the source, bound to its bytes, honoured when it is read."""

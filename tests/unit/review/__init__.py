"""The page of a report: its parts."""

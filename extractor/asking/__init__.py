"""Asking a model about a report: what it is asked, and what its answer is worth."""

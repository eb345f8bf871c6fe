"""Copies of reports with comments."""

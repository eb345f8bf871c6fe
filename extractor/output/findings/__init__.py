"""Findings of many files, for people, for programs, and for what shows them beside the source."""

"""Whose reports are."""

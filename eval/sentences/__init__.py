"""Sentences as reports write them, thousands of them, with what they claim."""

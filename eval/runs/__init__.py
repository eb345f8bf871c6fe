"""Runs: what is read and scored, where it is kept, and the figures that the project states."""

"""Unit tests of writing results."""

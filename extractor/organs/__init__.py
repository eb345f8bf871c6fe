"""Whose report it is: an organ's division, level and department, whatever its page calls it."""

"""Archives: read within bounds, and the one report among their files."""

"""A run to look at: one HTML file that needs nothing else, and the same as Markdown for a pull request."""

"""Looking at a report: the page in a real browser, and what a person decides there."""

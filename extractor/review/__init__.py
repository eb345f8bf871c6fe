"""A report to look at: the source as published, beside it the form with its figures and what proves them."""

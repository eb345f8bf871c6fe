"""Language models: what is sent to one, what comes back, and how it is put to the page."""

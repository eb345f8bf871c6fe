"""What comes out of reading a report: the models that the JSON is."""

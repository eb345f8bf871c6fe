"""The layout reader: tables of a document read by their labels, without a model."""

"""The reports that a document holds, each read by its layout."""

"""Documents: one module a format, all giving the same :class:`~extractor.documents.document.Document`."""

"""The words sent to a model, as Markdown files, and their loader."""

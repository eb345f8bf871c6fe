"""The rules on a report as a document: what a form file has under ``document`` is judged here."""

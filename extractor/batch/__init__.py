"""Thousands of reports: the files to read, the processes that read them, the journal, the results."""

"""Which tables, rows and figures a page says are not the report's: of another time or body, or wrong."""

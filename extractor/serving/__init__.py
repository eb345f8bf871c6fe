"""The service: a report is sent over HTTP, and its result and its page come back."""

"""Cases: real reports with what they say, drafted, planted with errors, and answered rightly."""

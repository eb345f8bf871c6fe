"""Speaking to a language model behind a server: requests, replies, retries, tokens; it knows no report."""

"""Replies of language models, kept on disk; knows neither models nor forms, but a key and a text."""

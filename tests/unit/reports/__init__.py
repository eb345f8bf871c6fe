"""Indicators and what they rest on."""

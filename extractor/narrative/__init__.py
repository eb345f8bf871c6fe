"""The free text of a report: its sections, the numbers that it states, and what they claim."""

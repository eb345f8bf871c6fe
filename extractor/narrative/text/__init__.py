"""The free text: its sections, titles, items and sentences."""

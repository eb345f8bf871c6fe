"""What a document holds in reading order: labels put together, slots, other words; the rest left out."""

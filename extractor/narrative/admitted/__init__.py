"""What else a passage admits than the reading that contradicts itself."""

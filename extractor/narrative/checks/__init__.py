"""What the free text claims, put to the rules."""

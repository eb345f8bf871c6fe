"""A reading put to the page and to the rules: grounding, status, findings."""

"""The demonstration, and the wheel tried outside the checkout."""

"""Cases with hand-made gold, planted errors, and measurements; never part of the wheel."""

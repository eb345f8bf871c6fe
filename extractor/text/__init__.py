"""How characters, figures and numerals are written."""

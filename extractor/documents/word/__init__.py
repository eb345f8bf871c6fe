"""Word files: what Word shows of them; older formats through LibreOffice."""

"""PDF: PDFium in a process of its own, and the pages that it gives."""

"""The program that PDFium runs in; it imports nothing of the rest but what bounds its memory."""

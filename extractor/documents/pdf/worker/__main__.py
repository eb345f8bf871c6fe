"""Starts the program that opens PDFs, as ``python -m extractor.documents.pdf.worker``."""

from extractor.documents.pdf.worker.program import main

if __name__ == "__main__":
    main()

"""A zoo of layouts: generated reports in the layouts and formats of real pages, read and compared.

What each layout looks like is in ``layouts.py``; what a document says, and what of that a reader can
know, is in ``gold.py``. ``make zoo`` reads thousands of them.
"""

from eval.zoo.documents import ZooDocument, documents
from eval.zoo.gold import GoldCell
from eval.zoo.layouts import COUNTS, LAYOUTS, Kind, Layout
from eval.zoo.programs import missing

__all__ = ["COUNTS", "LAYOUTS", "GoldCell", "Kind", "Layout", "ZooDocument", "documents", "missing"]

"""A zoo of layouts: random reports in every layout and format of real pages, with what each of them says.

``documents(layout, seed, count)`` makes them, ``score(document)`` reads one and compares.
"""

from eval.zoo.documents import ZooDocument, documents
from eval.zoo.layouts import COUNTS, LAYOUTS, Kind, Layout
from eval.zoo.programs import missing
from eval.zoo.score import Score, score

__all__ = ["COUNTS", "LAYOUTS", "Kind", "Layout", "Score", "ZooDocument", "documents", "missing", "score"]

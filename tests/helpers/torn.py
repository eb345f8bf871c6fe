"""A torn page of which the layout alone leaves rows open."""

from __future__ import annotations

from pathlib import Path

from eval.gold.cases import Case

# The case shanghai-sci-2024 with the header of table 3 whole, and the zeros of four rows blank: of
# 1.属于国家秘密, 4.保护第三方合法权益, 8.属于行政查询事项 and 3.其他. Figures without a label stand beside
# each of these, and may fill its blanks. So order alone doesn't settle the torn rows; of these, three have
# their label in pieces, and seven have it whole.
_PAGE = Path(__file__).parents[1] / "data/torn/torn.txt"
TORN = Case("torn", _PAGE, "2021", "needs_review", is_reviewed=True)

"""Cells as people name them: 表三“（一）予以公开”×总计."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractor.result.extraction import Extraction
from extractor.text.folding import label_key
from extractor.verify.words import element_name, row_name
from rules.form import Form
from rules.words import Bilingual

# Of more cells, the first is named.
_MOST_NAMED = 3
_NUMERALS = "一二三四五六七八九十"
# Forms are written in ASCII brackets, officials write full ones.
_FULL = str.maketrans("()", "（）")


def form_of_each(extraction: Extraction, forms: Iterable[Form]) -> Mapping[str, Form]:
    """The edition that each cell of a result was read by, by its address.

    Args:
        extraction: the result.
        forms: that it may have been read by.
    """
    family = [form for form in forms if form.family == extraction.family]
    family.sort(key=lambda form: form.edition != extraction.edition)
    found: dict[str, Form] = {}
    wanted = {cell.address for cell in extraction.cells}
    for form in family:
        for address, place in form.places.items():
            edition = extraction.block_editions.get(f"{place.table.id}.{place.block.id}", extraction.edition)
            if edition == form.edition and address in wanted:
                found.setdefault(address, form)
    return found


def table_name(family: Sequence[Form], table_id: str) -> Bilingual:
    """What people call a table: by the number of the section that it stands in, else by its own.

    Args:
        family: the editions of the form; one of them tells the sections.
        table_id: of the table; of one that no edition has, its number on the page.
    """
    known = next(((form, one) for form in family for one in form.tables if one.id == table_id), None)
    if known is None:
        return Bilingual(zh=f"表{table_id}", en=f"table {table_id}")
    form, table = known
    number = form.tables.index(table) + 1
    sections = [section for one in family if one.document is not None for section in one.document.sections]
    titles = {label_key(title) for title in (table.title.zh, *table.headings)}
    for section in sections:
        if label_key(section.title) in titles:
            number = int(section.number)
            break
    numeral = _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)
    return Bilingual(zh=f"表{numeral}", en=f"table {number}")


def cell_name(form: Form, address: str, table: Bilingual | None) -> Bilingual:
    """A cell: its table, row and column.

    Args:
        form: that has the address.
        address: of the cell, such as ``requests.granted.total``.
        table: what its table is called; None to leave it out.
    """
    _, _, row, column = form.places[address]
    in_table = Bilingual(
        zh=f"“{full_width(row_name(row, 'zh'))}”×{full_width(column.label)}", en=f"“{row.en}” × {column.en}"
    )
    if table is None:
        return in_table
    return Bilingual(zh=table.zh + in_table.zh, en=f"{table.en} {in_table.en}")


def local_cell_name(row: Bilingual, column: Bilingual, table: Bilingual) -> Bilingual:
    """A cell that the form hasn't: its table, row and column.

    Args:
        row: what its row is called.
        column: what its column is called.
        table: what its table is called.
    """
    return Bilingual(zh=f"{table.zh}“{row.zh}”×{column.zh}", en=f"{table.en} “{row.en}” × {column.en}")


def named_cells(extraction: Extraction, forms: Sequence[Form], addresses: Sequence[str]) -> Bilingual | None:
    """Some cells, as people name them; of many, the first and how many more there are.

    Args:
        extraction: the result that has them.
        forms: that it may have been read by.
        addresses: of the cells.

    Returns:
        None if none of them is a cell of the form.
    """
    form_of = form_of_each(extraction, forms)
    known = [address for address in addresses if address in form_of]
    family = [form for form in forms if form.family == extraction.family]
    told = known if len(known) <= _MOST_NAMED else known[:1]
    if not told:
        return None
    names = []
    table: str | None = None
    for address in told:
        # A table is named once.
        is_same, table = address.partition(".")[0] == table, address.partition(".")[0]
        names.append(cell_name(form_of[address], address, None if is_same else table_name(family, table)))
    more = len(known) - len(told)
    zh, en = (f"等{len(known)}格", f" and {more} more cells") if more else ("", "")
    return Bilingual(zh="、".join(n.zh for n in names) + zh, en=", ".join(n.en for n in names) + en)


def full_width(text: str) -> str:
    """Chinese with the brackets that Chinese is set with."""
    return text.translate(_FULL)


def row_label(form: Form, address: str) -> Bilingual:
    """The row of a cell, as the form shows it.

    Args:
        form: that has the address.
        address: of the cell.
    """
    row = form.places[address].row
    return Bilingual(zh=full_width(element_name(row, "zh")), en=row.en)


def group_of(form: Form, address: str) -> str | None:
    """The group that the row of a cell stands under, as the form prints it; None without one."""
    under = form.places[address].row.under
    return None if under is None else full_width(under)

"""What can be wrong with a reading besides violated rules, in words for the reader."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import groupby

from extractor.documents.document import Document, Span
from extractor.layout.reading import Doubt, ReadBlock, Reading, ReadRow
from extractor.result.findings import Finding
from extractor.verify.findings import finding_at
from extractor.verify.outcomes import Cells
from extractor.verify.words import (
    Words,
    element_name,
    filled,
    in_both,
    in_each,
    name_of,
    row_name,
    text_in,
)
from rules.confront import State
from rules.form import Column, Form, Table
from rules.words import Bilingual

DEFECTS: dict[str, Bilingual] = {
    "missing-table": Bilingual(zh="页面中未找到“{name}”表。", en="The table “{name}” is not on the page."),
    "missing-row": Bilingual(zh="页面中未找到“{name}”一行。", en="The row “{name}” is not on the page."),
    "missing-column": Bilingual(
        zh="页面中未找到“{name}”一栏。", en="The column “{name}” is not on the page."
    ),
    "disputed": Bilingual(zh="“{name}”一行待核：{reason}。", en="The row “{name}” needs review: {reason}."),
    "unreadable": Bilingual(
        zh="“{name}”印作“{printed}”，不是该表格所要求的数字。",
        en="“{name}” is printed as “{printed}”, which is no number of the kind the form asks for.",
    ),
    "unread": Bilingual(
        zh="“{name}”等 {count} 格中是{what}，无法读取，不按空白处理。请对照页面填写或核对。",
        en="{count} cells, “{name}” the first of them, hold {what}, which can't be read and is no blank; "
        "look at the page.",
    ),
    "empty-table": Bilingual(
        zh="“{name}”表中没有任何数字。", en="The table “{name}” holds no number at all."
    ),
    "no-table": Bilingual(
        zh="文件像是年度报告，但没有找到统计表。请检查表格是否为图片，或在转换时丢失。",
        en="This looks like an annual report without a table; check whether its tables are pictures, "
        "or were lost when it was converted.",
    ),
    "stray-figures": Bilingual(
        zh="表内有不属于任何规定行的数字：{printed}。",
        en="Figures in the table that belong to no row of the form: {printed}.",
    ),
    "other-edition": Bilingual(
        zh="“{name}”表有部分内容采用 {edition} 年的表样。",
        en="Part of the table “{name}” follows the form of {edition}.",
    ),
    "several-reports": Bilingual(
        zh="文件中有 {count} 份报告，以下是第 {number} 份。",
        en="The file holds {count} reports; this is the beginning of number {number}.",
    ),
    "printed-twice": Bilingual(
        zh="同样的数字在文件中出现不止一次，只读取一份。",
        en="The same figures stand in the file more than once; they are read once.",
    ),
    "lost-figures": Bilingual(
        zh="转换时丢失了 {count} 个数字（{printed}）。请用 Word 或 WPS 打开原文件，另存为 docx 后再读。",
        en="{count} figures of the file were lost when it was converted ({printed}); open it in Word or WPS, "
        "save it as docx, and read that.",
    ),
    "undecodable": Bilingual(
        zh="有 {count} 个字符无法按 {name} 解码。",
        en="{count} characters could not be decoded as {name}.",
    ),
    "guessed": Bilingual(
        zh="“{name}”在图像中似为“{printed}”，但不能确认。",
        en="“{name}” seems to be “{printed}” in the picture, which is no more than a guess.",
    ),
    "recognised": Bilingual(
        zh="{count} 个数字由图像识别（OCR）得出，可能有误认，须有两条勾稽关系同时成立才算证实。",
        en="{count} figures were recognised from pictures (OCR) and may be misread; none is confirmed by "
        "fewer than two balances.",
    ),
    "pictures-unread": Bilingual(
        zh="缺少表格，文件中有 {count} 张图片未能识别，表格可能在图片中。请安装 OCR 组件（在源码目录中运行 "
        "pip install '.[ocr]'）；如已安装，请把图片另存后单独给出。",
        en="A table is missing, and {count} pictures in the file, which may show it, were not read; install "
        "the OCR (pip install '.[ocr]' in the clone), or, if that is installed, save and name the pictures.",
    ),
    "pictures-elsewhere": Bilingual(
        zh="缺少表格，页面所示的 {count} 张图片不在文件中，本程序不会去下载。若表格在图片中，请另存图片后"
        "给出。",
        en="A table is missing, and {count} pictures that the page shows aren't in the file, nor are they "
        "fetched; if they show the table, save them and name them.",
    ),
}
# What stands in cells that can't be read, by the first word of their remark.
UNREAD_KINDS: dict[str, Bilingual] = {
    "picture": Bilingual(zh="图片", en="a picture"),
    "control": Bilingual(zh="输入框等控件", en="a form control"),
    "generated": Bilingual(zh="样式表生成的内容", en="what a style sheet puts there"),
    "overlay": Bilingual(zh="另行定位的文字", en="text that is moved to another place"),
    "reversed": Bilingual(zh="从右向左排列的字符", en="characters that run from right to left"),
    "small": Bilingual(zh="大小不一的数字", en="digits of different sizes"),
    "struck": Bilingual(zh="划去的数字", en="a figure that is struck through"),
    "note": Bilingual(zh="仅为上标或下标的数字", en="a raised or lowered figure only"),
    "hidden": Bilingual(zh="与底色相同的数字", en="a figure in the colour of its background"),
}
UNREAD_OTHERWISE = Bilingual(zh="无法读取的对象", en="something")
# Those that are warnings.
SOFT_DEFECTS = frozenset(
    {
        "recognised",
        "pictures-unread",
        "pictures-elsewhere",
        "stray-figures",
        "other-edition",
        "undecodable",
        "several-reports",
        "printed-twice",
    }
)
_REASONS: dict[Doubt, Bilingual] = {
    Doubt.LABEL_TWICE: Bilingual(zh="行标签重复或被其他行的标签顶替", en="a row label stands twice"),
    Doubt.OUT_OF_ORDER: Bilingual(zh="行的顺序与规定格式不符", en="it isn't where the form has it"),
    Doubt.TORN: Bilingual(zh="数字与行标签分离", en="its figures are torn from its label"),
    Doubt.SLOTS: Bilingual(zh="数字的个数与栏数不符", en="it doesn't have as many figures as columns"),
    Doubt.HEADER: Bilingual(zh="表头不完整或与规定格式不符", en="the header is incomplete or not the form's"),
    Doubt.ALTERNATIVES: Bilingual(
        zh="两种互斥的行同时出现", en="rows that exclude each other are both there"
    ),
    Doubt.VALUES_FIRST: Bilingual(zh="数字排在行标签之前", en="the figures stand before the labels"),
    Doubt.ORDINAL: Bilingual(zh="序号属于另一行", en="its ordinal is another row's"),
    Doubt.TWO_REPORTS: Bilingual(
        zh="文件中似有两份报告，请分开后再读", en="there seem to be two reports in the file; read them apart"
    ),
    Doubt.SIDE_BY_SIDE: Bilingual(
        zh="文件中似有两份报告左右并排，哪个数字属于哪一份未能确定，请分开后再读",
        en="two reports seem to stand side by side, and it isn't settled which figure is of which; "
        "read them apart",
    ),
    Doubt.COPIES_DIFFER: Bilingual(
        zh="该表在文件中出现两次，两处的数字不同",
        en="the table stands in the file twice, and the figures differ",
    ),
    Doubt.BARE_LABEL: Bilingual(
        zh="前面有另一行的标签没有数字，数字可能属于该行",
        en="another row's label without figures stands before it, and the figures may be that row's",
    ),
    Doubt.LABEL_IN_PIECES: Bilingual(zh="行标签本身断成几截", en="the label itself is in pieces"),
    Doubt.LABEL_LOST: Bilingual(
        zh="相邻行的标签不在页面上，数字可能属于该行",
        en="the label of a row beside it is not on the page, and the figures may be that row's",
    ),
    Doubt.BESIDE_STRAYS: Bilingual(
        zh="上一行或下一行有不属于任何规定行的数字，可能属于该行",
        en="figures of no row stand above or below it, and may be its own",
    ),
    Doubt.UNLABELLED: Bilingual(
        zh="该行的标签不在页面上，数字按行的顺序推得，仅供参考",
        en="its label is not on the page, and the figures are a proposal by the order of rows",
    ),
    Doubt.CHOSEN_BY_RULES: Bilingual(
        zh="位置由勾稽关系推得，仅供参考",
        en="its place was chosen because the rules then hold: a proposal only",
    ),
    Doubt.UNREAD: Bilingual(zh="模型未能读出", en="the model didn't read it"),
    Doubt.READERS_DIFFER: Bilingual(zh="两次读取的结果不一致", en="two readings of it differ"),
}
# Of many figures so many are named.
_MOST_SHOWN = 10
# What cells hold that state no number.
_EMPTY = frozenset({State.BLANK, State.MARK})


def defects_of(
    document: Document, reading: Reading, unsettled: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """Everything that the reading lacks or doubts, except single cells.

    Args:
        document: where it was read.
        reading: what was read.
        unsettled: the addresses of rows that two readers don't settle after all.
    """
    yield from _of_document(document, lacks_table=reading.lacks_table)
    yield from _of_standing(document, reading)
    if reading.form is None:
        yield _defect(document, "no-table", None, in_both())
    yield from _of_tables(document, reading, unsettled)
    yield from _of_editions(document, reading)
    for stray in reading.strays:
        printed = " ".join(document.text[span.start : span.end] for span in stray.figures)
        yield _defect(document, "stray-figures", stray.span, in_both(printed=printed))


def cell_defects_of(document: Document, reading: Reading, cells: Cells) -> Iterator[Finding]:
    """What is doubtful about single cells, and tables whose cells state no number.

    Args:
        document: where they were read.
        reading: what was read.
        cells: by address.
    """
    if recognised := sum(cell.is_ocr for cell in cells.values()):
        yield _defect(document, "recognised", None, in_both(count=str(recognised)))
    for block in reading.blocks:
        for address in _addresses(block):
            cell = cells[address]
            rule = "unreadable" if not cell.is_parsable else "guessed" if cell.is_guess else None
            if rule is not None and cell.state is not State.UNREAD:
                words = _cell_words(block.form, address, cell.printed)
                yield _defect(document, rule, cell.span, words, place=address)
    for blocks in _by_table(reading):
        yield from _unread(document, blocks, cells)
        if all(cells[address].state in _EMPTY for block in blocks for address in _addresses(block)):
            yield _defect(document, "empty-table", None, _title(blocks[-1].table))


def _unread(document: Document, blocks: Iterable[ReadBlock], cells: Cells) -> Iterator[Finding]:
    """That cells of a table hold something that can't be read, once for each kind of it."""
    kinds: dict[Bilingual, list[tuple[Form, str]]] = {}
    for block in blocks:
        for address in _addresses(block):
            if cells[address].state is State.UNREAD:
                kinds.setdefault(_kind_of(cells[address].remarks), []).append((block.form, address))
    for kind, same in kinds.items():
        form, address = same[0]
        words = _unread_words(kind, form, address, len(same))
        yield _defect(document, "unread", cells[address].span, words, place=address)


def _kind_of(remarks: Iterable[str]) -> Bilingual:
    """What can't be read, as the remarks of a cell have it."""
    told = {remark.partition(":")[0] for remark in remarks}
    return next((words for kind, words in UNREAD_KINDS.items() if kind in told), UNREAD_OTHERWISE)


def _unread_words(kind: Bilingual, form: Form, address: str, count: int) -> Words:
    return in_each(
        lambda language: {
            "name": name_of(form, address, language),
            "count": str(count),
            "what": text_in(kind, language),
        }
    )


def _defect(
    document: Document, rule: str, span: Span | None, words: Words, place: str | None = None
) -> Finding:
    message = filled(DEFECTS[rule], words)
    if rule in SOFT_DEFECTS:
        return finding_at(document, rule, message, span, place=place, severity="soft", cause=None)
    return finding_at(document, rule, message, span, place=place)


def _by_table(reading: Reading) -> Iterator[list[ReadBlock]]:
    """The blocks of each table."""
    for _, blocks in groupby(reading.blocks, key=lambda block: block.table.id):
        yield list(blocks)


def _addresses(block: ReadBlock) -> Iterator[str]:
    for row in block.found:
        yield from row.addresses


def _title(table: Table) -> Words:
    return in_each(lambda language: {"name": text_in(table.title, language)})


def _cell_words(form: Form, address: str, printed: str) -> Words:
    return in_each(lambda language: {"name": name_of(form, address, language), "printed": printed})


def _of_document(document: Document, *, lacks_table: bool) -> Iterator[Finding]:
    """What became of the file before anything was read."""
    if lacks_table and document.unread_pictures:
        yield _defect(document, "pictures-unread", None, in_both(count=str(document.unread_pictures)))
    if lacks_table and document.pictures_elsewhere:
        yield _defect(document, "pictures-elsewhere", None, in_both(count=str(document.pictures_elsewhere)))
    if document.undecodable:
        words = in_both(count=str(document.undecodable), name=document.encoding)
        yield _defect(document, "undecodable", None, words)
    if document.lost:
        lost = document.lost
        printed = "、".join(lost[:_MOST_SHOWN]) + ("…" if len(lost) > _MOST_SHOWN else "")
        yield _defect(document, "lost-figures", None, in_both(count=str(len(lost)), printed=printed))


def _of_standing(document: Document, reading: Reading) -> Iterator[Finding]:
    """That the file holds more than this report, or holds it more than once."""
    standing = reading.standing
    if standing is None:
        return
    words = in_both(count=str(standing.total), number=str(standing.number))
    if standing.total > 1:
        yield _defect(document, "several-reports", standing.start, words)
    if standing.is_copied:
        yield _defect(document, "printed-twice", standing.start, words)


def _of_tables(
    document: Document, reading: Reading, unsettled: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    """Tables, columns and rows that are missing, and rows that are in doubt."""
    for blocks in _by_table(reading):
        rows = [row for block in blocks for row in block.found]
        if all(row.is_absent for row in rows):
            yield _defect(document, "missing-table", None, _title(blocks[0].table))
            continue
        for block in blocks:
            yield from _missing_columns(document, block)
        for row in rows:
            yield from _of_row(document, blocks[0].table.id, row, unsettled)


def _missing_columns(document: Document, block: ReadBlock) -> Iterator[Finding]:
    torn = [row.spans for row in block.found if None in row.spans]
    for i, column in enumerate(block.block.columns):
        if any(spans[i] is None for spans in torn):
            yield _defect(document, "missing-column", None, _column_name(column))


def _column_name(column: Column) -> Words:
    return in_each(lambda language: {"name": element_name(column, language)})


def _of_row(
    document: Document, table: str, row: ReadRow, unsettled: Container[tuple[str, ...]]
) -> Iterator[Finding]:
    place = f"{table}.{row.row.id}"
    if row.is_absent:
        words = in_each(lambda language: {"name": row_name(row.row, language)})
        yield _defect(document, "missing-row", None, words, place=place)
    # Two readers may have settled what was in doubt.
    is_settled = row.is_agreed and row.addresses not in unsettled
    doubts = sorted(() if is_settled else row.doubts)
    doubts += [Doubt.READERS_DIFFER] if row.differing else []
    if doubts:
        reasons = Bilingual(
            zh="；".join(_REASONS[doubt].zh for doubt in doubts),
            en="; ".join(_REASONS[doubt].en for doubt in doubts),
        )
        words = in_each(
            lambda language: {"name": row_name(row.row, language), "reason": text_in(reasons, language)}
        )
        where = row.label or next((span for span in row.spans if span), None)
        yield _defect(document, "disputed", where, words, place=place)


def _of_editions(document: Document, reading: Reading) -> Iterator[Finding]:
    """Tables that follow another edition than the report in some block."""
    deviating = {
        (block.table.id, block.form.edition): block.table
        for block in reading.blocks
        if block.is_on_page and block.form is not reading.form
    }
    for (_, edition), table in deviating.items():
        yield _defect(document, "other-edition", None, _title_and_edition(table, edition))


def _title_and_edition(table: Table, edition: str) -> Words:
    return in_each(lambda language: {"name": text_in(table.title, language), "edition": edition})

"""What happened while a model read, told step by step in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from extractor.asking.answers import Answer, Refusal
from extractor.asking.open_tables import OpenTable
from extractor.asking.owners import OwnerRefusal, RepeatedTable
from extractor.asking.row_labels import LabelRefusal, OpenLabels
from extractor.asking.schemas import ColumnsReply, LabelsReply, OwnersReply, Unit
from extractor.asking.told_columns import HeaderRefusal
from extractor.asking.told_series import SeriesRefusal
from extractor.errors import ModelError
from extractor.layout.headers.told_headers import OpenHeader
from extractor.llm.failures import shown
from extractor.llm.protocol import Traffic
from extractor.result.steps import Action, Step
from rules.words import Bilingual

# What is told of every step as it happens, and what was sent and received for the report so far.
OnStep: TypeAlias = Callable[[Step, Traffic], None]

_REFUSALS: dict[Refusal, Bilingual] = {
    Refusal.NO_LINE: Bilingual(zh="所引的行不在所示文本中", en="it cites a line that was not shown"),
    Refusal.WIDTH: Bilingual(zh="数字的个数与栏数不符", en="it hasn't as many figures as columns"),
    Refusal.NOT_PRINTED: Bilingual(
        zh="所引的行上没有这样一串数字", en="the line cited doesn't print these figures"
    ),
    Refusal.MORE_FIGURES: Bilingual(
        zh="这些数字旁边还有别的数字，一行比栏数多",
        en="other figures stand among these, more than there are columns",
    ),
    Refusal.AMBIGUOUS: Bilingual(
        zh="所引的行上有几处都相符", en="they fit in more than one place of the line cited"
    ),
    Refusal.OTHER_LABEL: Bilingual(
        zh="这些数字前的标签是另一行的", en="the label of these figures is another row's"
    ),
    Refusal.TWICE: Bilingual(zh="同一行给出了两种不同的数字", en="the row was answered in two ways"),
}


def names_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """What steps call units: table and row."""
    return tuple(f"{unit.table.id}.{unit.name.removeprefix(f'{unit.table.id}.')}" for unit in units)


def asked(number: int, units: Sequence[Unit], lines: Sequence[int]) -> Step:
    """A question is put.

    Args:
        number: of the round, 0 for the first reading.
        units: that are asked for.
        lines: the file's own lines that are shown.
    """
    zh = f"请模型读 {len(units)} 行（出示第 {_ranges(lines)} 行）"
    en = f"the model is asked for {_rows(units)} and shown lines {_ranges(lines)}"
    return _step(number, Action.ASKED, units, lines, zh, en)


def answered(number: int, answer: Answer, action: Action, lines: Sequence[int]) -> Step:
    """An answer about one unit, and what came of it.

    Args:
        number: of the round.
        answer: what the model said.
        action: what was done with it.
        lines: the file's own lines that it cites; none if there are no such.
    """
    name, said = names_of([answer.unit])[0], shown("|".join(answer.cells), None)
    where = _ranges(lines)
    if answer.refusal is not None:
        why = _REFUSALS[answer.refusal]
        zh = f"{name}：模型称第 {where} 行为 {said}，{why.zh}，不采用"
        en = f"{name}: the model says {said} on line {where}; {why.en}: refused"
        if not lines:
            zh = f"{name}：模型称是 {said}，{why.zh}，不采用"
            en = f"{name}: the model says {said}; {why.en}: refused"
    else:
        came = _CAME_OF_IT[action]
        zh = f"{name}：第 {where} 行确有 {said}，{came.zh}"
        en = f"{name}: {said} stands on line {where}; {came.en}"
    return _step(number, action, [answer.unit], lines, zh, en)


_CAME_OF_IT = {
    Action.TAKEN: Bilingual(zh="采用", en="taken"),
    Action.AGREED: Bilingual(zh="与按版式读出的一致", en="the layout reading has the same"),
    Action.PROPOSED: Bilingual(
        zh="但行标签或表头存疑，仍待核", en="its label or header is in doubt all the same: a proposal"
    ),
    Action.DIFFERS: Bilingual(
        zh="与按版式读出的不一致，待核", en="the layout reading has another place: disputed"
    ),
    Action.KEPT: Bilingual(
        zh="与原先不一致，但并未使更多规则成立，保留原先所读",
        en="that isn't what was read before, and no more rules would hold: what was read before is kept",
    ),
    Action.REREAD: Bilingual(zh="重读后与原先一致", en="read again, it stands as before"),
}


_HEADER_REFUSALS: dict[HeaderRefusal, Bilingual] = {
    HeaderRefusal.NOT_PRINTED: Bilingual(
        zh="表头里没有所引的字", en="the header doesn't have the words that it quotes"
    ),
    HeaderRefusal.INCOMPLETE: Bilingual(
        zh="没有把各栏说全，或一栏说了两次", en="it doesn't name every column once"
    ),
    HeaderRefusal.OTHER_LABEL: Bilingual(
        zh="所引的字更像另一栏的名称", en="the words that it quotes are more like another column's label"
    ),
    HeaderRefusal.UNLIKE: Bilingual(
        zh="所引的字大多与规定的栏名毫无相同之处",
        en="most of the words that it quotes have nothing in common with the form's labels",
    ),
    HeaderRefusal.ORDER: Bilingual(
        zh="这些字在表头里不是这个次序", en="the words don't stand in this order in the header"
    ),
    HeaderRefusal.SUMS: Bilingual(
        zh="照此读出的各行合计不符", en="read so, the totals of the rows don't hold"
    ),
}


def asked_of_columns(header: OpenHeader, lines: Sequence[int]) -> Step:
    """The question about a header is put.

    Args:
        header: that is asked about.
        lines: the file's own lines that are shown.
    """
    title = header.table.title
    zh = f"请模型说明“{title.zh}”的表头（出示第 {_ranges(lines)} 行）"
    en = f"the model is asked what the header of “{title.en}” says and shown lines {_ranges(lines)}"
    return _step(0, Action.ASKED, (), lines, zh, en)


def answered_of_columns(reply: ColumnsReply, refusal: HeaderRefusal | None) -> Step:
    """An answer about a header, and what came of it.

    Args:
        reply: what the model said.
        refusal: why it isn't taken; None if it is.
    """
    columns = "|".join(f"{column.column}={''.join(column.words)}" for column in reply.columns)
    said = shown(columns, None)
    if refusal is None:
        return _taken(f"表头：{said}", f"the header is {said}")
    return _refused(f"模型称表头为 {said}", f"the model says the header is {said}", _HEADER_REFUSALS[refusal])


_SERIES_REFUSALS: dict[SeriesRefusal, Bilingual] = {
    SeriesRefusal.EMPTY: Bilingual(zh="没有找到", en="nothing was found"),
    SeriesRefusal.INCOMPLETE: Bilingual(zh="没有把各栏说全", en="it doesn't name every column"),
    SeriesRefusal.TWICE: Bilingual(
        zh="同一行、同一栏或同一处数字说了两次", en="a row, a column or a figure is named twice"
    ),
    SeriesRefusal.WIDTH: Bilingual(
        zh="数字的个数与行名、栏名的个数不符", en="there are more figures, or fewer, than labels"
    ),
    SeriesRefusal.NOT_PRINTED: Bilingual(
        zh="所引的行上没有这样的标签和其后的数字",
        en="the lines cited don't print these labels with these figures behind them",
    ),
    SeriesRefusal.ACROSS: Bilingual(
        zh="各栏（各行）的名称不是这个次序", en="the labels don't stand in the order of the figures"
    ),
    SeriesRefusal.OTHER_LABEL: Bilingual(
        zh="所引的字是另一行或另一栏的名称",
        en="words that it quotes are, or are more like, another row's or column's label",
    ),
    SeriesRefusal.ORDER: Bilingual(
        zh="照此读出的行与规定的先后不符", en="read so, the rows don't stand in the order of the form"
    ),
    SeriesRefusal.SEVERAL: Bilingual(
        zh="这些行在别处还有一份，无法判断是哪一份",
        en="the rows are there once more, and nothing tells which of them it is",
    ),
    SeriesRefusal.DISOWNED: Bilingual(
        zh="页面说明那是其他年度、时段或单位的表，或为示例、有误、作废",
        en="the page says that it is of another year, period, unit or office, an example, or wrong",
    ),
    SeriesRefusal.SUMS: Bilingual(zh="照此读出的合计不符", en="read so, the totals don't hold"),
}


def asked_of_table(table: OpenTable, lines: Sequence[int]) -> Step:
    """The question about the lines of a table is put.

    Args:
        table: that is asked about.
        lines: the file's own lines that are shown.
    """
    title, count = table.block.table.title, len(table.rows)
    if table.is_lost:
        zh = f"版式中没有找到“{title.zh}”，请模型说明其行、栏和数字在哪里"
        en = (
            f"the layout doesn't find “{title.en}”: the model is asked where its rows, columns and figures "
            "are"
        )
    else:
        zh = f"“{title.zh}”有 {count} 行版式读不出，请模型说明其行名和数字在哪里"
        en = (
            f"of “{title.en}”, rows are open that the layout can't read ({count}): the model is asked where "
            "their labels and figures are"
        )
    zh, en = f"{zh}（出示第 {_ranges(lines)} 行）", f"{en}, and shown lines {_ranges(lines)}"
    return _step(0, Action.ASKED, (), lines, zh, en)


def answered_of_table(table: OpenTable, series: int, refusal: SeriesRefusal | None) -> Step:
    """An answer about the lines of a table, and what came of it.

    Args:
        table: that was asked about.
        series: how many rows, or columns, the model found.
        refusal: why it isn't taken; None if it is.
    """
    title = table.block.table.title
    if refusal is None:
        zh = f"“{title.zh}”：模型找到 {series} 段数字，均在页面上"
        return _taken(zh, f"“{title.en}”: the model finds {series} series of figures, and the page has them")
    zh = f"“{title.zh}”：模型说有 {series} 段数字"
    en = f"“{title.en}”: the model says that there are {series} series of figures"
    return _refused(zh, en, _SERIES_REFUSALS[refusal])


_LABEL_REFUSALS: dict[LabelRefusal, Bilingual] = {
    LabelRefusal.EMPTY: Bilingual(zh="没有一行是规定的行", en="none of them is the form's"),
    LabelRefusal.TWICE: Bilingual(zh="同一行说了两次", en="a row is named twice"),
    LabelRefusal.NOT_PRINTED: Bilingual(
        zh="所引的行上没有这样的行名", en="the lines cited don't have these labels, whole"
    ),
    LabelRefusal.ORDER: Bilingual(
        zh="照此各行在页面上不合规定的次序", en="read so, the rows don't stand in the order of the form"
    ),
    LabelRefusal.OTHER_LABEL: Bilingual(
        zh="有的行名更像另一行的，或大多毫无相同之处",
        en="a label is more like another row's, or most have nothing in common with their own",
    ),
    LabelRefusal.SUMS: Bilingual(zh="照此读出的合计不符", en="read so, the totals don't hold"),
}


def asked_of_labels(labels: OpenLabels, lines: Sequence[int]) -> Step:
    """The question about labels that are none of the form's is put.

    Args:
        labels: that are asked about.
        lines: the file's own lines that are shown.
    """
    title, count = labels.block.table.title, len(labels.local)
    zh = f"“{title.zh}”有 {count} 行的行名不是规定的，请模型说明各是哪一行（出示第 {_ranges(lines)} 行）"
    en = (
        f"of “{title.en}”, labels are none of the form's ({count}): the model is asked which rows they are, "
        f"and shown lines {_ranges(lines)}"
    )
    return _step(0, Action.ASKED, (), lines, zh, en)


def answered_of_labels(reply: LabelsReply, refusal: LabelRefusal | None) -> Step:
    """An answer about labels, and what came of it.

    Args:
        reply: what the model said.
        refusal: why it isn't taken; None if it is.
    """
    said = shown("|".join(f"{one.words}={one.row}" for one in reply.labels), None)
    if refusal is None:
        return _taken(f"行名：{said}", f"the labels are {said}")
    return _refused(f"模型称 {said}", f"the model says {said}", _LABEL_REFUSALS[refusal])


_OWNER_REFUSALS: dict[OwnerRefusal, Bilingual] = {
    OwnerRefusal.INCOMPLETE: Bilingual(
        zh="没有逐份说明，或本机关的不是恰好一份",
        en="it doesn't tell of every table, and of one that it is its own",
    ),
    OwnerRefusal.NOT_PRINTED: Bilingual(
        zh="表前没有所引的字", en="what it quotes doesn't stand above these tables"
    ),
    OwnerRefusal.UNCLEAR: Bilingual(
        zh="所引的字没有说明是谁的数字", en="what it quotes doesn't say whose figures these are"
    ),
}


def asked_of_owners(repeated: RepeatedTable, lines: Sequence[int]) -> Step:
    """The question which of several tables of a kind is the report's own is put.

    Args:
        repeated: the tables.
        lines: the file's own lines that are shown.
    """
    title, count = repeated.table.title, len(repeated.each)
    zh = f"“{title.zh}”有 {count} 份，请模型说明哪一份是本机关的（出示第 {_ranges(lines)} 行）"
    en = (
        f"“{title.en}” is there {count} times: the model is asked which is the organ's own, and shown lines "
        f"{_ranges(lines)}"
    )
    return _step(0, Action.ASKED, (), lines, zh, en)


def answered_of_owners(reply: OwnersReply, refusal: OwnerRefusal | None) -> Step:
    """An answer about whose tables are, and what came of it.

    Args:
        reply: what the model said.
        refusal: why it isn't taken; None if it is.
    """
    said = shown("|".join(f"{one.table}={one.of} {one.words}" for one in reply.tables), None)
    if refusal is None:
        return _taken(f"各份表：{said}", f"the tables are {said}")
    return _refused(
        f"模型称各份表为 {said}", f"the model says the tables are {said}", _OWNER_REFUSALS[refusal]
    )


def asked_of_structure(title: str, lines: Sequence[int]) -> Step:
    """The question how the rows of a table of no known form hang together is put.

    Args:
        title: of the table; empty if it has none.
        lines: the file's own lines that are shown.
    """
    zh = f"请模型说明统计表“{title}”中哪些行是哪一行的组成部分（出示第 {_ranges(lines)} 行）"
    en = f"the model is asked which rows of “{title}” are parts of others, and shown lines {_ranges(lines)}"
    return _step(0, Action.ASKED, (), lines, zh, en)


def answered_of_structure(title: str, taken: int, refused: int) -> Step:
    """The answer how the rows of a table of no known form hang together, and what came of it.

    Args:
        title: of the table; empty if it has none.
        taken: how many rows and sums the page bears out, beyond what its look tells.
        refused: how many it doesn't.
    """
    action = Action.TAKEN if taken or not refused else Action.REFUSED
    zh = f"“{title}”：{taken} 行（和）页面上有字说明，采用；{refused} 行（和）没有，或页面另有说明，不采用"
    en = (
        f"“{title}”: of {taken} rows and sums the page says so: taken; of {refused} it doesn't, or says "
        "otherwise: refused"
    )
    return _step(0, action, (), (), zh, en)


def suspected(number: int, units: Sequence[Unit], rules: Sequence[str]) -> Step:
    """Rules are violated, and rows are to be read again.

    Args:
        number: of the round.
        units: that are to be read again.
        rules: the ids of the rules.
    """
    zh = f"不符合 {'、'.join(rules)}，重读 {len(units)} 行"
    en = f"{', '.join(rules)} violated: {_rows(units)} to be read again"
    return _step(number, Action.SUSPECTED, units, (), zh, en)


def failed(number: int, units: Sequence[Unit], error: ModelError) -> Step:
    """No usable answer came.

    Args:
        number: of the round.
        units: that were asked for; none where the question was about the free text.
        error: why.
    """
    return _step(number, Action.FAILED, units, (), error.message.zh, error.message.en)


def stopped(number: int, error: ModelError) -> Step:
    """Nothing more can be asked.

    Args:
        number: of the round.
        error: why.
    """
    return _step(number, Action.STOPPED, (), (), error.message.zh, error.message.en)


def asked_of_text(numbers: int) -> Step:
    """The question about the free text is put.

    Args:
        numbers: how many numbers it is about.
    """
    zh = f"请模型说明文字中 {numbers} 个数字的关系"
    en = f"the model is asked how {numbers} numbers of the text hang together"
    return _step(0, Action.ASKED, (), (), zh, en)


def answered_of_text(both: int, alone: int, refused: int) -> Step:
    """The answer about the free text, and what came of it.

    Args:
        both: how many relations both readers have read.
        alone: how many the model only.
        refused: how many of the model's can't be.
    """
    zh = f"文字中的关系：{both} 处与按规则读出的一致，{alone} 处只有模型读出，{refused} 处不采用"
    en = f"relations in the text: {both} as read without it, {alone} by the model only, {refused} refused"
    return _step(0, Action.TAKEN, (), (), zh, en)


def _taken(zh: str, en: str) -> Step:
    return _step(0, Action.TAKEN, (), (), f"{zh}，采用", f"{en}: taken")


def _refused(zh: str, en: str, why: Bilingual) -> Step:
    return _step(0, Action.REFUSED, (), (), f"{zh}，{why.zh}，不采用", f"{en}; {why.en}: refused")


def _step(number: int, action: Action, units: Sequence[Unit], lines: Sequence[int], zh: str, en: str) -> Step:
    message = Bilingual(zh=zh, en=en)
    return Step(round=number, action=action, rows=names_of(units), lines=tuple(lines), message=message)


def _rows(units: Sequence[Unit]) -> str:
    return "1 row" if len(units) == 1 else f"{len(units)} rows"


def _ranges(numbers: Sequence[int]) -> str:
    """Line numbers, those in a row put together: 3-7, 12."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)

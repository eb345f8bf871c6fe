"""Mutations of what labels and figures are written like."""

from __future__ import annotations

import re
from random import Random

from eval.adversary.page import (
    TRACELESS,
    Atom,
    Grid,
    Page,
    label_place,
    pick_row,
    place_of_two,
)
from eval.adversary.registry import EVERYWHERE, SEEN, Stage, mutation
from eval.zoo.tables import Beside, Look, Shape

_WITH_TRACES = EVERYWHERE - TRACELESS
# Words that make of a row's label another's, and what they stand for.
_MEANINGS = (
    ("补正后", "补正前"),
    ("无正当理由", "有正当理由"),
    ("本年新收", "上年新收"),
    ("上年结转", "下年结转"),
    ("结转下年度", "上年度结转"),
    ("不掌握", "掌握"),
    ("没有现成", "有现成"),
    ("逾期不补正", "逾期补正"),
    ("逾期未按", "已按"),
    ("重复申请", "非重复申请"),
    ("属于", "不属于"),
    ("保护第三方", "不涉及第三方"),
    ("予以公开", "予以公开（其中：网上申请）"),
    ("申请数量", "申请数量（截至11月底）"),
    ("信访举报", "非信访举报"),
    ("要求提供", "未要求提供"),
    ("行政许可", "行政许可（上年）"),
    ("行政处罚", "撤销的行政处罚"),
    ("行政强制", "申请法院强制"),
)
# 收 and 申 among others are written alike.
_TRADITIONAL = str.maketrans(
    "废减采购复诉讼办结转数总计维纠审业机构组织会务类举报访复请开无处关规强许罚费项条属于国执为",
    "廢減採購復訴訟辦結轉數總計維糾審業機構組織會務類舉報訪復請開無處關規強許罰費項條屬於國執為",
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMBER = re.compile("[0-9]+")


def _label(page: Page, rng: Random) -> tuple[Grid, int, Atom] | None:
    found = pick_row(rng, page)
    place = label_place(found[0][found[1]]) if found is not None else None
    if found is None or place is None:
        return None
    return found[0], found[1], found[0][found[1]][place]


# --- labels --------------------------------------------------------------------------------------


@mutation("label-stranger")
def change_meaning(page: Page, rng: Random) -> bool:
    """A label is that of another row but for a word: the form's row isn't on the page."""
    for _ in range(20):
        found = _label(page, rng)
        if found is None:
            return False
        grid, row, label = found
        fitting = [pair for pair in _MEANINGS if pair[0] in label.text]
        if fitting:
            old, new = rng.choice(fitting)
            label.text = label.text.replace(old, new, 1)
            for atom in grid[row]:
                atom.address = None
            return True
    return False


@mutation("label-lost", media=_WITH_TRACES)
def lose_label(page: Page, rng: Random) -> bool:
    """A row's label is lost: only the order of rows tells."""
    found = _label(page, rng)
    if found is None:
        return False
    grid, row, label = found
    label.text = ""
    page.leave_open(grid[row])
    return True


@mutation("label-twice")
def repeat_label(page: Page, rng: Random) -> bool:
    """A row bears the label of another: nobody can tell which of them it is."""
    first, second = _label(page, rng), _label(page, rng)
    if first is None or second is None or first[2] is second[2] or first[0] is not second[0]:
        return False
    first[2].text = second[2].text
    page.leave_open(second[0][second[1]])
    for atom in first[0][first[1]]:
        atom.address = None
    return True


@mutation("label-misprint")
def misprint_label(page: Page, rng: Random) -> bool:
    """A character of a long label is another one."""
    found = _label(page, rng)
    if found is None or len(found[2].text) < 6:
        return False
    label = found[2]
    at = rng.randrange(2, len(label.text))
    label.text = label.text[:at] + rng.choice("料枓杜叶令仝咨亊柤") + label.text[at + 1 :]
    return True


@mutation("label-broken")
def break_label(page: Page, rng: Random) -> bool:
    """Some labels broken over lines inside their cells."""
    labels = [one[2] for one in (_label(page, rng) for _ in range(4)) if one is not None]
    for label in labels:
        if len(label.text) > 4 and "\n" not in label.text:
            at = rng.randint(2, len(label.text) - 2)
            label.text = f"{label.text[:at]}\n{label.text[at:]}"
    return any("\n" in label.text for label in labels)


@mutation("label-footnote")
def add_footnote_to_label(page: Page, rng: Random) -> bool:
    """A footnote's digit behind a label, raised where the page can show that."""
    found = _label(page, rng)
    if found is None:
        return False
    mark = str(rng.randint(1, 3))
    if page.medium in SEEN and rng.random() < 0.7:
        found[2].beside += (Beside(mark, Look.RAISED),)
    else:
        found[2].text += rng.choice(("{}", "（{}）", "[{}]", "注{}")).format(mark)
    return True


@mutation("traditional")
def write_traditional(page: Page, _: Random) -> bool:
    """Labels and headings in traditional characters."""
    for part in page.parts:
        part.heading = part.heading.translate(_TRADITIONAL)
    for atom in page.atoms():
        if atom.address is None:
            atom.text = atom.text.translate(_TRADITIONAL)
    return True


# --- figures -------------------------------------------------------------------------------------


def _numbers(page: Page, at_least: int = 1) -> list[Atom]:
    """The figures that are plain digits, so many or more."""
    return [a for a in page.figures() if _NUMBER.fullmatch(a.text) and len(a.text) >= at_least]


def _some(rng: Random, atoms: list[Atom]) -> list[Atom]:
    return [atom for atom in atoms if rng.random() < 0.5] or atoms[:1]


@mutation("zeros-blank", Stage.CELLS, _WITH_TRACES)
def blank_zeros(page: Page, rng: Random) -> bool:
    """Zeros, all or half of them, are blank."""
    zeros = [atom for atom in page.figures() if atom.text == "0"]
    chosen = zeros if rng.random() < 0.5 else _some(rng, zeros)
    for atom in chosen:
        atom.text = ""
    return bool(chosen)


@mutation("zeros-marked", Stage.CELLS)
def mark_zeros(page: Page, rng: Random) -> bool:
    """Marks stand for zeros, for all of them or half."""
    zeros = [atom for atom in page.figures() if atom.text == "0"]
    mark = rng.choice("/-—无")
    chosen = zeros if rng.random() < 0.5 else _some(rng, zeros)
    for atom in chosen:
        atom.text = mark
    return bool(chosen)


@mutation("zeros-worded", Stage.CELLS)
def word_zeros(page: Page, rng: Random) -> bool:
    """Words stand for some zeros: 未发生, 未收费."""
    zeros = [atom for atom in page.figures() if atom.text == "0"]
    chosen = rng.sample(zeros, min(len(zeros), rng.randint(1, 4)))
    for atom in chosen:
        atom.text = rng.choice(("未发生", "未收费", "无此项", "未增未减"))
    return bool(chosen)


@mutation("thousands", Stage.CELLS)
def part_thousands(page: Page, rng: Random) -> bool:
    """Commas, or full-width ones, between thousands."""
    comma = rng.choice((",", "，"))
    numbers = _numbers(page, 4)
    for atom in numbers:
        atom.text = f"{int(atom.text):,}".replace(",", comma)
    return bool(numbers)


@mutation("thousands-broken", Stage.CELLS)
def misplace_thousands(page: Page, rng: Random) -> bool:
    """A comma, a blank or both inside a figure, at a wrong place: nobody can tell the number."""
    numbers = _numbers(page, 3)
    for atom in rng.sample(numbers, min(len(numbers), 2)):
        at = rng.randint(1, len(atom.text) - 1)
        atom.text = atom.text[:at] + rng.choice((",", " ", ", ", "，", ".")) + atom.text[at:]
        page.leave_open(_row(page, atom))
    return bool(numbers)


def _row(page: Page, atom: Atom) -> list[Atom]:
    """The row that a figure stands in."""
    lines = [line for part in page.parts for grid in part.grids for line in grid]
    return next(line for line in lines if atom in line)


@mutation("number-broken", Stage.CELLS)
def break_number(page: Page, rng: Random) -> bool:
    """A figure broken over two lines inside its cell."""
    numbers = _numbers(page, 2)
    for atom in rng.sample(numbers, min(len(numbers), 2)):
        at = rng.randint(1, len(atom.text) - 1)
        atom.text = f"{atom.text[:at]}\n{atom.text[at:]}"
        page.leave_open(_row(page, atom))
    return bool(numbers)


@mutation("full-width", Stage.CELLS)
def widen_digits(page: Page, rng: Random) -> bool:
    """Full-width digits, in all figures or half of them."""
    numbers = _numbers(page)
    for atom in numbers if rng.random() < 0.5 else _some(rng, numbers):
        atom.text = atom.text.translate(_FULL_WIDTH)
    return bool(numbers)


@mutation("figures-merged", Stage.CELLS)
def merge_figures(page: Page, rng: Random) -> bool:
    """Two neighbouring figures in one cell, the next one blank or gone: nobody can tell their cells."""
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    line = grid[row]
    at = place_of_two(rng, line)
    if at is None:
        return False
    page.leave_open(line)
    is_merged = page.shape is Shape.MERGED
    # Where a blank leaves no trace, nothing is left of the second one's cell.
    page.lose(line[at : at + 2] if is_merged or page.medium in TRACELESS else line[at : at + 1])
    between = rng.choice((" ", "/", "、", "\n" if page.medium in SEEN else "；"))
    both = line[at].text, line[at + 1].text
    # A slash between two slashes is a mark again, and is read as what it is.
    joined = Atom(("、" if "/" in both else between).join(both))
    line[at], line[at + 1] = (
        joined,
        joined if is_merged else Atom(address=None if page.medium in TRACELESS else line[at + 1].address),
    )
    return True


@mutation("colspan-figure", Stage.CELLS, SEEN)
def widen_figure(page: Page, rng: Random) -> bool:
    """A figure merged over its neighbour's cell, which is lost: nobody can tell which it is."""
    if page.shape is not Shape.MERGED:
        return False
    grid, row = pick_row(rng, page, ("requests",)) or (page.matrix(), 0)
    line = grid[row]
    at = place_of_two(rng, line)
    if at is None:
        return False
    page.leave_open(line)
    line[at + 1] = line[at]
    return True

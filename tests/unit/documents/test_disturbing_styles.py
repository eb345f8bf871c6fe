"""Styles that hide, strike, squeeze or move all the text of a cell leave it unread."""

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.web.cascade import cascaded
from tests.helpers.web_cells import told

U = UNREADABLE

# What each does to a figure that stands alone in its cell.
DISTURBING = (
    "animation:fade 1s forwards",
    "-webkit-mask:linear-gradient(#0000,#0000)",
    "mix-blend-mode:screen",
    "zoom:.01",
    "opacity:calc(1 - 1)",
    "font-size:max(0px,1px)",
    "color:color-mix(in srgb,transparent 100%,red)",
    "color:light-dark(white,black)",
    "color:var(--nowhere,#fff)",
    "background:currentColor",
    "-webkit-text-stroke:5px white",
    "text-shadow:0 20px 0 #000",
    "text-decoration:underline;text-underline-offset:-.35em",
    "text-emphasis:'1'",
    "letter-spacing:-.6em",
    "text-indent:-60px",
    "filter:brightness(100)",
    "clip-path:inset(0 50% 0 0)",
    "box-shadow:inset 0 0 0 99px #000",
)


@pytest.mark.parametrize("said", DISTURBING)
def test_of_a_cell_or_its_row_they_leave_it_unread(said: str) -> None:
    assert told("<b>12</b>", opening=f'<td style="{said}">')[0] == U
    assert told("12", f"td{{{said}}}")[0] == U


@pytest.mark.parametrize("said", DISTURBING[:-1])
def test_in_a_cell_they_leave_it_unread(said: str) -> None:
    said = f"{said};display:block"
    assert told("<b class=x>12</b>", f".x{{{said}}}")[0] == U


@pytest.mark.parametrize(
    "said",
    [
        "rotate:180deg;display:block",
        "scale:-1 1;display:block",
        "scale:0;display:block",
        "font-family:'Webdings'",
        'font:14px "Wingdings 2"',
        "display:inline-block;line-height:.3em;border-bottom:1px solid",
        "display:block;height:.6em;border-bottom:1px solid",
    ],
)
def test_a_figure_that_is_turned_or_drawn_otherwise_is_unread(said: str) -> None:
    assert told("<b class=x>66</b>", f".x{{{said}}}")[0] == U


@pytest.mark.parametrize(
    "said",
    [
        # What says that nothing is done, or does what nobody sees.
        "animation:none",
        "mask:none",
        "mix-blend-mode:normal",
        "rotate:0deg",
        "scale:1",
        "zoom:.9",
        "opacity:.8",
        "font-size:1.1vw",
        "letter-spacing:-.05em",
        "-webkit-text-stroke:.3px",
        "text-shadow:1px 1px 1px #ccc",
        "text-underline-offset:2px",
        "text-indent:-24px;padding-left:24px",
        "filter:none",
        "border-bottom:1px solid;line-height:1.5",
        # What no browser understands.
        "color:黑色",
        "font-size:小五",
        "vertical-align:center",
        "animation-foo:bar",
    ],
)
def test_a_usual_style_leaves_a_figure_alone(said: str) -> None:
    assert told("12", opening=f'<td style="{said}">')[0] == "12"
    assert told("<b class=x>12</b>", f".x{{{said}}}")[0] == "12"


@pytest.mark.parametrize(
    ("value", "sides"),
    [
        ("1px", ("1px", "1px", "1px", "1px")),
        ("1px 2px", ("1px", "2px", "1px", "2px")),
        ("1px 2px 3px", ("1px", "2px", "3px", "2px")),
        ("1px 2px 3px 4px", ("1px", "2px", "3px", "4px")),
    ],
)
def test_what_inset_says_of_each_side(value: str, sides: tuple[str, ...]) -> None:
    said = dict(cascaded([("inset", value, False)]))
    assert tuple(said[side] for side in ("top", "right", "bottom", "left")) == sides


@pytest.mark.parametrize(
    ("said", "text"), [("opacity:-1", ""), ("font-size:0vw", ""), ("font-size:.05vw", "")]
)
def test_what_is_surely_hidden_is_not_there(said: str, text: str) -> None:
    assert told("12<b class=x>5</b>", f".x{{{said}}}")[0] == f"12{text}"


def test_a_quotation_mark_of_digits_is_seen() -> None:
    sheet = "b{quotes:'1' '2'}b::before{content:open-quote}"
    assert told("<b>12</b>", sheet)[0] == f"12{U}"


def test_boxes_in_lines_from_the_right_stand_in_the_other_order() -> None:
    boxes = "".join(f"<span style='display:inline-block'>{digit}</span>" for digit in "732")
    assert told(f"<div dir=rtl>{boxes}</div>")[0] == U


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("overflow:hidden;max-width:8px;white-space:nowrap", U),
        ("overflow:hidden;max-width:8px", "866"),
        ("overflow:hidden;max-width:200px;white-space:nowrap", "866"),
    ],
)
def test_a_cell_that_cuts_its_figure_off_is_unread(said: str, text: str) -> None:
    assert told("866", opening=f'<td style="{said}">')[0] == text


def test_a_line_in_a_cell_leaves_its_figure_alone() -> None:
    assert told("12", opening='<td style="box-shadow:inset 0 -1px 0 #eee">')[0] == "12"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("content:'';display:block", U),
        ("content:'';display:table-cell", U),
        ("content:'';position:absolute", "12"),
        ("content:'';display:none", "12"),
    ],
)
def test_a_cell_that_a_sheet_puts_into_a_row_moves_the_others(said: str, text: str) -> None:
    assert told("12", f".r::before{{{said}}}", opening="<tr class=r><td>a</td><td>")[0] == text


def test_small_digits_may_be_a_note_behind_a_figure_or_the_figure() -> None:
    assert told("237<small>2</small>")[0] == f"237{U}2"
    assert told("<small>237</small>")[0] == "237"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("height:1em;padding-top:3em;box-sizing:border-box", U),
        ("max-height:1.2em;padding:2em 0;box-sizing:border-box", U),
        ("height:1em;border-top:2em solid #fff;box-sizing:border-box", U),
        ("height:1em;line-height:5em", U),
        # What has room.
        ("height:3em;line-height:3em", "12"),
        ("height:1em;line-height:1.2", "12"),
        ("height:2em;padding-top:.5em;box-sizing:border-box", "12"),
        ("height:1em;padding-top:3em", "12"),
    ],
)
def test_a_figure_below_the_foot_of_a_box_that_cuts_it_off_is_unread(said: str, text: str) -> None:
    assert told(f"<div style='overflow:hidden;{said}'>12</div>")[0] == text


def test_words_that_a_sheet_shows_in_place_of_a_label_are_its_words() -> None:
    sheet = "td.p{font-size:0}td.p::after{content:'商业企业';font-size:16px}"
    assert told("自然人", sheet, opening="<td class=p>")[0] == "商业企业"
    assert told("自然人", sheet.replace("font-size:16px", "color:red"), opening="<td class=p>")[0] == ""


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("position:relative;inset:24px auto auto 0", U),
        ("position:relative;inset:0 auto 24px", U),
        ("position:relative;inset-inline:30px auto", U),
        ("position:relative;inset-inline-start:30px", U),
        ("position:relative;inset:auto;left:30px", U),
        ("position:relative;inset:0 auto", "12"),
        ("position:relative;left:30px;inset:0", "12"),
        # The cell of its label is the last that is there.
        ("display:table-column", "a"),
        ("display:table-column-group", "a"),
        ("display:table-cell", "12"),
    ],
)
def test_what_a_side_or_a_display_says_of_a_cell(said: str, text: str) -> None:
    assert told("12", opening=f'<td style="{said}">')[0] == text

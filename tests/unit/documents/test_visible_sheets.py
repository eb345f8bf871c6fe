"""Style sheets of web pages: which apply, and that what isn't surely understood leaves cells unread."""

from __future__ import annotations

import time

import pytest

from extractor.documents.document import UNREADABLE
from extractor.documents.source import Source
from extractor.documents.web.page import read_html
from tests.helpers.web_cells import told

# What a cell holds that shows something that can't be read, and nothing else.
U = UNREADABLE


@pytest.mark.parametrize(
    "sheet",
    [
        # Selectors that browsers leave out, or that match otherwise than they look.
        *(
            f"{selector}{{display:none}}"
            for selector in (
                ".b,.y:foo",
                ".b,::-moz-foo",
                "|i.b",
                ".b,x|y",
                ".b:enabled",
                ".b:matches(i)",
                "td/**/.b",
                "[title='x' i]",
                "i:not(.a,.c)",
                "i:nth-child(1 of .b)",
                ":-webkit-any(.b)",
                "i:nth-last-child(1)",
            )
        ),
        "@namespace url(http://www.w3.org/2000/svg);.b{display:none}",
        # Conditions.
        *(
            f"@media {condition}{{.b{{display:none}}}}"
            for condition in (
                "(width >= 100px)",
                "(orientation:landscape)",
                "all and (-webkit-min-device-pixel-ratio:0)",
                "(min-width:99999px) or (min-width:1px)",
                "not (min-width:1px)",
                "(color)",
            )
        ),
        "@supports (foo:bar){.b{display:none}}",
        "@supports not (display:grid){.b{display:none}}",
        # Which of two goes before the other.
        "@layer a,b;@layer b{.b{display:none}}@layer a{.b{display:inline}}",
        ".b{display:inline}@layer a{.b{display:none}}",
        "@layer a{.b{display:none!important}}.b{display:inline!important}",
        "#z,td{i{display:none}}td i.b{display:inline}",
        ".b{display:none;all:initial}",
        # Values.
        *(
            f".b{{{said}}}"
            for said in (
                "opacity:calc(1 - 1)",
                "zoom:.01",
                "font-size-adjust:0",
                "color:color-mix(in srgb, white, #fff)",
                "color:ffffff",
                "color:rgb(from white r g b)",
                "background:currentColor",
                "font-size:0xx",
                "font-size:-1px",
                "font-size:1",
                "display:ruby-text",
                "display:none;display:foo",
                "--D:none;display:var(--d)",
                "text-decoration:line-through transparent",
                "color:transparent;text-shadow:0 0 #000",
                "-webkit-text-fill-color:transparent;-webkit-text-stroke:1px #000",
                "color:transparent;background:#000;background-clip:text",
                "display:inline-block;width:2ch;overflow:hidden",
                "box-shadow:inset 0 0 0 20px #000",
                "outline:9px solid #fff",
                "margin:0 0 0 -20px",
                "-webkit-transform:scaleX(-1)",
                "-webkit-filter:blur(9px)",
                "-webkit-box-shadow:inset 0 0 0 20px #000",
                "-webkit-opacity:0",
                "-webkit-clip-path:circle(0)",
                "margin-left:calc(0px - 20px)",
                "letter-spacing:calc(0px - 8px)",
                "position:relative;inset:0 0 0 -20px",
                "position:relative;left:calc(0px - 20px)",
            )
        ),
    ],
)
def test_what_is_not_understood_is_not_read(sheet: str) -> None:
    assert U in told("<i>12</i><i class=b title=X>5</i>", sheet)[0]


@pytest.mark.parametrize(
    ("sheet", "content", "text"),
    [
        # What is surely not applied.
        (".b:root{display:none}", "12<i class=b>5</i>", "125"),
        (".b:link{display:none}", "12<i class=b>5</i>", "125"),
        (".b:visited{display:none}", "12<i class=b>5</i>", "125"),
        (".3{display:none}", "12<i class=b>5</i>", "125"),
        ("@media print,(max-width:9px){.b{display:none}}", "12<i class=b>5</i>", "125"),
        ("@media not screen{.b{display:none}}", "12<i class=b>5</i>", "125"),
        # What surely is.
        ("@media not print{.b{display:none}}", "12<i class=b>5</i>", "12"),
        ("i[class='b']:not(.a){display:none}", "12<i class=b>5</i>", "12"),
        ("[lang=EN]{display:none}", "12<i lang=en>5</i>", "12"),
        (".b{font-size:0e3px}", "12<i class=b>5</i>", "12"),
        (".b{font-size:0!important;font:12px a}", "12<i class=b>5</i>", "12"),
        (".b{font:0/0 a!important;font-size:12px}", "12<i class=b>5</i>", "12"),
        (".b{font:0/0 a;font-size:12px}", "12<i class=b>5</i>", "125"),
        (".b{opacity:0e0}", "12<i class=b>5</i>", "12"),
        (".b{-webkit-transform:scale(0);display:inline-block}", "12<i class=b>5</i>", "12"),
        (".b{-webkit-filter:opacity(0)}", "12<i class=b>5</i>", "12"),
        (".b{display:inline-block;max-inline-size:0;overflow:hidden}", "12<i class=b>5</i>", "12"),
        (".b{display:inline-block;width:0;contain:paint}", "12<i class=b>5</i>", "12" + U),
        *((f".b{{color:{white}}}", "12<i class=b>5</i>", "12") for white in ("Canvas", "lab(99% 0 0)")),
        # A doubtful rule says nothing of others, nor one that changes nothing.
        (".c:last-child{display:none}", "12<i class=b>5</i>", "125"),
        ("i:last-child{color:#333;font-weight:bold}", "12<i class=b>5</i>", "125"),
        # Parts of elements, and what is generated for them.
        ("p::first-letter{font-size:0}", "<p>125</p>", U),
        ("td:first-letter{color:transparent}", "125", U),
        ("li::marker{content:'1'}", "<ul><li>125</li></ul>", "125" + U),
        ("q{quotes:'' '0'}", "<q>125</q>", "125" + U),
        ("", "<ul style=\"list-style:'1' inside\"><li>125</li></ul>", "125" + U),
        ("", "<ul><li value=5 style='list-style-type:decimal'></li></ul>", U),
        ("ul{list-style:none}", "<ul><li>125</li></ul>", "125"),
        (".b{display:none}", "12<i class=b style='all:unset'>5</i>", "12" + U),
        # Drawn over what is beside it.
        ("", "125<hr style='margin-top:-9px'>", "125" + U),
        ("", "125<b style='position:absolute;right:0;width:9px;background:#fff'></b>", "125" + U),
        ("", "<div style='position:relative;top:24px'>125</div>", U),
        # Of tags.
        ("", "12<i hidden/>5</i>", "12"),
        ("", "12<style/>5</style>", "12"),
        ("", "12<map>5</map>", "125"),
        ("", "12<xml>5</xml>", "125"),
    ],
)
def test_what_is_understood(sheet: str, content: str, text: str) -> None:
    assert told(content, sheet)[0] == text


@pytest.mark.parametrize(
    ("doctype", "is_hidden"),
    [
        ("", True),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', True),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">', True),
        ("<!DOCTYPE html>", False),
        ("\n<!-- a --><!doctype HTML>", False),
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/a.dtd">',
            False,
        ),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/a.dtd">', False),
    ],
)
def test_names_match_in_any_case_on_old_pages_only(doctype: str, *, is_hidden: bool) -> None:
    for sheet, own in ((".OLD{display:none}", "class=Old"), ("#QQ{display:none}", "id=qq")):
        page = f"{doctype}<style>{sheet}</style><table><tr><td>a</td><td>12<i {own}>5</i></td></tr></table>"
        assert read_html(Source(page.encode(), "page")).text == f"a\t{'12' if is_hidden else '125'}\n"


def test_sheets_of_another_kind_do_not_apply() -> None:
    for stated, text in (
        ("type=text/plain", "125"),
        ("media=print", "125"),
        ("type=text/css media=screen", "12"),
        ("media='(color)'", f"12{U}"),
        ("title=b", f"12{U}"),
    ):
        row = "<tr><td>a</td><td>12<i class=b>5</i></td></tr>"
        page = f"<style {stated}>.b{{display:none}}</style><table>{row}</table>"
        assert read_html(Source(page.encode(), "page")).text == f"a\t{text}\n"


def test_a_long_value_and_a_long_tag_are_read_in_time_of_their_length() -> None:
    start = time.thread_time()
    assert told(f"12<i class=b {'/' * 100_000}<i>5</i>/>", f".b{{font-size:{'1' * 100_000}x}}")[0]
    assert time.thread_time() - start < 5


def of_table(sheet: str) -> str:
    """The figure of a table in a box of class ``w``."""
    table = '<div class="w"><table><tr><td>a</td><td class="y">12</td></tr></table></div>'
    page = f"<html><head><style>{sheet}</style></head><body>{table}</body></html>"
    document = read_html(Source(page.encode(), "page"))
    return document.text.rstrip("\n").rpartition("\t")[2]


@pytest.mark.parametrize(
    "sheet",
    [
        "@layer a {.w{display:none}}",
        ".w:has(.y){display:none}",
        "body{& .w{visibility:hidden}}",
        "@container (min-width:1px){.w{display:none}}",
    ],
)
def test_a_table_around_which_a_rule_may_hide_everything_is_unread(sheet: str) -> None:
    """Only new browsers read such rules."""
    assert of_table(sheet) == UNREADABLE


@pytest.mark.parametrize(
    "sheet",
    [
        # One that may hide it, one that may show it: sites write so for narrow windows.
        "@layer a {.w{display:none} @media (min-width:600px){.w{display:block}}}",
        "@layer a {.w{color:#123}}",
        # What hides a page until its script has run.
        "@layer a {body{visibility:hidden}}",
        "@media print {.w{display:none}}",
    ],
)
def test_rules_that_hide_nothing_leave_a_table_as_it_is(sheet: str) -> None:
    assert of_table(sheet) == "12"

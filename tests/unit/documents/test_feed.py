"""Feeds of web sites: the pages in their items are read as pages are."""

from __future__ import annotations

import pytest

from extractor.documents.formats import format_of
from extractor.documents.source import Source
from extractor.errors import UnreadableError

PAGE = "<p>一、总体情况</p><table><tr><td>规章</td><td>12</td></tr></table>"
ESCAPED = PAGE.replace("<", "&lt;").replace(">", "&gt;")
TEXT = "甲局2023年报\n一、总体情况\n规章\t12\n"
CONTENT = 'xmlns:c="http://purl.org/rss/1.0/modules/content/"'
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'


def text_of(feed: str) -> str:
    """What a file says."""
    source = Source(feed.encode(), "feed")
    kind = format_of(source)
    assert kind.name == "feed"
    document = kind.read(source)
    assert document.name == "feed"
    return document.text


@pytest.mark.parametrize(
    "feed",
    [
        f"<rss version='2.0'><channel><title>甲局</title><item><title>甲局2023年报</title>"
        f"<description>{ESCAPED}</description></item></channel></rss>",
        f"<?xml version='1.0'?><!-- 甲 --><rss {CONTENT}><channel><item><title>甲局2023年报</title>"
        f"<description>摘要</description><c:encoded><![CDATA[{PAGE}]]></c:encoded></item></channel></rss>",
        f"<feed {ATOM}><title>甲局</title><entry><title>甲局2023年报</title><summary>摘要</summary>"
        f"<content type='html'>{ESCAPED}</content></entry></feed>",
        f"\ufeff<feed {ATOM}><entry><title>甲局2023年报</title><content type='xhtml'>"
        f"<div xmlns='http://www.w3.org/1999/xhtml'>{PAGE}</div></content></entry></feed>",
    ],
    ids=["rss", "rss, encoded", "atom", "atom, elements"],
)
def test_a_page_in_a_feed_is_read(feed: str) -> None:
    assert text_of(feed) == TEXT


def test_several_pages_stand_one_after_the_other() -> None:
    items = "".join(
        f"<item><title>甲局{year}年报</title><description>{ESCAPED}</description></item>"
        for year in (2023, 2022)
    )
    assert text_of(f"<rss><channel>{items}</channel></rss>") == TEXT + TEXT.replace("2023", "2022")


def test_a_title_is_text() -> None:
    item = "<item><title>a &lt;b&gt;c</title><description>&lt;p&gt;d</description></item>"
    feed = f"<rss><channel>{item}</channel></rss>"
    assert text_of(feed) == "a <b>c\nd\n"


def test_a_feed_that_is_cut_off_is_refused() -> None:
    with pytest.raises(UnreadableError):
        text_of("<rss><channel>")


def test_nothing_that_a_feed_declares_is_fetched() -> None:
    feed = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'
    source = Source(feed.encode(), "feed")
    assert "root:" not in format_of(source).read(source).text

"""The site has every page of the manual, and a dead link of it is seen. `make docs` builds it."""

from __future__ import annotations

import re
from pathlib import Path

import extractor
from eval.checks.site import CONFIGURATION, dead_links, gather, navigated, reference, untold_pages
from tests.helpers.manual import EVERY


def test_every_page_is_on_the_site(tmp_path: Path) -> None:
    gather(tmp_path / "pages")
    gathered = {
        path.relative_to(tmp_path / "pages").as_posix() for path in (tmp_path / "pages").rglob("*.md")
    }
    assert set(EVERY) <= gathered
    assert set(navigated()) <= gathered
    assert len(navigated()) == len(set(navigated()))


def test_the_reference_has_every_public_name_once() -> None:
    text = reference()
    for name in extractor.__all__:
        assert text.count(f".{name}\n") == 1, name


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html#x">.</a><a href="b.html#gone">.</a><a href="c.html">.</a><a href="#y">.</a>'
        '<i id="y"></i><a href="https://example.com/">.</a><link href="style.css">'
    )
    (tmp_path / "b.html").write_text('<h2 id="x">.</h2><a href="a.html">.</a>')
    assert sorted(dead_links(tmp_path)) == ["a.html: b.html#gone", "a.html: c.html", "a.html: style.css"]


def test_a_page_that_no_line_of_the_contents_has_is_seen(tmp_path: Path) -> None:
    """The index of a section stood behind the section's own title."""
    titles = re.findall(r'\{ "([^"]+)" = "', CONFIGURATION.read_text(encoding="utf-8"))
    assert {"Python", "自定义表样"} < set(titles)
    links = [f'<a href="x.html"><span> {title}\n</span></a>{title}' for title in titles]
    (tmp_path / "index.html").write_text("".join(links), encoding="utf-8")
    assert untold_pages(tmp_path) == set()
    without = [link for link in links if "Python" not in link]
    (tmp_path / "index.html").write_text("".join([*without, "Python"]), encoding="utf-8")
    assert untold_pages(tmp_path) == {"Python"}

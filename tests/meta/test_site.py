"""The site has every page of the manual, and a dead link of it is seen. `make docs` builds it."""

from __future__ import annotations

from pathlib import Path

import extractor
from eval.checks.site import dead_links, gather, navigated, reference
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

"""A web archive (MHTML), as browsers save a page in one file."""

from __future__ import annotations

from quopri import encodestring


def web_archive(page: str) -> bytes:
    """A page in a web archive.

    Args:
        page: its HTML.
    """
    head = (
        *("MIME-Version: 1.0", 'Content-Type: multipart/related; boundary="b"', "", "--b"),
        *('Content-Type: text/html; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable", ""),
    )
    return b"\r\n".join((*map(str.encode, head), encodestring(page.encode()), b"--b--", b""))

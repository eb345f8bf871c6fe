"""Writes small Word files, archives and compound files, sound ones and others."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def part(root: str, content: str) -> str:
    """A part of a Word file."""
    return f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def relations(**targets: str) -> str:
    """A part that says which parts another one has."""
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{_KIND}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'


def word(body: str, *, numbering: str = "", styles: str = "", **more: str) -> bytes:
    """A Word file with this body; ``more`` are other parts, by the path with _ for /."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(
            numbering="numbering.xml", styles="/word/styles.xml", theme="theme.xml", settings="settings.xml"
        ),
        "word/numbering.xml": part("numbering", numbering),
        "word/styles.xml": part("styles", styles),
    }
    return archive(parts | {name.replace("_", "/"): content for name, content in more.items()})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def list_item(text: str, number: int, depth: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with some files more, or others in the place of its own."""
    with ZipFile(BytesIO(data)) as source:
        own = {name: source.read(name) for name in source.namelist()}
    return archive({**own, **parts})


class _GbkInfo(ZipInfo):
    """A file in an archive as Chinese Windows writes it: its name in GBK, without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile calls it
        return self.filename.encode("gb18030"), self.flag_bits


def archive(files: Mapping[str, str | bytes], kind: type[ZipInfo] = ZipInfo) -> bytes:
    """An archive."""
    stream = BytesIO()
    with ZipFile(stream, "w") as target:
        for name, content in files.items():
            info = kind(name)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, content)
    return stream.getvalue()


def gbk_archive(files: Mapping[str, str | bytes]) -> bytes:
    """An archive that was made on Chinese Windows."""
    return archive(files, _GbkInfo)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file, as old office programs write; every stream is padded to 4,096 bytes or more."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    padded = {name: data.ljust(-len(data) // _SECTOR * -_SECTOR, b"\0") for name, data in padded.items()}
    chains, sectors = [_FAT, _END], b""
    starts = {}
    for name, data in padded.items():
        starts[name] = len(chains)
        count = len(data) // _SECTOR
        chains += [len(chains) + i + 1 for i in range(count - 1)] + [_END]
        sectors += data
    names = list(padded)
    entries = [_entry("Root Entry", 5, child=1 if names else _FREE, start=_END, size=0)]
    for i, name in enumerate(names, 1):
        right = i + 1 if i < len(names) else _FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(padded[name])))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    fat = struct.pack(f"<{_SECTOR // 4}I", *chains, *[_FREE] * (_SECTOR // 4 - len(chains)))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        *(0x3E, 3, 0xFFFE, 9, 6),
        b"",
        *(0, 1, 1, 0, 4096, _END, 0, _END, 0, 0),
    )
    return header + struct.pack("<108I", *[_FREE] * 108) + fat + directory + sectors


def _entry(name: str, kind: int, *, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    stored = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", stored, len(stored), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size
    )

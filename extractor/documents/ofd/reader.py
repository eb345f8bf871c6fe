"""An OFD becomes a document: its pages in order, each with its templates and annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.documents.document import Document
from extractor.documents.errors import damaged, too_large
from extractor.documents.ofd.geometry import POINTS, Matrix, box, moved
from extractor.documents.ofd.inks import Defaults
from extractor.documents.ofd.package import ROOT, Element, OfdPackage, child, children, text_in
from extractor.documents.ofd.painter import Painter, Work
from extractor.documents.pages.assembly import document_of
from extractor.documents.pages.page import Picture, RawPage
from extractor.documents.source import Source
from extractor.errors import UnreadableError

_MOST_PAGES = 300
# Millimetres, where no size is told: A4.
_A4 = 0.0, 0.0, 210.0, 297.0
# Pixels an inch, and how dark: what pictures show isn't known, so all of each is ink.
_DPI, _POINTS_AN_INCH, _PAPER = 36, 72, 255
# In this order they are painted.
_LAYERS = ("Background", "Body", "Foreground")


def read_ofd(source: Source) -> Document:
    """Make a document of an OFD.

    Raises:
        UnreadableError: if it is damaged or encrypted, or its pages have no text.
        TooLargeError: if there is more in it than in a report.
    """
    package = OfdPackage(source)
    work = Work(source.name)
    pages = [page for body in _bodies(package) for page in body.pages(work)]
    if not any(page.glyphs for page in pages):
        raise UnreadableError(
            f"{source.name} 的页面上没有文字，可能是扫描图像。请用 OFD 阅读器另存为 PDF 后再试。",
            f"the pages of {source.name} have no text, they may be scans; save it as PDF in a reader of OFD",
        )
    return document_of(pages, source, "OFD", lambda number: _inked(pages[number - 1]))


def _bodies(package: OfdPackage) -> Iterator[_Body]:
    """The documents in a file, which is one in all files of offices."""
    for entry in children(package.parsed(ROOT), "DocBody"):
        path = package.path_of(ROOT, text_in(entry, "DocRoot"))
        if path is None:
            raise damaged(package.name, "缺少正文", "its text is missing")
        yield _Body(package, path, package.parsed(path))


class _Body(NamedTuple):
    """A document in a file.

    Attributes:
        package: the file.
        path: of the document in it.
        root: the document.
    """

    package: OfdPackage
    path: str
    root: Element

    def pages(self, work: Work) -> Iterator[RawPage]:
        """Its pages.

        Args:
            work: that is left for the file.
        """
        templates = {
            one.get("ID"): self.package.path_of(self.path, one.get("BaseLoc"))
            for one in children(child(self.root, "CommonData"), "TemplatePage")
        }
        resources = self._parsed(child(self.root, "CommonData"), self.path, "PublicRes", "DocumentRes")
        notes = self._annotations()
        pages = list(children(child(self.root, "Pages"), "Page"))
        if len(pages) > _MOST_PAGES:
            raise too_large(self.package.name)
        for page in pages:
            path = self.package.path_of(self.path, page.get("BaseLoc"))
            if path is None:
                raise damaged(self.package.name, "缺少页面", "a page is missing")
            content = self.package.parsed(path)
            own = [*resources, *self._parsed(content, path, "PageRes")]
            yield self._page(content, own, templates, notes.get(page.get("ID"), []), work)

    def _page(
        self,
        content: Element,
        resources: list[Element],
        templates: dict[str | None, str | None],
        notes: list[Element],
        work: Work,
    ) -> RawPage:
        units = {
            one.get("ID", ""): one
            for resource in resources
            for group in children(resource, "CompositeGraphicUnits")
            for one in children(group, "CompositeGraphicUnit")
        }
        area = text_in(content, "Area", "PhysicalBox") or text_in(
            self.root, "CommonData", "PageArea", "PhysicalBox"
        )
        left, top, width, height = box(area) or _A4
        to = moved(-left, -top)
        painter = Painter(Defaults(resources), units, work)
        named = [(one, templates.get(one.get("TemplateID"))) for one in children(content, "Template")]
        for is_over in (False, True):
            for one, path in named:
                if path is not None and (one.get("ZOrder") == "Foreground") == is_over:
                    painter.paint(_layers(self.package.parsed(path)), to)
            if not is_over:
                painter.paint(_layers(content), to)
        for note in notes:
            _paint_note(painter, note, to)
        scale = POINTS[0]
        return painter.page(width * scale, height * scale)

    def _parsed(self, element: Element | None, base: str, *names: str) -> list[Element]:
        """The files that an element names in elements of some names; those that aren't there are left out."""
        paths = (self.package.path_of(base, one.text) for one in children(element, *names))
        return [self.package.parsed(path) for path in paths if path is not None]

    def _annotations(self) -> dict[str | None, list[Element]]:
        """What was put on pages later, by the number of the page."""
        notes: dict[str | None, list[Element]] = {}
        path = self.package.path_of(self.path, text_in(self.root, "Annotations"))
        for page in children(self.package.parsed(path), "Page") if path is not None else ():
            own = self.package.path_of(str(path), text_in(page, "FileLoc"))
            if own is not None:
                found = children(self.package.parsed(own), "Annot")
                notes.setdefault(page.get("PageID"), []).extend(found)
        return notes


def _layers(page: Element) -> list[Element]:
    """The layers of a page in the order in which they are painted."""
    layers = list(children(child(page, "Content"), "Layer"))
    kinds = [kind if (kind := one.get("Type")) in _LAYERS else "Body" for one in layers]
    order = sorted(range(len(layers)), key=lambda i: _LAYERS.index(kinds[i]))
    return [layers[i] for i in order]


def _paint_note(painter: Painter, note: Element, to: Matrix) -> None:
    """Paint an annotation; a highlighter covers nothing."""
    look = child(note, "Appearance")
    if look is None or note.get("Visible") == "false" or note.get("Type") == "Highlight":
        return
    left, top, _, _ = box(look.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    painter.paint([look], (*to[:4], to[4] + left, to[5] + top))


def _inked(page: RawPage) -> Picture:
    """A page of which all pictures and drawings are ink: no figure may be taken for a blank behind one."""
    scale = _DPI / _POINTS_AN_INCH
    columns, rows = max(1, int(page.width * scale)), max(1, int(page.height * scale))
    grey = bytearray([_PAPER]) * (columns * rows)
    for aside in page.asides:
        left, top, right, bottom = (side * scale for side in aside.box)
        x0, x1 = max(0, int(left)), min(columns, int(right) + 1)
        for y in range(max(0, int(top)), min(rows, int(bottom) + 1)):
            # Every other pixel: what is one colour throughout shows nothing.
            row = range(y * columns + x0 + y % 2, y * columns + x1, 2)
            grey[row.start : row.stop : 2] = bytes(len(row))
    return Picture(page.width, page.height, columns, rows, bytes(grey))

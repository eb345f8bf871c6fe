"""Documents: the bytes of a file become a :class:`~extractor.documents.document.Document`.

A file is a :class:`~extractor.documents.source.Source`; the table in :mod:`extractor.documents.formats` says
what reads it. A cell goes through these stages, each with what is known of it by then:

===================  ==========================  =======================================================
stage                class                       what it is
===================  ==========================  =======================================================
a web page's tags    ``web.tables.OpenCell``     what stands in a cell being read, and what it spans
a web page's table   ``web.tables.DataCell``     text, row and column of a cell of data
a Word file's tags   ``word.docx._Cell``         grid column, text, and the tables inside
a page's rulings     ``pages.ruled.RuledCell``   the rows and columns of lines that enclose it
a page's table       ``pages.tables.PageCell``   text, page and box, what a page break may add to it
any table            ``builder.BuiltCell``       text and locator, ready to be put into the document
the document         ``document.GridCell``       its span in the text: what later stations read
===================  ==========================  =======================================================

A table on pages is a ``RuledTable`` (of lines) or a ``TableExtent`` (of aligned words), then a ``PageTable``;
of a web page an ``OpenTable``, then ``DataTable`` among the page's ``FlowContent``; in the document each is a
``Grid``.
"""

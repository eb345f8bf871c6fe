"""How files begin; what their names end in says nothing."""

from __future__ import annotations

import re

ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
COMPOUND = re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
RTF = re.compile(rb"\{\\rtf")
# Word 2003 could save as a single XML file; most of these are called .doc.
WORD_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*>\s*<\?mso-application progid=[\"']Word\.Document[\"']\?>"
)
# Word files, old and new, and archives.
CONTAINER = re.compile(b"|".join(one.pattern for one in (ZIP, COMPOUND, RTF, WORD_XML)))

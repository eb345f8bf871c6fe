"""Calling PDFium quickly.

Part of the program that opens PDFs (:mod:`extractor.documents.pdf.worker.program`).
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import partial
from typing import Any


def address_of(one: Any) -> int:
    """Where an object of PDFium, or a function, is; it tells an object from others."""
    return ctypes.cast(one, ctypes.c_void_p).value or 0


def quick(function: Any, answer: Any = None) -> Any:
    """The same function of PDFium, without a look at the types of what it is given.

    A call takes half the time then. What it takes as a pointer must be given as one, or by ``byref``.
    The worker has one thread only, so no other is let in during the call.

    Args:
        function: of PDFium.
        answer: the type of what it answers, if that isn't its own: ``c_void_p`` gives an address.
    """
    return ctypes.PYFUNCTYPE(answer or function.restype)(address_of(function))


def answers(kind: Any, count: int) -> tuple[list[Any], Callable[[], Any]]:
    """Places for numbers that PDFium answers with: what it takes, and what reads all at once.

    Args:
        kind: the type of each number.
        count: how many there are.
    """
    numbers = (kind * count)()
    places = [ctypes.byref(numbers, i * ctypes.sizeof(kind)) for i in range(count)]
    return places, partial(struct.Struct(f"{count}{kind._type_}").unpack, memoryview(numbers).cast("B"))

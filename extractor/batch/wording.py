"""The wording of sentences as it is compared: without what differs in a copy, in shingles, as a signature."""

from __future__ import annotations

import re
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import cache
from operator import eq

from rensa import RMinHash

from extractor.text.folding import fold_label

# So many characters make a shingle: four of Chinese are rarely the same by chance, and where a number, a
# place or a name was exchanged in a sentence, most of it is still known again.
_SHINGLE = 4
# With fewer folded characters of its own a report says too little to be told from any other.
_FEWEST = 150
# The numbers of a signature. The share of them in which two agree is about the share of shingles that they
# have in common; the error of that, one standard deviation, is at most 0.05.
HASHES, HASH_BYTES = 96, 4
_SEED = 1
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO_WORD = re.compile(r"[^\w]|_")
# The divisions that an organ's name begins with, and what they are called without their kind.
_DIVISION = re.compile(r".{1,6}?(?:自治州|自治县|自治旗|特别行政区|[省市州盟区县旗镇乡])")


def folded_sentence(sentence: str, organ: str | None) -> str:
    """A sentence without what may differ in a copy: marks, the amounts of numbers, the organ's own name.

    Args:
        sentence: as printed.
        organ: whose report it is from, as that calls it; None if it doesn't say.
    """
    folded = fold_label(sentence)
    for name in _names(organ):
        folded = folded.replace(name, "")
    return _NO_WORD.sub("", _NUMBER.sub("0", folded))


@cache
def _names(organ: str | None) -> tuple[str, ...]:
    """What a report may call its organ: the name in full, and the divisions in it; the longest first."""
    if not organ:
        return ()
    folded = fold_label(organ)
    found = {folded, *_DIVISION.findall(folded)}
    return tuple(sorted((name for name in found if len(name) > 1), key=lambda name: (-len(name), name)))


def shingles_of(folded: str) -> set[str]:
    """All pieces of a folded sentence that have the length of a shingle.

    Args:
        folded: see :func:`folded_sentence`.
    """
    return {folded[start : start + _SHINGLE] for start in range(len(folded) - _SHINGLE + 1)}


def share_in(folded: str, shingles: set[str] | frozenset[str]) -> float:
    """The part of a folded sentence that stands among some shingles, from 0 to 1.

    Args:
        folded: see :func:`folded_sentence`.
        shingles: of other text.
    """
    count = len(folded) - _SHINGLE + 1
    if count < 1:
        return 1.0
    return sum(folded[start : start + _SHINGLE] in shingles for start in range(count)) / count


def signature_of(sentences: Iterable[str], organ: str | None) -> str | None:
    """A short text by which reports of like wording are found (MinHash); None if there is too little to tell.

    Args:
        sentences: the report's own.
        organ: whose report it is, as it says.
    """
    folded = [folded_sentence(sentence, organ) for sentence in sentences]
    if sum(map(len, folded)) < _FEWEST:
        return None
    shingles = set().union(*map(shingles_of, folded))
    if not shingles:
        return None
    hashes = RMinHash(num_perm=HASHES, seed=_SEED)
    hashes.update(sorted(shingles))
    return b64encode(struct.pack(f"<{HASHES}I", *hashes.digest())).decode("ascii")


def hashes_of(signature: str) -> bytes:
    """The numbers of a signature, each in so many bytes; as numbers of Python they take nine times as many.

    Args:
        signature: see :func:`signature_of`.

    Raises:
        ValueError: if it is none.
    """
    hashes = b64decode(signature, validate=True)
    if len(hashes) != HASHES * HASH_BYTES:
        raise ValueError("no signature")
    return hashes


def agreement(hashes: bytes, others: bytes) -> float:
    """The share of the numbers in which two signatures agree, from 0 to 1.

    Args:
        hashes: see :func:`hashes_of`.
        others: likewise.
    """
    same: int = sum(map(eq, memoryview(hashes).cast("I"), memoryview(others).cast("I")))
    return same / HASHES

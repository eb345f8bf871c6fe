"""Makes the table of traditional characters that labels are folded by.

``python -m eval.checks.traditional TSCharacters.txt`` prints :mod:`extractor.text.traditional` anew. The file
is a dictionary of OpenCC (Apache-2.0), as it lies in the packages ``opencc`` and
``opencc-python-reimplemented``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_HEAD = '''"""Traditional characters and the simplified ones that stand for them.

Made by ``eval/checks/traditional.py`` from the dictionary TSCharacters of OpenCC (https://github.com/BYVoid/OpenCC,
Copyright Carbo Kuo and contributors, Apache License 2.0): each with the first,
the commonest, of the characters that it is simplified to; both of Unicode's basic plane.
"""

from __future__ import annotations

'''
_BESIDE = 90
_LAST = "\uffff"


def pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The characters of a dictionary that fold to one other.

    Args:
        lines: of the dictionary: a traditional character, a tab, and its simplified ones, parted by blanks.

    Yields:
        The traditional character and the simplified one.
    """
    for line in lines:
        old, _, simplified = line.strip().partition("\t")
        # 乾 is simplified to 干 mostly; where a character itself comes first, it stands in simplified text.
        new = simplified.partition(" ")[0]
        if len(old) == 1 and len(new) == 1 and old != new and max(old, new) <= _LAST:
            yield old, new


def _constant(name: str, characters: str) -> str:
    stretches = (characters[start : start + _BESIDE] for start in range(0, len(characters), _BESIDE))
    return "\n".join([f"{name} = (", *(f'    "{stretch}"' for stretch in stretches), ")", ""])


def module(lines: Iterable[str]) -> str:
    """The source of :mod:`extractor.text.traditional`.

    Args:
        lines: of the dictionary TSCharacters.
    """
    old, new = zip(*sorted(pairs(lines)), strict=True)
    return _HEAD + _constant("TRADITIONAL", "".join(old)) + _constant("SIMPLIFIED", "".join(new))


if __name__ == "__main__":
    sys.stdout.write(module(Path(sys.argv[1]).read_text("utf-8").splitlines()))

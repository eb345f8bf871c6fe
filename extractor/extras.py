"""What of the package is optional, and how whoever lacks it gets it."""

from __future__ import annotations

from extractor.processes import is_frozen
from rules.words import Bilingual


def how_to_install(extra: str) -> Bilingual:
    """What to do to have an extra: the end of a message that says what lacks it.

    Args:
        extra: its name in pyproject.toml, such as ``ocr``.

    Returns:
        Words without a full stop; other ones in the program that has Python in it, which can't be added to.
    """
    if is_frozen():
        return Bilingual(
            zh="免装 Python 的文件夹不含此组件，请另用 Python 安装 gongkai",
            en="the folder without Python comes without it; install gongkai with Python",
        )
    return Bilingual(
        zh=f"请在源码目录中运行 pip install '.[{extra}]'，或以 "
        f"'gongkai-VERSION-py3-none-any.whl[{extra}]' 重新安装 wheel",
        en=f"run pip install '.[{extra}]' in the clone, or install the wheel again as "
        f"'gongkai-VERSION-py3-none-any.whl[{extra}]'",
    )

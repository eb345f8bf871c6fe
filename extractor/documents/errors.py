"""The errors of a file that is damaged, encrypted or too large, the same for every format."""

from __future__ import annotations

from extractor.errors import TooLargeError, UnreadableError


def damaged(name: str, zh: str = "", en: str = "") -> UnreadableError:
    """A file whose structure is broken.

    Args:
        name: what messages call it.
        zh: what is wrong with it, in Chinese.
        en: the same in English.
    """
    return UnreadableError(
        f"{name} 已损坏或不完整{f'（{zh}）' if zh else ''}。请重新下载，或用 Word、WPS 打开并另存后再试。",
        f"{name} is damaged or incomplete{f' ({en})' if en else ''}; download it again, or save it anew in "
        "Word or WPS",
    )


def encrypted(name: str) -> UnreadableError:
    """A file that can't be read without its password."""
    return UnreadableError(
        f"{name} 已加密。请解除密码后再试。", f"{name} is encrypted; remove its password and try again"
    )


def too_large(name: str) -> TooLargeError:
    """A file that holds more than a report can, though its size alone doesn't show it."""
    return TooLargeError(
        f"{name} 的内容过多，不可能是一份年度报告。请给出单份报告的文件。",
        f"{name} holds more than an annual report can; name the file of one report",
    )

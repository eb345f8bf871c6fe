"""The operating system that this runs on."""

from __future__ import annotations

import os

from extractor.platforms.system import System


def _system() -> System:
    if os.name == "nt":
        from extractor.platforms.windows import Windows, real_api

        return Windows(real_api(), os.environ)
    from extractor.platforms.posix import Posix

    return Posix()


#: All that differs between systems is asked of this.
HERE = _system()

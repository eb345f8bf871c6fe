"""The results of a batch: whether they are written as they are, or have to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from extractor.batch.file_results import FileResult
from extractor.batch.journal import FOLDER
from extractor.batch.outcome import as_line
from extractor.batch.showing import Shown, Written
from extractor.errors import OutputError, reason
from extractor.output.files import replacing

# Says which results were written.
_WRITTEN = Path(FOLDER, "written.json")


def write_results(
    folder: Path,
    results: Sequence[FileResult],
    settings: str,
    shown: Shown,
    jobs: int,
    pages: Mapping[str, str] | None = None,
) -> Written:
    """Write all tables and results, unless they are there and would be the same.

    Parquet is written if what writes it is installed.

    Args:
        folder: to write to.
        results: of all files.
        settings: the key of those by which they were read.
        shown: how they are shown.
        jobs: how many processes share the work, if there is enough of it.
        pages: of the reports that have one to look at, by what results call them, its path from the folder.

    Raises:
        OutputError: if they can't be written.
        UnreadableError: if what the journal kept can't be read.
    """
    has_parquet = find_spec("pyarrow") is not None
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        pages = pages or {}
        digest = _digest(results, f"{settings} {shown.language} {has_parquet} {shown.key}", pages)
        written = _written(folder, digest)
        if written is None:
            # A run that finds everything written starts without all that it takes to write it.
            from extractor.batch.result_files import write_files

            (folder / _WRITTEN).unlink(missing_ok=True)
            written = write_files(folder, results, shown, jobs, pages, parquet=has_parquet)
            with replacing(folder / _WRITTEN) as stream:
                states = _states(folder, written.files)
                stream.write(as_line({**written._asdict(), "digest": digest, "files": states}))
    except OSError as error:
        zh, en = reason(error)
        raise OutputError(
            f"无法写入 {folder}：{zh}。已读完的报告都已保存，排除原因后用同一命令继续。",
            f"can't write {folder}: {en}; what was read is kept: mend this, and the same command goes on",
        ) from error
    return written


def _digest(results: Iterable[FileResult], settings: str, pages: Mapping[str, str]) -> str:
    """What tells one set of results from another without opening them."""
    digest = sha256(settings.encode())
    digest.update(as_line(pages))
    for file, outcome, kept, copy_of in results:
        kept_as = (kept.path.name, kept.offset, kept.size) if kept is not None else None
        of = copy_of.key if copy_of is not None else None
        told = outcome.failure.as_json() if outcome.failure is not None else None
        digest.update(as_line([file, kept_as, told, of]))
    return digest.hexdigest()


def _written(folder: Path, digest: str) -> Written | None:
    """What was written, if these results were and are still there; None if not."""
    try:
        kept = json.loads((folder / _WRITTEN).read_bytes())
        states = kept["files"]
        if kept.pop("digest") != digest or states != _states(folder, states):
            return None
        return Written(**{**kept, "files": tuple(states)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _states(folder: Path, names: Iterable[str]) -> dict[str, list[int]]:
    """Size and time of change of each file of results."""
    states = {name: (folder / name).stat() for name in names}
    return {name: [state.st_size, state.st_mtime_ns] for name, state in states.items()}

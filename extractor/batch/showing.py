"""How the results of a batch are shown, and what of them was written."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.documents.source import read_file
from rules.words import Language

if TYPE_CHECKING:  # most batches have no list of organs, and no forms of one's own
    from extractor.organs.organ_list import OrganList
    from rules.form import Form


class Shown(NamedTuple):
    """How results are shown.

    Attributes:
        language: of the workbook.
        forms: by which the reports were read; None for those that ship with gongkai.
        organs: that say whose reports are; None for the names alone.
        key: what tells one list of organs from another.
        leads_to_files: whether the workbook leads to the files: it stays where it is written.
    """

    language: Language
    forms: Sequence[Form] | None = None
    organs: OrganList | None = None
    key: str = ""
    leads_to_files: bool = True


def shown_by(
    forms: Sequence[Form] | None, language: Language, organs: Path | None, *, leads_to_files: bool
) -> Shown:
    """How results are shown.

    Args:
        forms: by which the reports were read; None for those that ship with gongkai.
        language: of the workbook.
        organs: the path of a list of organs of one's own; None if there is none.
        leads_to_files: whether the workbook leads to the files.

    Raises:
        InputError: if the list can't be read.
    """
    if organs is None:
        return Shown(language, forms, leads_to_files=leads_to_files)
    from extractor.organs.organ_list import read_organ_list

    key = sha256(read_file(organs)).hexdigest()
    return Shown(language, forms, read_organ_list(organs), key, leads_to_files)


class Written(NamedTuple):
    """What was written.

    Attributes:
        files: the names of the files.
        copies: how many reports are the same as another.
        versions: how many are another version of an organ's year.
        alike: how many are like another in their wording.
        has_parquet: whether there is Parquet among the files.
    """

    files: tuple[str, ...]
    copies: int
    versions: int
    alike: int
    has_parquet: bool

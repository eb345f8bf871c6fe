"""What is made for others: licences, a version, damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.fuzz.damaging import WAYS, Damage, damaged
from eval.fuzz.fuzzing import fuzzed, read
from eval.release.dist import with_licences
from eval.release.licences import Package, packages, packages_in
from eval.release.version import released
from extractor import UnreadableError
from tests.helpers.packages import archive

PROJECT = '[project]\nname = "gongkai"\nversion = "0.1.0"\nother = "0.1.0"\n'
CHANGELOG = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 (2026-01-02)\n\n- All.\n"


def test_no_package_asks_for_the_source_of_what_it_is_a_part_of() -> None:
    found = packages()
    assert {"lxml", "pydantic", "pydantic-core", "rapidocr", "pyarrow"} <= {one.name for one in found}
    assert [one for one in found if not one.is_allowed] == []


def test_every_package_that_is_listed_has_a_licence(tmp_path: Path) -> None:
    """Also one that states it in words of its own."""
    for name, stated in {"Own_Words": "Own words\n\nPermission is granted", "b": "MIT"}.items():
        folder = tmp_path / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nLicense: {stated}\n"
        )
    installed = packages_in(tmp_path)
    assert installed == [Package("b", "1.0", "MIT"), Package("own-words", "1.0", "Own words")]
    told = [{"license": {"id": "MIT"}}]
    bill = {"version": 1, "components": [{"name": "Own_Words"}, {"name": "b", "licenses": told}]}
    listed = with_licences(bill, installed)
    assert listed["version"] == 1
    assert [one["licenses"] for one in listed["components"]] == [[{"license": {"name": "Own words"}}], told]


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("AGPL-3.0-or-later", False),
        ("GNU Affero General Public License v3", False),
        ("GPL-2.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("LGPL-3.0", True),
        ("GNU Lesser General Public License v3", True),
        ("MIT", True),
        ("", False),
    ],
)
def test_which_licences_are_allowed(licence: str, *, is_allowed: bool) -> None:
    assert Package("x", "1", licence).is_allowed is is_allowed


def test_a_version_stands_in_one_place_and_in_the_changelog() -> None:
    project, changelog = released(PROJECT, CHANGELOG, "0.2.0", "2026-12-01")
    assert project == PROJECT.replace('version = "0.1.0"', 'version = "0.2.0"')
    assert changelog.startswith(
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- A thing.\n"
    )


@pytest.mark.parametrize(
    ("version", "changelog", "words"),
    [
        ("0.1.0", CHANGELOG, "isn't newer"),
        ("0.0.9", CHANGELOG, "isn't newer"),
        ("0.2", CHANGELOG, "is no version"),
        ("0.2.0", CHANGELOG.replace("### Added\n\n- A thing.\n\n", ""), "nothing that has changed"),
    ],
)
def test_what_is_no_new_version_is_refused(version: str, changelog: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        released(PROJECT, changelog, version, "2026-12-01")


@pytest.mark.parametrize("way", WAYS)
def test_each_damage_changes_a_file_and_the_same_way_each_time(way: str) -> None:
    data = b"<table><tr><td>157</td></tr></table>"
    changes = [Damage(way, 0.2, 0.5)]
    assert damaged(data, changes) == damaged(data, changes) != data


def test_a_file_in_an_archive_is_damaged_and_the_others_stay() -> None:
    data = archive({"a.xml": "<a>157</a>", "b.xml": "<b/>"})
    changed = damaged(data, [Damage("end", 0.5, 0)], member=0.1)
    assert changed.startswith(b"PK")
    assert changed != data
    assert changed == damaged(data, [Damage("end", 0.5, 0)], member=0.1)
    assert damaged(b"PK no archive", [Damage("end", 0.5, 0)], member=0.1) == b"PK no "


def test_a_failure_is_found_and_made_small() -> None:
    def fragile(data: bytes) -> None:
        if len(data) < 4:
            raise ZeroDivisionError
        raise UnreadableError("坏", "bad")

    tally = fuzzed([b"0123456789"], 0, 0, fragile)
    assert len(tally.failures) == 1
    assert "ZeroDivisionError" in tally.failures[0]
    assert tally.refused > 0


def test_what_takes_too_long_is_a_failure() -> None:
    assert "TimeoutError" in fuzzed([b"0123456789"], 0, 0, lambda _: None, most=-1).failures[0]


def test_damaged_texts_are_read_or_refused() -> None:
    tally = fuzzed(["受理数|157\n办结数|12\n".encode()], 0, 1, read)
    assert (tally.failures, tally.executions > 50) == ([], True)

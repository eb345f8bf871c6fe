"""Findings as the results of tests, in the XML that JUnit began and build servers read.

A file is a test suite, and a finding a test: a failed one, if it fails the file, else one that passed with an
output. A file that can't be read is an error; one of which nothing is told, a test that passed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from extractor.checking.checked import CheckedFile, ToldFinding
from extractor.checking.grouping import FindingGroup
from extractor.output.lines import group_line
from rules.words import Language

# What no document of XML 1.0 can hold, escaped or not.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(files: Sequence[CheckedFile], language: Language) -> str:
    """One document for all files.

    Args:
        files: that were checked.
        language: of the messages.
    """
    root = Element("testsuites", name="gongkai")
    for file in files:
        _suite(root, file, language)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, file: CheckedFile, language: Language) -> None:
    path = _legal(file.path)
    suite = SubElement(root, "testsuite", name=path)
    for one in file.told:
        _case(suite, file, one, language)
    if file.failure is not None:
        case = SubElement(suite, "testcase", classname=path, name="gongkai", time="0")
        SubElement(case, "error", message=_legal(file.failure.in_language(language)))
    elif not file.told:
        SubElement(suite, "testcase", classname=path, name="gongkai", time="0")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("time", "0")


def _case(suite: Element, file: CheckedFile, one: ToldFinding, language: Language) -> None:
    finding = one.finding
    attributes = {"classname": _legal(file.path), "name": finding.rule, "time": "0"}
    if finding.line is not None and one.end is not None:
        attributes |= {"file": _legal(file.path), "line": str(finding.line)}
    case = SubElement(suite, "testcase", attributes)
    line = _legal(group_line(FindingGroup.of(one), file.path, language))
    if finding.severity in file.failing:
        message = _legal(finding.message.in_language(language))
        SubElement(case, "failure", type=finding.rule, message=message).text = line
    else:
        SubElement(case, "system-out").text = line


def _legal(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)

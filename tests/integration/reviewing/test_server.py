"""The page served: for this machine and who has the token alone, and for nothing but its own."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from eval.zoo.printing import browser
from eval.zoo.programs import Program, missing
from extractor.decisions.beside import path_beside
from extractor.decisions.kept import record_beside
from extractor.review.server import ReviewServer
from extractor.review.writing import write_review
from tests.helpers.deciding import decision
from tests.helpers.import_graph import ROOT
from tests.helpers.pages import with_added_row
from tests.helpers.reviewing import DESK, PHONE, REVIEWING, Viewer
from tests.helpers.served import serving

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

NEEDED = missing((Program.BROWSER, Program.DRIVER, Program.FONT))
CASES = ROOT / "eval" / "cases"
TORN = CASES / "shanghai-sci-2024" / "shanghai-sci-2024.txt"
HONGZE = CASES / "hongze-2023" / "hongze-2023.pdf"
BODY = f"[{decision('t.a.x').model_dump_json()}]"


@contextmanager
def serving_in_vain(report: Path) -> Iterator[ReviewServer]:
    """A server that is there before its file of decisions is damaged."""
    path = path_beside(report)
    damaged = path.read_bytes()
    path.unlink()
    with serving(report) as server:
        path.write_bytes(damaged)
        yield server


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    report = tmp_path / TORN.name
    report.write_bytes(TORN.read_bytes())
    return report


class Answer(NamedTuple):
    """What a server says."""

    status: int
    headers: dict[str, str]
    content: bytes


def asked(server: ReviewServer, path: str, body: str | bytes | None = None, **headers: str | None) -> Answer:
    """What a server answers, asked as its own page would, but for these headers."""
    usual: dict[str, str | None] = {"Host": server.origin.removeprefix("http://")}
    if body is not None:
        usual |= {"Origin": server.origin, "Content-Type": "application/json"}
    given = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.putrequest("GET" if body is None else "POST", path, skip_host=True)
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None and "Content-Length" not in given:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def test_it_listens_to_this_machine_alone(torn: Path) -> None:
    with serving(torn) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_only_who_has_the_token_gets_anything(torn: Path) -> None:
    with serving(torn) as server:
        assert asked(server, f"/{server.token}/").status == 200
        for path in ("/", "/decisions", f"/{server.token[:-1]}/", f"/{'x' * 32}/decisions"):
            assert asked(server, path).status == 403, path
        assert asked(server, "/x/decisions", BODY).status == 403
        assert record_beside(torn) is None


@pytest.mark.parametrize(
    "end",
    [
        "../etc/passwd",
        "..%2f..%2fetc/passwd",
        "shanghai-sci-2024.txt",
        "shanghai-sci-2024.txt.gongkai.json",
        "/etc/passwd",
        "decisions/../x",
        "decisions?x=1",
        "%00",
    ],
)
def test_no_address_is_a_path(torn: Path, end: str) -> None:
    with serving(torn) as server:
        assert asked(server, f"/{server.token}/{end}").status == 404
        assert asked(server, f"/{server.token}/{end}", BODY).status == 404
    assert sorted(path.name for path in torn.parent.iterdir()) == [torn.name]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": None}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "example.com"}, 403),
        ({"Host": "localhost.example.com:1"}, 403),
        ({"Content_Length": "99999999"}, 413),
        ({"Content_Length": "-1"}, 413),
        ({"Content_Length": "1e3"}, 413),
    ],
)
def test_another_site_can_write_nothing(torn: Path, headers: dict[str, str | None], status: int) -> None:
    with serving(torn) as server:
        assert asked(server, f"/{server.token}/decisions", BODY, **headers).status == status
    assert not path_beside(torn).exists()


def test_another_site_can_neither_show_nor_read_it(torn: Path) -> None:
    with serving(torn) as server:
        headers = asked(server, f"/{server.token}/decisions").headers
        assert asked(server, f"/{server.token}/", Host="example.com").status == 403
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "body",
    ["", "{", "{}", "[1]", '[{"kind": "confirmed"}]', BODY.replace("t.a.x", "x" * 201), b"\xff"],
)
def test_what_is_no_decision_is_refused(torn: Path, body: str | bytes) -> None:
    with serving(torn) as server:
        assert asked(server, f"/{server.token}/decisions", body).status == 400
    assert not path_beside(torn).exists()


def test_what_is_added_is_kept_once_and_told(torn: Path) -> None:
    with serving(torn) as server:
        for _ in range(2):
            answer = asked(server, f"/{server.token}/decisions", BODY)
            assert answer.status == 200
            assert len(json.loads(answer.content)["decisions"]) == 1
        assert json.loads(asked(server, f"/{server.token}/decisions").content)["name"] == torn.name
    record = record_beside(torn)
    assert record is not None
    assert [one.address for one in record.decisions] == ["t.a.x"]


def test_a_file_that_cannot_be_written_is_told_and_the_server_goes_on(torn: Path) -> None:
    path_beside(torn).write_text("[]", encoding="utf-8")
    with serving_in_vain(torn) as server:
        answer = asked(server, f"/{server.token}/decisions", BODY)
        assert answer.status == 500
        assert "移走" in json.loads(answer.content)["zh"]
        assert asked(server, f"/{server.token}/").status == 200
    assert path_beside(torn).read_text(encoding="utf-8") == "[]"


# --- in a browser --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    with browser() as opened:
        yield opened


def named(viewer: Viewer, name: str = "王小明") -> Viewer:
    """Somebody who has told their name."""
    viewer.js("localStorage.setItem('gongkai:by', arguments[0])", name)
    return viewer


def settled(viewer: Viewer, condition: str) -> bool:
    """Whether something comes to be true within some seconds."""
    from selenium.webdriver.support.ui import WebDriverWait

    return bool(WebDriverWait(viewer.driver, 10, 0.05).until(lambda _: viewer.js(f"return {condition}")))


SAVED = "record.pending.length === 0 && !record.saving"


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
def test_open_cells_are_settled_by_keys_alone(driver: Chrome, torn: Path) -> None:
    with serving(torn) as server:
        viewer = named(Viewer(driver).open(server.address), "")
        assert viewer.text("#left").startswith("待看 16 处")
        # Whoever hasn't told their name is asked for it first; then what they asked for is done.
        viewer.press("j", "a")
        assert viewer.js("return document.activeElement.placeholder") == "先写姓名，按回车"
        assert viewer.js("return record.all.length") == 0
        viewer.press("王小明")
        # What it asks for can be read, and the Enter of an input method ends no name.
        assert viewer.js("const by = byId('by'); return by.scrollWidth <= by.clientWidth")
        viewer.js(
            """const given = { key: 'Enter', isComposing: true, bubbles: true };
            byId('by').dispatchEvent(new KeyboardEvent('keydown', given));"""
        )
        assert viewer.js("return [record.all.length, document.activeElement.id]") == [0, "by"]
        viewer.press("\ue007")
        assert viewer.text("#left").startswith("待看 15 处")
        viewer.press("A", "A", "A")
        assert settled(viewer, SAVED)
        assert "（不计人工决定）" in viewer.text(".title")
        assert viewer.text("#left").startswith("没有待看的")
        assert viewer.text("#saved") == "16 项决定，已保存"
        assert viewer.console == []
        viewer.driver.refresh()
        assert viewer.text("#left").startswith("没有待看的")
        # Undone is undone, here and in the file.
        viewer.press("u")
        assert settled(viewer, SAVED)
        assert viewer.text("#left").startswith("待看 1 处")
        assert viewer.chosen is not None
        assert "认可：原文如此 王小明" in viewer.text("#card .history .undone")
    record = record_beside(torn)
    assert record is not None
    assert len(record.on(record.decisions[0].source, 1)) == 15
    assert torn.read_bytes() == TORN.read_bytes()


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_figure_is_corrected_by_clicking_it(driver: Chrome, tmp_path: Path, width: int) -> None:
    report = tmp_path / HONGZE.name
    report.write_bytes(HONGZE.read_bytes())
    with serving(report) as server:
        viewer = named(Viewer(driver, width).open(server.address))
        viewer.press("k")
        assert viewer.chosen == "disputes.litigation.after_reconsideration.total"
        viewer.press("c")
        upheld = viewer.js(
            "return cells.findIndex((c) => c.address.endsWith('after_reconsideration.upheld'))"
        )
        viewer.click(f"#s{upheld}")
        assert settled(viewer, SAVED)
        assert viewer.text("#card .status") == "~ 人工更正"
        assert "成立" in viewer.text("#card .sum .outcome")
        assert "不成立" not in viewer.text("#card .sum .outcome")
        viewer.picture(f"corrected-{width}")
    record = record_beside(report)
    assert record is not None
    (made,) = record.decisions
    assert (made.kind, made.read, made.printed) == ("corrected", "0", "5")


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
def test_two_tabs_and_two_people_lose_nothing(driver: Chrome, torn: Path) -> None:
    with serving(torn) as server:
        viewer = named(Viewer(driver).open(server.address))
        first = driver.current_window_handle
        driver.switch_to.new_window("tab")
        other = Viewer(driver).open(server.address)
        other.press("j", "r")
        assert settled(other, SAVED)
        other.js("localStorage.setItem('gongkai:by', '李四')")
        second = driver.current_window_handle
        driver.switch_to.window(first)
        viewer.press("k", "a")
        assert settled(viewer, f"{SAVED} && choices.size === 2")
        driver.switch_to.window(second)
        driver.close()
        driver.switch_to.window(first)
    record = record_beside(torn)
    assert record is not None
    assert {(one.kind, one.by) for one in record.decisions} == {("rejected", "王小明"), ("accepted", "李四")}


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
def test_what_cannot_be_saved_is_said_and_saved_later(driver: Chrome, torn: Path) -> None:
    path_beside(torn).write_text("[]", encoding="utf-8")
    with serving_in_vain(torn) as server:
        viewer = named(Viewer(driver).open(server.address))
        viewer.press("j", "a")
        assert settled(viewer, "record.trouble !== ''")
        assert "未能保存" in viewer.text("#saved")
        assert "移走" in viewer.text("#saved")
        path_beside(torn).unlink()
        viewer.js("look()")
        assert settled(viewer, SAVED)
        assert any("500" in line for line in viewer.console)
    assert record_beside(torn) is not None


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
def test_a_page_that_is_a_file_keeps_decisions_and_downloads_them(
    driver: Chrome, torn: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    write_review(torn, page, REVIEWING)
    viewer = named(Viewer(driver).open(page.as_uri()))
    viewer.press("j", "a")
    driver.refresh()
    assert viewer.text("#saved").startswith("1 项决定只在此浏览器中")
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    viewer.click("#download")
    assert settled(viewer, "true")
    for _ in range(100):
        if path_beside(torn).exists():
            break
        viewer.js("return new Promise((done) => setTimeout(done, 50))")
    record = record_beside(torn)
    assert record is not None
    assert [one.by for one in record.decisions] == ["王小明"]
    # Made again with them beside it, the page has them, and the browser need keep nothing.
    write_review(torn, page, REVIEWING)
    driver.refresh()
    assert viewer.js("return [choices.size, record.pending.length]") == [1, 0]
    # Made on other bytes, they are void, and that is said.
    torn.write_bytes(torn.read_bytes() + b"\n")
    write_review(torn, page, REVIEWING)
    driver.refresh()
    assert viewer.js("return choices.size") == 0
    assert "1 项决定是针对另一版本作出的，已失效" in viewer.text("#saved")
    assert viewer.console == []


# --- a folder ------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A report with open cells, one in a folder below with a row added and a row lost, and a letter."""
    made = tmp_path / "reports"
    (made / "区").mkdir(parents=True)
    (made / TORN.name).write_bytes(TORN.read_bytes())
    lines = with_added_row("received", "其中：网上申请", ["30", "0", "0", "3", "2", "1", "36"]).split(b"\n")
    lost = "重复申请".encode()
    (made / "区" / "added.txt").write_bytes(b"\n".join(line for line in lines if lost not in line))
    (made / "信.txt").write_text("您好，附件请查收。", encoding="utf-8")
    return made


def test_of_a_folder_each_report_has_its_page_and_its_decisions(folder: Path) -> None:
    with serving(folder) as server:
        index = asked(server, f"/{server.token}/").content.decode()
        pages = re.findall(r'href="([0-9a-f]{16}/1)"', index)
        assert len(pages) == 2
        assert index.count("无法读取") > 0
        # What has more to be looked at stands first.
        prefix = pages[1].removesuffix("1")
        assert asked(server, f"/{server.token}/{prefix}decisions", BODY).status == 200
        kept = {path.name: record_beside(path) for path in (folder / TORN.name, folder / "区" / "added.txt")}
        assert [name for name, record in kept.items() if record is not None] == [TORN.name]
        for end in (prefix, f"{prefix}2", f"{prefix}1/", f"{prefix}../1", "decisions", "区/added.txt", "1"):
            assert asked(server, f"/{server.token}/{quote(end)}").status == 404, end
        # A page is made when it is asked for: the file is gone by now.
        (folder / TORN.name).unlink()
        answer = asked(server, f"/{server.token}/{pages[1]}")
        assert answer.status == 500
        assert "无法读取" in json.loads(answer.content)["zh"]


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
def test_one_goes_from_the_list_to_a_report_and_back_to_what_is_left(driver: Chrome, folder: Path) -> None:
    with serving(folder) as server:
        viewer = named(Viewer(driver).open(server.address))
        left = "return [...document.querySelectorAll('td.number')].map((one) => one.textContent)"
        assert viewer.js(left) == ["32", "16", ""]
        viewer.click("tbody tr:nth-child(2) a")
        viewer.press("j", "a")
        assert settled(viewer, SAVED)
        viewer.click(".back")
        assert viewer.js(left) == ["32", "15", ""]
        assert viewer.console == []
        for width, is_dark in ((DESK, False), (DESK, True), (PHONE, False)):
            viewer = Viewer(driver, width, is_dark=is_dark)
            assert viewer.js("return document.documentElement.scrollWidth") <= width
            viewer.picture(f"list-{'dark' if is_dark else 'light'}-{width}")


@pytest.mark.skipif(bool(NEEDED), reason=NEEDED)
def test_rows_that_are_added_are_shown_and_what_cannot_be_decided_is_not_offered(
    driver: Chrome, folder: Path
) -> None:
    page = folder / "page.html"
    write_review(folder / "区" / "added.txt", page, REVIEWING)
    viewer = named(Viewer(driver).open(page.as_uri()))
    disabled = "return [...document.querySelectorAll('.decide :disabled')].map((b) => b.className)"
    # Of a row that was lost, a figure can be named alone.
    viewer.js("choose(cells.findIndex((one) => one.address === 'requests.not_processed.repeated.total'))")
    assert viewer.js(disabled) == ["accept", "reject"]
    viewer.press("a", "r")
    assert viewer.js("return record.all.length") == 0
    # Of one that the form hasn't, nothing.
    added = "cells.findIndex((one) => one.address === 'extra.requests.其中：网上申请.natural_person')"
    viewer.js(f"choose({added})")
    assert viewer.js(disabled) == ["accept", "correct", "reject"]
    assert viewer.js("return document.querySelector('.box.chosen').firstChild.data") == "30"
    assert "表三“其中：网上申请”×自然人" in viewer.text("#card h3")
    viewer.press("c", "a")
    assert viewer.js("return [record.all.length, record.picking]") == [0, None]
    assert "表样以外的行" in viewer.text("#form")
    assert viewer.text("#left").endswith("共 200 格")


def test_the_command_serves_until_it_is_interrupted(torn: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "extractor",
        "review",
        str(torn),
        "--serve",
        "--port",
        port,
        "--lang",
        "en",
    ]
    piped = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=piped, stderr=piped) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        assert f"{address.hostname}:{address.port}" == f"127.0.0.1:{port}"
        connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
        connection.request("GET", address.path)
        assert "requests.received.total" in connection.getresponse().read().decode()
        connection.close()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"decisions are kept in {path_beside(torn)}; Ctrl-C ends it" in told

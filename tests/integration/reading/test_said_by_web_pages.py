"""What a web page says of its tables in lists, drawings, frames, by its style sheet and over all of it."""

import pytest

from extractor import extract
from extractor.result.cells import Status
from tests.helpers.whole_reports import DISCLOSURE, DISPUTES, HEADINGS, REQUESTS, Report, web

SETTLED = {Status.CONFIRMED, Status.UNCHECKED, Status.AS_PRINTED}
DEVICES = pytest.mark.parametrize(
    "device",
    [
        "<select><option>请选择</option><option selected>{}</option><option>本年</option></select>",
        "<select><option>{}</option><option>其他</option></select>",
        '<svg width="300"><title>图</title><g><text y="18">{}</text></g></svg>',
        '<iframe srcdoc="&lt;p&gt;{}&lt;/p&gt;"></iframe>',
        '<input type="text" value="{}">',
        '<span class="said" data-words="{}"></span>',
    ],
)
STYLE = "<style>.said::before {content: attr(data-words)} .stamp {position: fixed; opacity: .2}</style>"
STAMPS = pytest.mark.parametrize(
    "stamp",
    [
        '<div style="position:fixed;top:40%;font-size:90px;opacity:.25;transform:rotate(-30deg)">{}</div>',
        '<div style="position:absolute;transform:rotate(-45deg)"><span>{}</span></div>',
        '<div class="stamp">{}</div>',
    ],
)


def settled(page: str) -> set[str]:
    (extraction,) = extract(page.encode())
    assert len(extraction.cells) == 200
    return {cell.address for cell in extraction.cells if cell.status in SETTLED}


def with_device(device: str) -> str:
    """A page with something between the heading of table 3 and the table."""
    heading = f"<p>{HEADINGS[REQUESTS]}</p>"
    return STYLE + Report().written(web).decode().replace(heading, f"{heading}<div>{device}</div>")


@DEVICES
@pytest.mark.parametrize("words", ["以下为2022年数据", "本表为上半年数据。", "样表", "2022年"])
def test_words_that_only_a_browser_shows_leave_their_table_open(device: str, words: str) -> None:
    found = settled(with_device(device.format(words)))
    assert {address.partition(".")[0] + "." for address in found} == {DISCLOSURE, DISPUTES}


@DEVICES
@pytest.mark.parametrize("words", ["以下为2023年数据", "单位：件", "2023年", "数据来源：政务公开办"])
def test_words_of_any_table_that_only_a_browser_shows_cost_nothing(device: str, words: str) -> None:
    assert len(settled(with_device(device.format(words)))) == 200


@pytest.mark.parametrize(
    "device",
    [
        "<select><option>2022年</option><option selected>2023年</option></select>",
        "<svg><title>2022年数据</title><path d='M0 0'/></svg>",
        '<input type="hidden" value="以下为2022年数据">',
        '<span style="display:none" class="said" data-words="以下为2022年数据"></span>',
        '<span data-words="以下为2022年数据"></span>',
    ],
)
def test_what_no_browser_shows_says_nothing(device: str) -> None:
    assert len(settled(with_device(device))) == 200


@STAMPS
@pytest.mark.parametrize("words", ["作废", "样本", "征求意见稿", "2022年度", "已撤销", "DRAFT"])
@pytest.mark.parametrize("is_first", [True, False])
def test_what_lies_over_all_of_a_page_leaves_it_open(stamp: str, words: str, *, is_first: bool) -> None:
    page, drawn = Report().written(web).decode(), stamp.format(words)
    assert not settled(f"{STYLE}{drawn}{page}" if is_first else f"{STYLE}{page}{drawn}")


@STAMPS
@pytest.mark.parametrize(
    "words", ["2023年度", "某县某局", "返回顶部", "内部资料", "<a href='/2022'>2022年</a>", "正式稿"]
)
def test_what_lies_over_a_page_of_any_site_costs_nothing(stamp: str, words: str) -> None:
    page = Report().written(web).decode()
    assert len(settled(f"{STYLE}{page}{stamp.format(words)}")) == 200


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("格式见国办2021年通知。", False),
        ("按2021年印发的格式填报。", False),
        ("按2021年通知填报的2022年数据。", True),
        ("根据2022年数据填报。", True),
    ],
)
def test_the_year_of_a_rule_is_none_of_figures(words: str, *, is_open: bool) -> None:
    found = settled(Report(above={REQUESTS: words}).written(web).decode())
    assert is_open != any(address.startswith(REQUESTS) for address in found)

"""What real pages say about themselves and in their sentences: whose, which year, what contradicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extraction, NoReportError, extract

WILD = Path(__file__).parents[2] / "data" / "wild"
TITLE = "某局2022年政府信息公开工作年度报告\n一、总体情况\n"


def read(text: str) -> Extraction:
    (extraction,) = extract(text.encode(), name="page.txt")
    return extraction


def named(extraction: Extraction) -> tuple[str | None, str | None]:
    organ, year = extraction.header.organ, extraction.header.year
    return (organ.value if organ else None), (year.value if year else None)


def told(text: str) -> list[str]:
    return [finding.rule for finding in read(text).findings if finding.rule != "no-table"]


def messages(text: str) -> list[str]:
    return [finding.message.zh for finding in read(text).findings if finding.rule != "no-table"]


class TestReportsWithoutATitle:
    def test_the_sections_of_the_form_are_enough(self) -> None:
        (extraction,) = extract(WILD / "13-no-title.txt")
        assert extraction.verdict == "needs_review"
        assert [cell for cell in extraction.cells if cell.value is not None] == []

    @pytest.mark.parametrize(
        "text",
        [
            "二、主动公开政府信息情况\n见附表。\n三、收到和处理政府信息公开申请情况\n见附表。\n",
            "## 三、收到和处理政府信息公开申请情况\n无。\n## 四、政府信息公开行政复议、行政诉讼情况\n无。\n",
            "三、收到和处理政府信息公开\n申请情况\n四、政府信息公开行政复议、行政诉讼情况\n",
            "二、主動公開政府信息情況\n三、收到和處理政府信息公開申請情況\n",
        ],
    )
    def test_two_of_them_do(self, text: str) -> None:
        assert read(text).verdict == "needs_review"

    @pytest.mark.parametrize(
        "text",
        [
            "会议听取了主动公开政府信息情况的汇报。\n",
            "会议通报了收到和处理政府信息公开申请情况,政府信息公开行政复议、行政诉讼情况和主动公开政府信息情况。\n",
            "二、主动公开政府信息情况\n会议听取了汇报。\n三、其他\n",
            "主动公开政府信息情况\n收到和处理政府信息公开申请情况\n",
        ],
    )
    def test_a_text_that_mentions_them_is_none(self, text: str) -> None:
        with pytest.raises(NoReportError):
            read(text)


@pytest.mark.parametrize(
    ("name", "organ", "year"),
    [
        ("04-traditional", "某局", "2022"),
        ("13-no-title", None, None),
        ("19-organ", "某区房屋征收办公室", "2022"),
        ("21-year-from-mention", "某区投资促进局", "2023"),
        ("23-title-in-brackets", "某区", "2024"),
    ],
)
def test_whose_and_which_year(name: str, organ: str | None, year: str | None) -> None:
    (extraction,) = extract(WILD / f"{name}.txt")
    assert named(extraction) == (organ, year)


SECTIONS = "一、总体情况\n本年度工作正常。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"


@pytest.mark.parametrize(
    ("head", "organ"),
    [
        ("某市某区住房和城乡建\n设局2022年政府信\n息公开工作年度报告\n", "某市某区住房和城乡建设局"),
        ("某区教育局\n\n2022年政府信息公开工作年度报告\n", "某区教育局"),
        ("某区教育局关于\n2022年度政府信息公开工作情况的报告\n", "某区教育局"),
        ("某区人民政府\n办公室2022年政府信息公开工作年度报告\n", "某区人民政府办公室"),
        ("某区教育局2022\n年政府信息公开工作年度报告\n", "某区教育局"),
        ("某区教育局政府信息公开工作年度报告\n(2022年度)\n", "某区教育局"),
        ("2022年某区教育局政务公开工作年度报告\n", "某区教育局"),
        ("某区教育局2022年政务信息公开工作年度报告\n", "某区教育局"),
        ("某区教育局２０２２年政府信息公开情况的报告\n", "某区教育局"),
        ("某區衛生健康局關於2022年度政府信息公開情況的報告\n", "某區衛生健康局"),
        ("标题:某区教育局2022年政府信息公开工作年度报告\n", "某区教育局"),
        ("现发布某区教育局2022年政府信息公开工作年度报告。\n", "某区教育局"),
        ("2022年某县人民政府信息公开工作年度报告\n", "某县人民政府"),
        # Names that begin with a word that else leads up to one, alone and behind the way to the page.
        ("和平县阳明镇人民政府2022年政府信息公开工作年度报告\n", "和平县阳明镇人民政府"),
        ("和田市财政局2022年政府信息公开工作年度报告\n", "和田市财政局"),
        ("本溪市财政局2022年政府信息公开工作年度报告\n", "本溪市财政局"),
        ("将乐县水利局2022年政府信息公开工作年度报告\n", "将乐县水利局"),
        ("信息公开年报>2022年度某区教育局政府信息公开工作年度报告\n", "某区教育局"),
        ("政府信息公开年报\n2022年度报告\n", None),
        ("黟县某镇人民政府二〇二二年政府信息公开工作年度报告\n", "黟县某镇人民政府"),
        ("惠安县某镇人民政府\n二○二二年度政府信息公开工作年度报告\n", "惠安县某镇人民政府"),
        ("某市\n某区教育局\n2022年度\n政府信息公开工作年度报告\n（2023年1月）\n", "某区教育局"),
        # Who wrote or published it.
        (
            "2022年政府信息公开工作年度报告\n根据条例规定，由某县某镇人民政府编制本年度报告。\n",
            "某县某镇人民政府",
        ),
        ("2022年政府信息公开工作年度报告\n本报告由某区教育局按照条例编制。\n", "某区教育局"),
        (
            "索引号\t2023-1\t发布机构\t某区教育局\n公开日期\t2023-01-17\t文号\t\n2022年政府信息公开工作年度报告\n",
            "某区教育局",
        ),
        ("2022年政府信息公开工作年度报告\n本报告由我局编制，由区政府办公室指导。\n", None),
        ("发布机构：系统管理员\n2022年政府信息公开工作年度报告\n", None),
        ("发布机构：某市人民政府门户网站\n2022年政府信息公开工作年度报告\n", None),
        # What calls itself 我局 doesn't say whose it is.
        ("现将我局2022年政府信息公开工作年度报告公布如下\n", None),
        ("关于2022年度政府信息公开情况的报告\n", None),
        ("本机关2022年政府信息公开工作年度报告\n", None),
        # Of two with an equal right neither is taken.
        ("甲局2022年政府信息公开工作年度报告\n乙局2022年政府信息公开工作年度报告\n", None),
        # Another's report, and the year before, are spoken of.
        (
            "转发某市人民政府2021年政府信息公开工作年度报告\n某区教育局2022年政府信息公开工作年度报告\n",
            "某区教育局",
        ),
        (
            "根据《某市人民政府2021年政府信息公开工作年度报告》,现公布某区教育局2022年政府信息公开工作年度报告。\n",
            "某区教育局",
        ),
        # The organ stands below a title without one, or below its year there; a menu isn't of one line.
        ("2022年政府信息公开工作年度报告\n某县卫生健康局\n", "某县卫生健康局"),
        ("政府信息公开工作年度报告\n（2022年度）\n某县卫生健康局\n", "某县卫生健康局"),
        ("2022年政府信息公开工作年度报告\n目录\n某县教育局\n", None),
        ("2022年政府信息公开工作年度报告\n某县教育局\n某县水利局\n", None),
        ("2022年政府信息公开工作年度报告\n教育局\n", None),
        ("2022年政府信息公开工作年度报告\n各股室负责人参会\n", None),
    ],
)
def test_titles(head: str, organ: str | None) -> None:
    assert named(read(head + SECTIONS)) == (organ, "2022")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A link to last year's report, at the foot and at the head.
        (
            f"某区教育局2022年政府信息公开工作年度报告\n{SECTIONS}某区教育局2021年政府信息公开工作年度报告\n",
            ("某区教育局", "2022"),
        ),
        (
            "某局2021年政府信息公开工作年度报告\n某局2022年政府信息公开工作年度报告\n"
            "一、总体情况\n2022年,全局公开3条。\n二、主动公开政府信息情况\n",
            ("某局", "2022"),
        ),
        # Who publishes pages, and who signs.
        (
            "发布机构：某市人民政府办公室\n2022年政府信息公开工作年度报告\n"
            + SECTIONS
            + "六、其他需要报告的事项\n无。\n某区教育局\n2023年1月12日\n",
            (None, "2022"),
        ),
        # Nothing but the day of publication.
        (
            "发布日期:2023-01-12\n"
            + SECTIONS
            + "六、其他需要报告的事项\n无。\n某区投资促进中心\n2023年1月12日\n",
            ("某区投资促进中心", None),
        ),
        (
            "一、总体情况\n2022年,甲区教育局公开3条。\n2022年,乙区民政局公开3条。\n" + SECTIONS[16:],
            (None, "2022"),
        ),
        ("一、总体情况\n2022年,在市政府办公室的指导下,我局公开3条。\n" + SECTIONS[16:], (None, "2022")),
        ("一、总体情况\n2022年,公开3条。2021年,公开2条。\n" + SECTIONS[16:], (None, None)),
        ("对某区教育局2022年政府信息公开工作年度报告\n" + SECTIONS, (None, None)),
        (
            "根据《某市人民政府办公厅关于做好2022年政府信息公开工作年度报告编制的通知》,编制本报告。\n"
            + SECTIONS,
            (None, None),
        ),
    ],
)
def test_what_speaks_of_others_names_nobody(text: str, expected: tuple[str | None, str | None]) -> None:
    assert named(read(text)) == expected


class TestTitlesOfWebPages:
    BODY = (
        "<p>一、总体情况</p><p>工作正常。</p><p>二、主动公开政府信息情况</p>"
        "<p>三、收到和处理政府信息公开申请情况</p>"
    )

    def page(self, title: str, body: str) -> bytes:
        head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        return f"{head}<body>{body}".encode()

    def test_one_that_the_page_doesnt_show_is_read(self) -> None:
        page = self.page("某区教育局2022年政府信息公开工作年度报告_某区人民政府网", self.BODY)
        (extraction,) = extract(page, name="page.html")
        assert named(extraction) == ("某区教育局", "2022")

    def test_behind_the_name_of_a_section_that_the_page_shows(self) -> None:
        page = self.page(
            "信息公开年报-2022年度某区教育局政府信息公开工作年度报告", "<p>信息公开年报</p>" + self.BODY
        )
        (extraction,) = extract(page, name="page.html")
        assert named(extraction) == ("某区教育局", "2022")

    def test_the_pages_own_goes_before(self) -> None:
        body = "<h1>某区教育局2022年政府信息公开工作年度报告</h1>" + self.BODY
        (extraction,) = extract(self.page("2023年政府信息公开年报-某区", body), name="page.html")
        assert extraction.header.organ is not None
        assert extraction.header.organ.value == "某区教育局"

    def test_a_page_without_sections_holds_no_report(self) -> None:
        with pytest.raises(NoReportError):
            extract(self.page("某区教育局2022年政府信息公开工作年度报告", "<p>请稍候</p>"), name="page.html")


class TestNumbersOfSentences:
    def test_a_list_isnt_cut_by_words_in_a_categorys_name(self) -> None:
        assert messages((WILD / "14-list-cut-by-words.txt").read_text("utf-8")) == [
            "文中称“全年主动公开政府信息85条”，其各部分（2、5、73、2、1、1、1、1）合计86条，相差1条。"
        ]

    def test_a_list_isnt_cut_by_an_item_that_lost_its_unit(self) -> None:
        assert messages((WILD / "16-list-cut-by-lost-unit.txt").read_text("utf-8")) == [
            "文中称“全区共答复申请1453件”，其各部分（966、67、81、182、61、97）合计1454件，相差1件。"
        ]

    def test_a_list_isnt_cut_by_words_in_brackets(self) -> None:
        text = (
            "答复申请20件,其中,予以公开9件;部分公开3件(含区分处理);"
            "不予公开2件;无法提供4件;不予处理1件;其他处理2件。"
        )
        (message,) = messages(TITLE + text)
        assert "（9、3、2、4、1、2）合计21件" in message

    def test_two_numbers_for_one_thing(self) -> None:
        assert messages((WILD / "18-two-numbers-for-one-thing.txt").read_text("utf-8")) == [
            "文中称“在政务公开网站主动公开政务信息数32条”，而文中另一处同一事项为31条，相差1条，请核对。"
        ]

    @pytest.mark.parametrize(
        ("sentence", "rules"),
        [
            ("2022年收到申请22件,比2021年(31件)下降29%。", []),
            ("2022年收到申请22件,比2021年(31件)下降39%。", ["narrative-growth-stated"]),
            ("2022年收到申请22件,比2021年(31件)增长29%。", ["narrative-growth-stated"]),
            ("2022年行政复议22件,比2021年(31起)下降29%。", []),
        ],
    )
    def test_a_growth_beside_last_years_number(self, sentence: str, rules: list[str]) -> None:
        assert told(TITLE + sentence) == rules

    @pytest.mark.parametrize(
        "sentence",
        [
            "收到20件,上年结转3件,其中予以公开10件,不予公开8件。",
            "收到申请20件,上年结转3件,其中予以公开10件,不予公开13件。",
            "上年结转3件,收到申请20件,其中予以公开15件,不予公开7件。",
            # Complete, with names that hold other lists' words.
            "主动公开信息12条,其中:组织机构类信息2条;政务动态类信息9条;其他信息1条。",
            "答复申请6件,其中,予以公开1件;部分公开1;不予公开1件;无法提供的1件;不予处理的1件;其他处理1件。",
            # Other sites, other times, other verbs.
            "通过区政府门户网站公开信息31条。通过政务公开网站公开信息32条。",
            "上半年在政务公开网站公开信息10条。在政务公开网站公开信息32条。",
            "在政务公开网站公开信息32条。全年在政务公开网站公开信息32条。",
            "召开会议3次,参训人员120,举办活动5次。",
            "收到邮编276017,来信3件。",
        ],
    )
    def test_no_contradiction(self, sentence: str) -> None:
        assert told(TITLE + sentence) == []

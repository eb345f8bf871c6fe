"""What statuses, states, verdicts and the like are called by people who read results."""

from __future__ import annotations

from extractor.result.cells import Basis, Status
from extractor.result.findings import Cause
from extractor.result.verdict import Verdict
from rules.confront import State
from rules.words import Bilingual

STATUSES = {
    Status.CONFIRMED: Bilingual(zh="已证实", en="confirmed"),
    Status.UNCHECKED: Bilingual(zh="无规则可核", en="unchecked"),
    Status.AS_PRINTED: Bilingual(zh="原文如此（页面自身有误或未填）", en="as printed"),
    Status.DISPUTED: Bilingual(zh="待核", en="disputed"),
    Status.ABSENT: Bilingual(zh="页面上没有", en="not on the page"),
    Status.ACCEPTED: Bilingual(zh="人工认可", en="accepted by a person"),
    Status.CORRECTED: Bilingual(zh="人工更正", en="corrected by a person"),
}
STATES = {
    State.NUMBER: Bilingual(zh="数字", en="number"),
    State.BLANK: Bilingual(zh="空白", en="blank"),
    State.MARK: Bilingual(zh="符号", en="mark"),
    State.UNREAD: Bilingual(zh="无法读取", en="can't be read"),
    State.ABSENT: Bilingual(zh="页面上没有", en="not on the page"),
}
VERDICTS = {
    Verdict.VERIFIED: Bilingual(zh="通过", en="verified"),
    Verdict.SOURCE_ERROR: Bilingual(zh="页面自身有误", en="the page contradicts itself"),
    Verdict.NEEDS_REVIEW: Bilingual(zh="需人工核对", en="needs review"),
}
BASES = {
    Basis.LABELS: Bilingual(zh="行列标题", en="labels"),
    Basis.ORDER: Bilingual(zh="顺序", en="order"),
    Basis.CONVENTION: Bilingual(zh="表样的列序", en="the form's order of columns"),
    Basis.SUMS: Bilingual(zh="合计关系", en="sums"),
    Basis.READERS: Bilingual(zh="模型的回答", en="a model's answer"),
    Basis.PROPOSAL: Bilingual(zh="未能确定", en="nothing, a proposal"),
}
CAUSES = {
    Cause.SOURCE_ERROR: Bilingual(zh="页面自身有误", en="the page contradicts itself"),
    Cause.NOT_STATED: Bilingual(zh="页面没有写明", en="the page doesn't state it"),
    Cause.UNRESOLVED: Bilingual(zh="未能判明", en="not known"),
}
FAILURE_KINDS: dict[str, Bilingual] = {
    "no_report": Bilingual(zh="没有报告", en="no report"),
    "unknown_format": Bilingual(zh="格式未知", en="unknown format"),
    "unreadable": Bilingual(zh="无法读取", en="can't be read"),
    "too_large": Bilingual(zh="过大", en="too large"),
    "missing_program": Bilingual(zh="缺少程序", en="a program is missing"),
    "too_slow": Bilingual(zh="超时", en="too slow"),
    "too_much_memory": Bilingual(zh="内存超限", en="too much memory"),
    "crashed": Bilingual(zh="进程崩溃", en="crashed"),
    "bug": Bilingual(zh="程序错误", en="a fault of gongkai"),
}
COPY_KINDS: dict[str, Bilingual] = {
    "bytes": Bilingual(zh="同一文件", en="the same file"),
    "text": Bilingual(zh="文字相同", en="the same text"),
    "figures": Bilingual(zh="数字相同", en="the same figures"),
    "version": Bilingual(zh="同机关同年度，数字不同", en="the same organ and year, other figures"),
}
ORGAN_LEVELS: dict[str, Bilingual] = {
    "ministry": Bilingual(zh="部委", en="ministry"),
    "province": Bilingual(zh="省级", en="province"),
    "city": Bilingual(zh="市级", en="city"),
    "county": Bilingual(zh="县级", en="county"),
    "township": Bilingual(zh="乡级", en="township"),
    "department": Bilingual(zh="部门", en="department"),
    "other": Bilingual(zh="其他", en="other"),
}

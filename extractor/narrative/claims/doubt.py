"""Where a list of parts that exceeds its whole may be right: it ended before, overlaps, or has another whole.

A false alarm costs more than a contradiction that isn't found: what can be read so that it holds is read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from extractor.narrative.claims.changes import is_difference, repeats
from extractor.narrative.claims.mentions import Mention, later
from extractor.narrative.claims.shares import Shares

RESIDUAL = re.compile(
    r"^、?(?:以及|和|及|通过)?(?:其他|其余|剩余|剩下|余下)(?!处理|结果)|等?其他(?:方式|渠道|途径|形式|类型|类|方面|平台|栏目|情况)"
)
# 其余6个镇1,004条; what each of the others has is no rest.
_REST_OF_SOME = re.compile(r"[,、;](?:其余|其他|剩余|余下)的?\d{1,4}[个家名人所][^,;、()\d各均都]{0,10}$")
# One item may go out on several of these, and be explained, attended, adopted or asked for more than once.
_OVERLAPPING = re.compile(
    r"一审|二审|网站|微信|微博|公众号|新媒体|公报|报[纸刊]|广播|电视|公[示开]栏|客户端|抖音|电子屏|平台|渠道|政府网"
    r"|解读|图解|动漫|视频|出席|参[加与]|列席|邀请|涉及|采用|录用|刊[登发播]|转载|当场|即办|一次办|网办|通办|就近|党员|女(?:性|干部|同志|职工)|少数民族|学历|职称|岁以[上下]"
)
# 优秀10家,良好及以上30家: grades that hold the better ones; 5万元以上 beside 5万元以下 holds none of these.
_HOLDS_OTHERS, _STEP = (
    re.compile(r"以上|[及含]以下|以内|之内|优良"),
    re.compile(r"以[下外]|不足|[\d一二三四五六七八九十][至到~—-][\d一二三四五六七八九十]"),
)
# Parts that are miscounted exceed their whole by less than this part of it, or they overlap.
_MISCOUNTED = 20
_MARK = re.compile("[,;、]")
_OF_ALL_BEFORE = re.compile(";其中")
# What begins a statement about the whole, behind a list of its parts: …、信函3件，均按时答复8件.
_DONE = re.compile(
    r"[为是,;、]?(?:已|均|并|全部|按[时期]|依法|及时|公开|实际|当年|本年度?|年内)*(?:答复|办结|办理|回复|反馈|审结|整改|结案|提起|新增|另)"
)
_SAID_TO_OVERLAP = re.compile(
    r"交叉|重叠|合并(?:公开|发布|刊[登发]|编发|举办|召开)|并处|分别计入|含前者|重复(?!申请)|兼(?!职)|均(?:参加|参与|发布)|同[时步]|两[项类者种]均|既[^,;]{1,10}又|先[^,;]{1,8}后[^,;]{1,8}|共有(?=[,;)]|$)|按[1一][次件条](?:统计|计算|计)"
    r"|之和(?:大于|超过|多于|高于|不等于)|多选|(?:部分|有的|个别|同一)[^,;]{0,10}(?:涉及|含|属)[^,;]{0,4}[两二多几]|同一[^,;]{0,12}(?:通过|以|采[取用])[^,;]{0,3}[两二多几]"
)
# What says that each is counted once.
_SAID_TO_BE_APART = re.compile(
    r"每[场次件条期项个篇份][^,;]{0,4}?(?:均|都|只|仅)(?:由|有|在|归|属)[一1单同]|(?:互不|不|[无没]有?)(?:存在)?(?:重复|交叉|重叠)(?:计算|统计|计入|计数)?|[只仅](?:统计|计算|计入|计)一次"
)
_SENTENCE_END, _FURTHEST = re.compile(r"[。!?\n]|$"), 60
_LAST_YEAR = re.compile(r"[上去]一?年(?!度?结转)|同期")
# What has one form, and the forms.
_THINGS = re.compile(r"解读(?:材料|产品|稿件?|作品|文章)")
_FORMS = tuple(
    re.compile(form) for form in ("文字|文稿|文本", "图[片解文表]|图示|长图|漫画", "视频|音频|动[漫画]|短片")
)
# Accounts are counted once each, whatever they are on.
_ACCOUNTS = re.compile(r"新媒体|账号|公众号|平台")
# So are those who follow them, as far as anybody knows.
_FOLLOWERS = re.compile(r"粉丝|订阅|关注(?:用户|人数|量)")
# What is seen on one of them is counted there.
_VIEWS = re.compile(r"播放|[阅浏][读览]|点击|访问")
# What is spent on one thing isn't on another.
_MONEY = frozenset({"元", "万元", "亿元"})
_SEVERAL_YEARS = re.compile(r"20\d\d年?[至到、—~-]|[近前][二两三四五]?年|历年")
_THIS_YEAR = re.compile("今年|本年(?!度)")
_REACHED = re.compile("(?:增|减|升|降|提|涨|落|扩|压|缩)[\u4e00-\u9fff]{0,3}[至到为]$")
_EXCEPT = re.compile(r"不含|不包[括含]|除外")
_SUM = re.compile(r"共|总")
# What is neither the one nor the other is left: 其中主要负责人出席9场,其余15场.
_REST = re.compile(r"[,、;]?(?:其余|剩余|剩下|余下)")
_ONE_AND_REST, _SEVERAL = 2, 2
_CARRIED_IN = re.compile(r"(?:[上去]一?年度?|往年)结转|结转(?:上|去)一?年")
_CARRIED_ON = re.compile(r"(?:结转|顺延|转|留待)[至到入]?(?:下|次|20\d\d年)|[尚仍]未|在[办审]")
_COORDINATED = re.compile(r"、|[和及与]|[^,;:()]{1,8}(?:、|[和及与])$")
# No body has persons among it.
_BODIES, _PERSONS = re.compile(r"法人|企业|(?<!自然人和)组织(?!开展)"), re.compile(r"自然人|公民")
_FIRST_FEW = re.compile(r"居前|靠前|前[三四五六十\d]|排名|较多|最多|主要|集中")
_EACH_OF = re.compile("每(?!年)")
# 净增28件,其中新入库76件、清理出库48件: these make it up, but are no parts of it.
_NET = re.compile("净[增减](?:加|少)?了?$")
# 减少6项,其中取消18项、新增12项
_CHANGED, _MOVED = (
    re.compile("(?:增加|减少)了?$"),
    re.compile("新增|新[设建制]|取消|撤销|注销|废止|下放|承接|清理"),
)
_EXTREME = re.compile(r"最[长短高低多少快慢大小早]|平均|[日周月年季人户场期篇家次件点处校村镇站班队条亩办]均")
# 亩均90元,其中300元以下的小户占六成: what names a class by its bound counts nothing.
_NAMES_CLASS = re.compile("以[上下内][的\u4e00-\u9fff]")
# What leaves nothing out.
ONE_BY_ONE = frozenset({"逐件", "逐项", "逐条", "逐份", "逐家"})
EACH_IN_TURN = frozenset({"分别", "依次", "即", "构成", "组成", "具体", *ONE_BY_ONE})
_VERBS = re.compile(r"[为有达到约近了的,:]")
_DEEDS = frozenset({"次", "人次", "场次", "家次", "户次", "人"})
_TIME = frozenset({"天", "小时", "个小时", "分钟", "工作日", "个工作日"})
_APPLICANTS_AND_CHANNELS = frozenset({"applicant", "channel"})


def may_have_parts(count: Mention, first: Mention) -> bool:
    """Whether a count can be the whole of a list behind it: one of last year or an average can't.

    Args:
        count: the count.
        first: the first part.
    """
    is_of_last_year = _LAST_YEAR.search(count.lead) is not None or count.behind.startswith("相比")
    if is_of_last_year and not _LAST_YEAR.search(first.lead):
        return False
    if _PERSONS.search(first.lead) and _BODIES.search(count.lead) and not _PERSONS.search(count.lead):
        return False
    if any(words.search(count.lead) for words in (_EACH_OF, _NET)):
        return False
    if _NAMES_CLASS.match(first.behind):
        return False
    if _CHANGED.search(count.lead) and _MOVED.search(first.lead):
        return False
    if count.unit in _TIME or _EXTREME.search(count.lead) or _EXTREME.search(first.lead):
        return False
    return is_difference(count) is is_difference(first)


def is_of_something_else(gap: str, trigger: str) -> bool:
    """Whether the words before a list say that it is of other years, or of more than its whole.

    Args:
        gap: the text between the whole and the first part.
        trigger: the word in it that announces parts.
    """
    # 复议10件，诉讼6件，去年分别为8件和6件 · 上年复议14件、诉讼9件,今年分别降至10件和6件
    is_of_years = any(words.search(gap) for words in (_SEVERAL_YEARS, _LAST_YEAR, _THIS_YEAR, _REACHED))
    return _EXCEPT.search(gap) is not None or (trigger in EACH_IN_TURN and is_of_years)


def is_sibling(whole: Mention, total: int | Decimal) -> bool:
    """Whether a count may be one of the list behind it, which nothing announces, and which doesn't fit it.

    公告350条，动态200条，其他160条 list three kinds.

    Args:
        whole: the count.
        total: of the list.
    """
    return total != whole.quantity.value and _SUM.search(whole.lead) is None


def is_exhaustive(gap: str, trigger: str) -> bool:
    """Whether the words before a list say that it leaves nothing out: 分别, but not 居前三位的分别为.

    Args:
        gap: the text between the whole and the first part.
        trigger: the word in it that announces parts.
    """
    return trigger in EACH_IN_TURN and _FIRST_FEW.search(gap) is None


def fitting(shares: Shares, whole: Mention, parts: Sequence[Mention]) -> Sequence[Mention]:
    """The parts up to where another statement may begin, if all of them exceed the whole.

    Args:
        shares: of the counts.
        whole: what the parts were listed behind.
        parts: at least one.
    """
    limit = whole.quantity.value
    sums = list(accumulate(part.quantity.value for part in parts))
    if sums[-1] <= limit:
        return parts
    # A rest belongs to the list that it ends, unless the list was complete before it.
    has_rest = is_rest(parts[-1])
    for number, total in enumerate(sums[:-1], 1):
        if total > limit:
            break
        is_full = total == limit
        # 88件,其中…6件,行政复议97件,其中…10件: what has parts of its own is none of these.
        if "其中" in parts[number].following and parts[number].quantity.value > limit:
            return parts[:number]
        if has_rest:
            is_end = is_full and _states_of_whole(parts, number)
        else:
            is_end = (
                _states_of_whole(parts, number)
                or _begins_list(parts, number)
                or (is_full and _is_complete(shares, parts, number))
            )
        if is_end:
            return parts[:number]
    return _heads(parts, limit) or parts


def is_rest(part: Mention) -> bool:
    """Whether a part of a list is all that the others leave of their whole.

    Args:
        part: the last of them.
    """
    return any(words.search(text) for words, text in ((RESIDUAL, part.lead), (_REST_OF_SOME, part.before)))


def begins_answer(part: Mention, first: Mention) -> bool:
    """Whether what stands behind a semicolon states what was done: 其中自然人39件；当年办结42件.

    Args:
        part: what may be the next of a list.
        first: of the list.
    """
    return part.gap[:1] == ";" and _DONE.match(part.lead) is not None and _DONE.match(first.lead) is None


def _states_of_whole(parts: Sequence[Mention], number: int) -> bool:
    """Whether the next of some parts states what was done with the whole: …、信函3件，均按时答复8件."""
    return _DONE.match(parts[0].lead) is None and _DONE.match(parts[number].lead) is not None


def _mark_before(part: Mention) -> str:
    """The first mark between a count and that before it, behind which a name may stand: 1件未审结；复议10件.

    Args:
        part: the count.

    Returns:
        Empty if none does.
    """
    mark = _MARK.search(part.gap)
    return "" if mark is None else mark[0]


def _begins_list(parts: Sequence[Mention], number: int) -> bool:
    """Whether a semicolon before the next part tells it from those before it, which other marks part."""
    return _mark_before(parts[number]) == ";" != _mark_before(parts[1])


def _is_complete(shares: Shares, parts: Sequence[Mention], number: int) -> bool:
    """Whether parts that make up the whole can end here: several, and the next has no share as they do."""
    have_shares = parts[number].index in shares and parts[0].index in shares
    return number > 1 and _mark_before(parts[number]) in (",", ";") and not have_shares


def _heads(parts: Sequence[Mention], limit: int | Decimal) -> Sequence[Mention]:
    """The first of each list that a semicolon begins, if these make up the whole.

    直接起诉6件，维持4件，未审结2件；复议后起诉2件，维持2件: each has parts of its own.
    """
    heads = [parts[0], *(part for part in parts[1:] if part.gap[:1] == ";")]
    return heads if len(heads) > 1 and sum(part.quantity.value for part in heads) == limit else ()


def summed_up(whole: Mention, parts: Sequence[Mention], name: str) -> Sequence[Mention]:
    """The parts that a sum is of: 召开会议20次，督查4次、检查6次，共计10次 sums up the last two.

    Args:
        whole: the sum.
        parts: all that stands before it in its sentence.
        name: what it says that it is the sum of; mostly nothing.

    Returns:
        The parts; none if the words name something else, and the figures don't say otherwise.
    """
    value = whole.quantity.value
    for number in range(len(parts) - 1):
        if number and parts[number].gap[:1] == "、":
            # 督办件9件、群众来信17件、来访6件,总计23件: nothing says where else the list begins.
            continue
        if sum(part.quantity.value for part in parts[number:]) == value:
            return parts[number:]
    own = _VERBS.sub("", name)
    is_named = len(own) > 1 and not repeats(own, "".join(part.lead + part.behind for part in parts))
    return () if is_named or _is_mixed(parts) else parts


def _is_mixed(parts: Sequence[Mention]) -> bool:
    """Whether semicolons part statements that hold lists of their own."""
    marks = {part.gap[:1] for part in parts[1:]}
    return ";" in marks and len(marks) > 1


def overlaps(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts may exceed their whole, as one item may be several of them.

    Args:
        whole: of them.
        parts: of the whole.
    """
    names = [part.lead + part.behind for part in parts]
    if _are_cumulative(parts):
        return True
    if _is_counted_once(whole) or _are_told_apart(whole, parts, names):
        return False
    are_few = sum(bool(_OVERLAPPING.search(name)) for name in names) * 2 <= len(names)
    if are_few or _SAID_TO_BE_APART.search(parts[-1].following):
        return False
    if len(parts) == _ONE_AND_REST and _REST.match(parts[-1].lead):
        return False
    limit = whole.quantity.value
    excess = sum(part.quantity.value for part in parts) - limit
    if excess <= 0:
        return True
    return excess * _MISCOUNTED > limit or any(part.quantity.value >= limit for part in parts)


def _are_told_apart(whole: Mention, parts: Sequence[Mention], names: Sequence[str]) -> bool:
    """Whether nothing can be several of some parts: forms, men and women, or one that is more than all."""
    are_sexes = all(any(word in name for name in names) for word in "男女")
    return are_sexes or _are_of_one_form(whole, parts) or any(_exceeds(whole, part) for part in parts)


def _are_of_one_form(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether what is counted are things that have one form each, and the parts are forms.

    解读材料96篇 are texts, pictures or films; what is explained, 解读文件37件, may be so in several forms.
    """
    if not _THINGS.search(whole.lead + whole.behind) or any(
        part.quantity.value >= whole.quantity.value for part in parts
    ):
        return False
    names = [part.lead + part.behind for part in parts]
    forms = [next((place for place, form in enumerate(_FORMS) if form.search(name)), None) for name in names]
    return None not in forms and len(set(forms)) == len(forms)


def _exceeds(whole: Mention, part: Mention) -> bool:
    """Whether a part alone is more than its whole, of what is no deed: 发布会8场,其中领导出席12场."""
    unit = part.quantity.unit
    is_of_same = unit == whole.quantity.unit and unit not in _DEEDS and unit not in _TIME
    return is_of_same and part.quantity.value > whole.quantity.value


def _is_counted_once(whole: Mention) -> bool:
    """Whether nothing that is counted can be several of its parts: money, accounts, followers, views."""
    is_of_accounts = whole.unit == "个" and _ACCOUNTS.search(whole.lead) is not None
    is_told_once = any(words.search(whole.lead) for words in (_FOLLOWERS, _VIEWS))
    return whole.unit in _MONEY or is_of_accounts or is_told_once


def _are_cumulative(parts: Sequence[Mention]) -> bool:
    """Whether a part holds others by its words: 优秀10家,良好及以上30家."""
    holds = any(_HOLDS_OTHERS.search(part.lead + part.behind) for part in parts)
    return holds and not any(_STEP.search(part.gap) or _REST.match(part.gap) for part in parts)


def says_overlap(text: str, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the words around a list say that one thing may be several of its parts: 两者有交叉, 兼具.

    Args:
        text: the stretch of text, folded.
        whole: of the parts.
        parts: of the whole.
    """
    last = parts[-1].quantity.after
    end = _SENTENCE_END.search(text, last, last + _FURTHEST)
    return _says_overlap(text[whole.quantity.after : end.start() if end else last])


def overlap_is_told(mentions: Sequence[Mention], whole: Mention) -> bool:
    """Whether the words behind a whole in its sentence say that one thing may be several of its parts.

    Args:
        mentions: of a stretch of text, in order.
        whole: the whole.
    """
    last = [whole, *later(mentions, whole)][-1]
    counted = f"{last.quantity.value}{last.quantity.unit}"
    return _says_overlap(last.before[len(whole.before) :] + counted + last.following)


def _says_overlap(words: str) -> bool:
    return _SAID_TO_OVERLAP.search(_SAID_TO_BE_APART.sub("", words)) is not None


def whole_above(wholes: Sequence[Mention], total: int | Decimal, tags: frozenset[str]) -> Mention | None:
    """What a list that exceeds the count right before it may be of; None if nothing else is likely.

    收到申请100件，办结98件，其中自然人申请99件 speaks of what was received.

    Args:
        wholes: the counts before it, the nearest first.
        total: of the parts.
        tags: what the parts are: ``applicant``, ``channel``; empty if that isn't known.
    """
    # What is carried on has no outcome yet.
    is_of_carried = "outcome" in tags and _CARRIED_ON.search(wholes[0].lead) is not None
    is_of_done = bool(tags & _APPLICANTS_AND_CHANNELS) and _DONE.search(wholes[0].lead) is not None
    if not is_of_carried and not is_of_done:
        return None
    return next(
        (one for one in wholes[1:] if one.sentence == wholes[0].sentence and one.quantity.value >= total),
        None,
    )


def _is_of_all_before(beside: Sequence[Mention], first: Mention) -> bool:
    """Whether a list is of all counts before it: 自然人100件，企业15件，其他5件；其中网上提交的80件."""
    is_of_all = _OF_ALL_BEFORE.search(first.gap) is not None
    return is_of_all and not any(_DONE.search(one.lead) for one in beside)


def is_of_both(wholes: Sequence[Mention], first: Mention, total: int | Decimal) -> bool:
    """Whether a list may be of the last counts before it: 建议85件、提案120件，其中主办75件、协办130件.

    What was received and what was carried in is handled together.

    Args:
        wholes: the counts before it, the nearest first.
        first: of the list.
        total: of the parts.
    """
    beside = [one for one in wholes if one.sentence == wholes[0].sentence]
    if len(beside) < _SEVERAL:
        return False
    if _is_of_all_before(beside, first):
        return True
    both = wholes[0].quantity.value + wholes[1].quantity.value
    is_handled = any(_CARRIED_IN.search(one.lead) for one in wholes[:2])
    if total == both or (total < both and is_handled):
        return True
    is_beside = [
        one.sentence == wholes[0].sentence and _COORDINATED.match(one.gap) is not None for one in wholes
    ]
    listed = wholes[: [*is_beside, False].index(False) + 1]
    return len(listed) > 1 and total <= sum(one.quantity.value for one in listed)

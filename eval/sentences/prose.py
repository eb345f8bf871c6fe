"""Ordinary prose of reports: set phrases, dates, document numbers, ordinals, and no arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from eval.sentences.writing import Sentences, Writer, joined

# [件] is a count with its unit, <100|%> a number that may be read or left; {one} is one of the words below.
_FILLERS: dict[str, tuple[str, ...]] = {
    "organ": (
        "区政府办公室",
        "市大数据局",
        "县财政局",
        "某某街道办事处",
        "市科委",
        "区人民政府",
        "镇政府",
        "我局",
        "各部门",
    ),
    "field": (
        "财政预决算",
        "社会救助",
        "义务教育",
        "食品药品监管",
        "重大建设项目",
        "公共资源配置",
        "生态环境",
        "养老服务",
        "稳岗就业",
        "乡村振兴",
    ),
    "law": (
        "《中华人民共和国政府信息公开条例》（国务院令第711号）",
        "《条例》第二十条第（一）项",
        "《条例》第十九条、第二十条",
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "国办公开办函〔2021〕30号",
        "鲁政办发〔2023〕8号",
        "《法治政府建设实施纲要（2021—2025年）》",
    ),
    "phrase": (
        "三审三校",
        "一网通办",
        "五公开",
        "两书一函",
        "一事一议",
        "双随机、一公开",
        "最多跑一次",
        "一件事一次办",
        "应公开、尽公开",
        "一图读懂",
        "三级联动",
        "首问负责",
        "“1+N”",
        "“一对一”",
        "7×24小时不打烊",
        "四个意识",
        "两个维护",
    ),
    "date": (
        "2023年1月1日",
        "2023年12月31日",
        "2024年1月20日",
        "11月中旬",
        "9月底",
        "2023年上半年",
        "第三季度",
        "2022年以来",
        "“十四五”期间",
    ),
    "thought": (
        "习近平新时代中国特色社会主义思想",
        "党的二十大精神",
        "党的二十届三中全会精神",
        "新发展理念",
        "以人民为中心的发展思想",
    ),
    "verb": (
        "持续深化",
        "不断完善",
        "进一步规范",
        "统筹推进",
        "扎实做好",
        "着力提升",
        "切实加强",
    ),
    "work": (
        "政务公开工作",
        "依申请公开办理",
        "政府信息管理",
        "政务新媒体建设",
        "政策解读",
        "基层政务公开标准化规范化",
        "信息发布审核",
        "监督保障",
    ),
    "lack": (
        "公开内容不够全面",
        "解读形式较为单一",
        "工作人员业务能力有待提高",
        "个别单位更新不及时",
        "栏目设置不够科学",
        "人员流动较大",
        "主动公开意识不强",
    ),
    "means": (
        "加强业务培训",
        "完善工作机制",
        "优化栏目设置",
        "拓宽公开渠道",
        "丰富解读形式",
        "强化督促检查",
        "严格考核问责",
    ),
    "channel": (
        "政府门户网站",
        "微信公众号",
        "政府公报",
        "政务服务大厅",
        "新闻发布会",
        "12345政务服务便民热线",
        "公共图书馆、档案馆",
    ),
    "ordinal": (
        "一是",
        "二是",
        "三是",
        "四是",
        "1.",
        "2.",
        "3．",
        "（一）",
        "（二）",
        "（3）",
        "第一，",
        "其一，",
        "①",
    ),
}
_TEMPLATES = (
    "{date}，{organ}以{thought}为指导，{verb}{work}，较好完成了各项任务。",
    "{organ}严格按照{law}要求，{verb}{work}，有关情况如下。",
    "{ordinal}{verb}{work}。落实“{phrase}”要求，围绕{field}领域，{means}。",
    "{ordinal}{means}，{means}，推动{field}领域信息公开走深走实。",
    "本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
    "如有疑问，请与{organ}联系（地址：某某路1{n}号；邮编：2760{nn}；电话：0539-82466{nn}；邮箱：zwgk{nn}@example.cn）。",
    "存在的主要问题：一是{lack}；二是{lack}；三是{lack}。",
    "虽然取得一些成效，但仍存在{lack}、{lack}等问题。",
    "下一步，{organ}将{means}，{means}，{verb}{work}。",
    "根据{law}规定，{organ}全年未收取信息处理费。",
    "{organ}无行政复议、行政诉讼情况，未收到结转申请。",
    "{date}起，通过{channel}公开{field}信息，确保“{phrase}”落到实处。",
    "《关于{verb}{work}的通知》（某政办发〔2023〕{nn}号）自{date}起施行，有效期5年。",
    "严格执行“{phrase}”制度，做到先审后发、一稿三审，杜绝表述错误。",
    "对照2023年政务公开工作要点第{n}条、第1{n}项，逐一梳理{field}信息。",
    "建立主要领导亲自抓、分管领导具体抓、一级抓一级的{work}格局。",
    "调整充实政务公开领导小组，明确<一|名>分管领导、一名联络员，形成一盘棋。",
    "{organ}对{field}等重点领域信息实行动态管理，每季度更新一次，第一时间回应关切。",
    "积极打造“一平台、两中心、多渠道”公开体系，构建<15|分钟>政务服务圈。",
    "全年召开{work}专题会议[次]，印发通报[期]，{means}。",
    "通过{channel}发布{field}信息[条]，{lack}的问题得到改善。",
    "{organ}举办{work}培训班[期]，培训[人次]，覆盖各街道（镇）。",
    "开展“政府开放日”活动[场]，邀请群众代表[余名]走进政府。",
    "制作图解、视频、H5等多种形式解读材料[件]，在{channel}集中展示。",
    "政务服务大厅设置政府信息公开专区[处]，配备查询机[台]，安排工作人员[名]。",
    "{organ}全年办理人大代表建议[件]、政协委员提案[件]，全部按期办结。",
    "关停整合政务新媒体账号[个]，保留运行[个]，实行清单管理。",
    "在全市2023年度政务公开考核中，{organ}排名第{n}位，较上年前进[位]。",
    "2022年共公开信息[条]，2023年共公开信息[条]，公开力度不断加大。",
    "{organ}受理信访事项[件]，办理12345热线工单[件]，回复网民留言[条]。",
    "区政务服务中心入驻部门[个]，开设窗口[个]，可办理事项[项]。",
    "编制{field}基层政务公开事项标准目录，涉及一级事项[项]、二级事项[项]。",
    "行政机关负责人出庭应诉[次]，受理行政复议案件[件]，均与政府信息公开无关。",
    "接受{field}咨询[次]，其中电话咨询较多，均当场答复。",
    "网站全年独立用户访问量达到[万次]，其中首页访问较为集中。",
    "{organ}门户网站开设{field}等专栏[个]，其中“{phrase}”专栏广受好评，全年更新信息[条]。",
    "全年发布信息[条]，其中{field}类信息占比最高。",
    "办理依申请公开事项，做到收件即办，<20|个工作日>内答复率<100|%>。",
    "申请人满意度达<98.6|%>，网站无障碍改造完成率<100|%>，位居全市前列。",
    "投入资金[万元]，完成网站适老化改造，较原计划提前[天]。",
    "{organ}认真落实“{phrase}”，制定《2023年{field}公开实施方案》，细化{n}大类<12|项>任务。",
    "在“我向总理说句话”网民建言活动中，收集意见建议，其中多数涉及{field}。",
    "{date}，{organ}网站第{n}次改版上线，新增“{field}”栏目，同比更加便民。",
    "占全区总数较大比例的{field}类信息，均已按照{law}公开。",
    "{organ}与上年相比{means}力度更大，{work}水平进一步提高。",
    "处理意见分别由{organ}、{organ}在<3|个工作日>内反馈。",
)
_SLOT = re.compile(r"\{(\w+)\}|\[(余?万?)([^\]]+)\]|<([^|]+)\|([^>]+)>|[^\[{<]+")
_PARAGRAPHS = 400


def paragraphs(seed: int) -> Iterator[Sentences]:
    """Paragraphs of one to five sentences, none the same."""
    random = Random(seed)  # noqa: S311 - nothing here is secret
    for _ in range(_PARAGRAPHS):
        yield joined([_sentence(random) for _ in range(random.randint(1, 5))], random.choice(["", "", "\n"]))


def _sentence(random: Random) -> Sentences:
    writer = Writer(random)
    for slot in _SLOT.finditer(random.choice(_TEMPLATES)):
        name, more, unit, optional, behind = slot.groups()
        if unit:
            _count(writer, more, unit)
        elif optional:
            writer.optional.add(len(writer.text))
            writer.say(optional, behind)
        elif name in ("n", "nn"):
            writer.say(str(random.randint(1, 9) if name == "n" else random.randint(10, 99)))
        else:
            writer.say(random.choice(_FILLERS[name]) if name else slot[0])
    return writer.done()


def _count(writer: Writer, more: str, unit: str) -> None:
    random = writer.random
    if more == "万":
        start = len(writer.text)
        printed = f"{random.randint(1, 90)}.{random.randint(1, 9)}"
        if unit == "元":
            writer.say(printed, "万元")
            writer.figure(start, printed, "万元", "exact", Decimal(printed))
        else:
            writer.say(printed, "万", unit)
            writer.figure(start, printed + "万", unit, "about", Decimal(printed) * 10**4)
    elif more == "余":
        writer.count(random.randint(1, 9) * 10, unit, approximation="at_least")
    else:
        writer.count(random.randint(1, 3000), unit)

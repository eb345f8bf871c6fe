"""What can be wrong with a reading, in words for the reader."""

from __future__ import annotations

from extractor.layout.reading import Doubt
from rules.words import Bilingual

DEFECTS: dict[str, Bilingual] = {
    "missing-table": Bilingual(zh="页面中未找到“{name}”表。", en="The table “{name}” is not on the page."),
    "missing-row": Bilingual(zh="页面中未找到“{name}”一行。", en="The row “{name}” is not on the page."),
    "missing-column": Bilingual(
        zh="页面中未找到“{name}”一栏。", en="The column “{name}” is not on the page."
    ),
    "disputed": Bilingual(zh="“{name}”一行待核：{reason}。", en="The row “{name}” needs review: {reason}."),
    "unreadable": Bilingual(
        zh="“{name}”印作“{printed}”，不是该表格所要求的数字。",
        en="“{name}” is printed as “{printed}”, which is no number of the kind the form asks for.",
    ),
    "unread": Bilingual(
        zh="“{name}”等 {count} 格中是{what}，无法读取，不按空白处理。请对照页面填写或核对。",
        en="{count} cells, “{name}” the first of them, hold {what}, which can't be read and is no blank; "
        "look at the page.",
    ),
    "empty-table": Bilingual(
        zh="“{name}”表中没有任何数字。", en="The table “{name}” holds no number at all."
    ),
    "no-table": Bilingual(
        zh="文件像是年度报告，但没有找到统计表。请检查表格是否为图片，或在转换时丢失。",
        en="This looks like an annual report without a table; check whether its tables are pictures, "
        "or were lost when it was converted.",
    ),
    "unknown-form": Bilingual(
        zh="统计表不符合任何已知表样（{nearest}）："
        "{count} 张表按其自身的行列读取，数字另行保留，不作证实。可用 gongkai form draft 起草表样。",
        en="The statistics follow no known form ({nearest}): {count} of their tables are read by their own "
        "rows and columns, kept apart, and not confirmed. gongkai form draft drafts a form of them.",
    ),
    "stated-sum": Bilingual(
        zh="“{name}”印作 {printed}，其各部分之和为 {sum}；同样的合计在别处成立，请核对。",
        en="“{name}” is printed as {printed}, its parts sum to {sum}; the same sum holds elsewhere: "
        "have a look.",
    ),
    "local-rows": Bilingual(
        zh="表内有规定格式之外的行“{name}”，其数字另行保留，不参与核对。",
        en="The table has a row that the form hasn't, “{name}”; its figures are kept apart, and not checked.",
    ),
    "stray-figures": Bilingual(
        zh="表内有不属于任何规定行的数字：{printed}。",
        en="Figures in the table that belong to no row of the form: {printed}.",
    ),
    "other-edition": Bilingual(
        zh="“{name}”表有部分内容采用 {edition} 年的表样。",
        en="Part of the table “{name}” follows the form of {edition}.",
    ),
    "by-convention": Bilingual(
        zh="“{name}”表的表头缺失，各栏按规定格式的顺序读取，勾稽关系与之相符，但不作证实。",
        en="The header of the table “{name}” is lost; its columns are taken in the form's own order, which "
        "the sums bear out, and are not confirmed.",
    ),
    "by-sums": Bilingual(
        zh="“{name}”表有部分数字仅凭顺序或个数归入各行各栏，勾稽关系与之相符，但不作证实。",
        en="Figures of the table “{name}” are placed by their order or number alone; the sums bear them out, "
        "and they are not confirmed.",
    ),
    "several-reports": Bilingual(
        zh="文件中有 {count} 份报告，以下是第 {number} 份。",
        en="The file holds {count} reports; this is the beginning of number {number}.",
    ),
    "printed-twice": Bilingual(
        zh="同样的数字在文件中出现不止一次，只读取一份。",
        en="The same figures stand in the file more than once; they are read once.",
    ),
    "lost-figures": Bilingual(
        zh="转换时丢失了 {count} 个数字（{printed}）。请用 Word 或 WPS 打开原文件，另存为 docx 后再读。",
        en="{count} figures of the file were lost when it was converted ({printed}); open it in Word or WPS, "
        "save it as docx, and read that.",
    ),
    "undecodable": Bilingual(
        zh="有 {count} 个字符无法按 {name} 解码。",
        en="{count} characters could not be decoded as {name}.",
    ),
    "rejected": Bilingual(
        zh="“{name}”读作“{printed}”，{by}认为有误。请找出页面上正确的数字，在查看页面中更正。",
        en="“{name}” is read as “{printed}”, and {by} says that is wrong; find the right figure, and correct "
        "it on the page to look at.",
    ),
    "decisions-void": Bilingual(
        zh="有 {count} 项人工决定已失效：其后文件有改动，或所读数字已不同。请重新查看。",
        en="{count} decisions of people are void: the file has changed since, or is read otherwise; "
        "look again.",
    ),
    "guessed": Bilingual(
        zh="“{name}”在图像中似为“{printed}”，但不能确认，请查看原件。",
        en="“{name}” seems to be “{printed}” in the picture, which is no more than a guess; look at it.",
    ),
    "recognised": Bilingual(
        zh="{count} 个数字由图像识别（OCR）得出，可能有误认；须两次识别一致且有一条勾稽关系成立，"
        "或有两条成立且其中其他数字两次识别都一致，才算证实。",
        en="{count} figures were recognised from pictures (OCR) and may be misread; it takes two "
        "readers that agree and a balance to confirm one, or two balances if they agree on all others.",
    ),
    "pictures-unread": Bilingual(
        zh="缺少表格，文件中有 {count} 张图片未能识别，表格可能在图片中。请安装 OCR 组件（在源码目录中运行 "
        "pip install '.[ocr]'，或以 'gongkai-VERSION-py3-none-any.whl[ocr]' 重新安装 wheel）；"
        "如已安装，请把图片另存后单独给出。",
        en="A table is missing, and {count} pictures in the file, which may show it, were not read; install "
        "the OCR (pip install '.[ocr]' in the clone, or the wheel again as "
        "'gongkai-VERSION-py3-none-any.whl[ocr]'), or, if that is installed, save and name the pictures.",
    ),
    "pictures-elsewhere": Bilingual(
        zh="缺少表格，页面所示的 {count} 张图片不在文件中，本程序不会去下载。若表格在图片中，请另存图片后"
        "给出。",
        en="A table is missing, and {count} pictures that the page shows aren't in the file, nor are they "
        "fetched; if they show the table, save them and name them.",
    ),
    "carried-content": Bilingual(
        zh="网页本身未显示报告，本报告取自网页中的 {element}，浏览器运行脚本后才会显示；请与浏览器所示核对。",
        en="The page itself shows no report; this one was taken from a {element} in it, which a browser "
        "shows only once the page's script has run: compare it with what the browser shows.",
    ),
}
# What stands in cells that can't be read, by the first word of their remark.
UNREAD_KINDS: dict[str, Bilingual] = {
    "picture": Bilingual(zh="图片", en="a picture"),
    "control": Bilingual(zh="输入框等控件", en="a form control"),
    "generated": Bilingual(zh="样式表生成的内容", en="what a style sheet puts there"),
    "overlay": Bilingual(zh="另行定位的文字", en="text that is moved to another place"),
    "reversed": Bilingual(zh="从右向左排列的字符", en="characters that run from right to left"),
    "small": Bilingual(zh="大小不一的数字", en="digits of different sizes"),
    "struck": Bilingual(zh="划去的数字", en="a figure that is struck through"),
    "note": Bilingual(zh="仅为上标或下标的数字", en="a raised or lowered figure only"),
    "hidden": Bilingual(zh="与底色相同的数字", en="a figure in the colour of its background"),
}
UNREAD_OTHERWISE = Bilingual(zh="无法读取的对象", en="something")
# Those of them that are warnings.
SOFT_DEFECTS = frozenset(
    {
        "by-convention",
        "by-sums",
        "decisions-void",
        "recognised",
        "pictures-unread",
        "pictures-elsewhere",
        "carried-content",
        "local-rows",
        "stated-sum",
        "stray-figures",
        "other-edition",
        "undecodable",
        "several-reports",
        "printed-twice",
    }
)
REASONS: dict[Doubt, Bilingual] = {
    Doubt.LABEL_TWICE: Bilingual(zh="行标签重复或被其他行的标签顶替", en="a row label stands twice"),
    Doubt.OUT_OF_ORDER: Bilingual(zh="行的顺序与规定格式不符", en="it isn't where the form has it"),
    Doubt.TORN: Bilingual(zh="数字与行标签分离", en="its figures are torn from its label"),
    Doubt.SLOTS: Bilingual(zh="数字的个数与栏数不符", en="it doesn't have as many figures as columns"),
    Doubt.HEADER: Bilingual(zh="表头不完整或与规定格式不符", en="the header is incomplete or not the form's"),
    Doubt.ALTERNATIVES: Bilingual(
        zh="两种互斥的行同时出现", en="rows that exclude each other are both there"
    ),
    Doubt.VALUES_FIRST: Bilingual(zh="数字排在行标签之前", en="the figures stand before the labels"),
    Doubt.ORDINAL: Bilingual(zh="序号属于另一行", en="its ordinal is another row's"),
    Doubt.TWO_REPORTS: Bilingual(
        zh="文件中似有两份报告，请分开后再读", en="there seem to be two reports in the file; read them apart"
    ),
    Doubt.SIDE_BY_SIDE: Bilingual(
        zh="文件中似有两份报告左右并排，哪个数字属于哪一份未能确定，请分开后再读",
        en="two reports seem to stand side by side, and it isn't settled which figure is of which; "
        "read them apart",
    ),
    Doubt.COPIES_DIFFER: Bilingual(
        zh="该表在文件中出现两次，两处的数字不同",
        en="the table stands in the file twice, and the figures differ",
    ),
    Doubt.BARE_LABEL: Bilingual(
        zh="前面有另一行的标签没有数字，数字可能属于该行",
        en="another row's label without figures stands before it, and the figures may be that row's",
    ),
    Doubt.LABEL_IN_PIECES: Bilingual(zh="行标签本身断成几截", en="the label itself is in pieces"),
    Doubt.LABEL_LOST: Bilingual(
        zh="相邻行的标签不在页面上，数字可能属于该行",
        en="the label of a row beside it is not on the page, and the figures may be that row's",
    ),
    Doubt.BESIDE_STRAYS: Bilingual(
        zh="上一行或下一行有不属于任何规定行的数字，可能属于该行",
        en="figures of no row stand above or below it, and may be its own",
    ),
    Doubt.UNLABELLED: Bilingual(
        zh="该行的标签不在页面上，数字按行的顺序推得，仅供参考",
        en="its label is not on the page, and the figures are a proposal by the order of rows",
    ),
    Doubt.CHOSEN_BY_RULES: Bilingual(
        zh="位置由勾稽关系推得，仅供参考",
        en="its place was chosen because the rules then hold: a proposal only",
    ),
    Doubt.TWO_LABELS: Bilingual(
        zh="同一行前有两个行标签", en="the labels of two rows stand before the figures"
    ),
    Doubt.DISOWNED: Bilingual(
        zh="页面说明这些数字属于其他年度、时段或单位，或为示例、有误、作废",
        en="the page says that these are of another year, period, unit or office, an example, or wrong",
    ),
    Doubt.UNREAD: Bilingual(zh="模型未能读出", en="the model didn't read it"),
    Doubt.READERS_DIFFER: Bilingual(zh="两次读取的结果不一致", en="two readings of it differ"),
}
# Why cells without any doubt about their row are open.
SEVERAL_PLACEMENTS = Bilingual(
    zh="页面上的数字有几种归位方式，此处数字各不相同",
    en="the page admits several placements of its figures, which differ here",
)
# Why a row that two readers, its order or the number of its figures place is open nonetheless.
NOT_BORNE_OUT = Bilingual(
    zh="数字按顺序或个数归位，但没有勾稽关系可以印证",
    en="its figures are placed by their order or number, and no sums bear that out",
)
# Why a row is open that nothing else speaks against.
NOT_GROUNDED = Bilingual(
    zh="行名或栏名在页面上的写法与规定格式不符", en="its label or a column's isn't as the form has it"
)
# The same said of several rows or cells of a table, of which the first is named.
OF_SEVERAL: dict[str, Bilingual] = {
    "missing-row": Bilingual(
        zh="页面中未找到“{name}”等 {count} 行。",
        en="{count} rows, “{name}” the first of them, are not on the page.",
    ),
    "disputed": Bilingual(
        zh="“{name}”等 {count} 行待核：{reason}。",
        en="{count} rows, “{name}” the first of them, need review: {reason}.",
    ),
    "unreadable": Bilingual(
        zh="“{name}”等 {count} 格印作“{printed}”，不是该表格所要求的数字。",
        en="{count} cells, “{name}” the first of them, are printed as “{printed}”, which are no numbers of "
        "the kind the form asks for.",
    ),
    "guessed": Bilingual(
        zh="“{name}”等 {count} 格在图像中似为“{printed}”，但不能确认。",
        en="{count} cells, “{name}” the first of them, seem to be “{printed}” in the picture, which is no "
        "more than a guess.",
    ),
    "local-rows": Bilingual(
        zh="表内有规定格式之外的 {count} 行（“{name}”等），其数字另行保留，不参与核对。",
        en="The table has {count} rows that the form hasn't, “{name}” the first of them; their figures are "
        "kept apart, and not checked.",
    ),
    "stray-figures": Bilingual(
        zh="表内有 {count} 处不属于任何规定行的数字：{printed}。",
        en="Figures in {count} places of the table that belong to no row of the form: {printed}.",
    ),
}

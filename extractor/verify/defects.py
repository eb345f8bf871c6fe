"""What can be wrong with a reading besides violated rules, in words for the reader."""

from __future__ import annotations

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
    "empty-table": Bilingual(
        zh="“{name}”表中没有任何数字。", en="The table “{name}” holds no number at all."
    ),
    "no-table": Bilingual(
        zh="文件像是年度报告，但没有找到统计表。请检查表格是否为图片，或在转换时丢失。",
        en="This looks like an annual report without a table; check whether its tables are pictures, "
        "or were lost when it was converted.",
    ),
    "stray-figures": Bilingual(
        zh="表内有不属于任何规定行的数字：{printed}。",
        en="Figures in the table that belong to no row of the form: {printed}.",
    ),
    "other-edition": Bilingual(
        zh="“{name}”表有部分内容采用 {edition} 年的表样。",
        en="Part of the table “{name}” follows the form of {edition}.",
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
    "guessed": Bilingual(
        zh="“{name}”在图像中似为“{printed}”，但不能确认。",
        en="“{name}” seems to be “{printed}” in the picture, which is no more than a guess.",
    ),
    "recognised": Bilingual(
        zh="{count} 个数字由图像识别（OCR）得出，可能有误认，须有两条勾稽关系同时成立才算证实。",
        en="{count} figures were recognised from pictures (OCR) and may be misread; none is confirmed by "
        "fewer than two balances.",
    ),
    "pictures-unread": Bilingual(
        zh="缺少表格，文件中有 {count} 张图片未能识别，表格可能在图片中。请安装 OCR 组件（在源码目录中运行 "
        "pip install '.[ocr]'）；如已安装，请把图片另存后单独给出。",
        en="A table is missing, and {count} pictures in the file, which may show it, were not read; install "
        "the OCR (pip install '.[ocr]' in the clone), or, if that is installed, save and name the pictures.",
    ),
    "pictures-elsewhere": Bilingual(
        zh="缺少表格，页面所示的 {count} 张图片不在文件中，本程序不会去下载。若表格在图片中，请另存图片后"
        "给出。",
        en="A table is missing, and {count} pictures that the page shows aren't in the file, nor are they "
        "fetched; if they show the table, save them and name them.",
    ),
}
# Those that are warnings.
SOFT_DEFECTS = frozenset(
    {
        "recognised",
        "pictures-unread",
        "pictures-elsewhere",
        "stray-figures",
        "other-edition",
        "undecodable",
        "several-reports",
        "printed-twice",
    }
)

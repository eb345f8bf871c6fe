"""What the help of ``gongkai eval`` says in Chinese, as ``extractor.commands.chinese`` has it of the rest."""

from __future__ import annotations

from extractor.commands.speaking import ChineseWords

_KEPT = "已完成的都会保存，中断后用同一命令继续。"

WORDS = ChineseWords(
    commands={
        "gongkai eval": ("用标准答案评测：gongkai eval [run] 评测集… 读取并评分；其余各为一个命令。"),
        "gongkai eval run": (
            f"读取评测集中的报告，与标准答案比对评分。\n\n{_KEPT}\n"
            "退出码：0；有误的单元格被证实为 1；不能按要求运行为 2。"
        ),
        "gongkai eval adversary": (
            f"读取被改动了结构和外观的报告，说明由此造成的损失。\n\n{_KEPT}\n"
            "退出码：0；有误的单元格被证实为 1；不能按要求运行为 2。"
        ),
        "gongkai eval compare": (
            "逐格说明两次运行之间变好和变差之处。\n\n"
            "退出码：变差超出容许范围、有新的误证实、丢失了问题或正文数字、缺少报告为 1，否则为 0；"
            "不能读取为 2。"
        ),
        "gongkai eval models": (
            "只按版式和用各个模型分别读取评测集，逐格对照。\n\n"
            f"{_KEPT}文件夹中的 models.html 列出不同的单元格。\n"
            "退出码：0；有误的单元格被证实为 1；不能按要求运行为 2。"
        ),
        "gongkai eval report": "把一次运行写成一个 HTML 文件，或 Markdown。",
        "gongkai eval new": "起草一个案例，供人更正；在说明已核对之前，一律算作未核对。",
    },
    options={
        "cases, zoo, scans, zoo:LAYOUT, simulation or flattened.  [default: cases zoo]": (
            "cases、zoo、scans、zoo:版式、simulation 或 flattened。[默认：cases zoo]"
        ),
        "As of gongkai eval run.  [default: cases]": "同 gongkai eval run。[默认：cases]",
        "A model to ask, NAME or NAME@PROFILE; several are compared.": (
            "所用模型，写作 名称 或 名称@方式；给出多个则相互比较。"
        ),
        "How often to ask each model anew, for the variance.": "每个模型重新询问几次，以看其波动。",
        "The most reports of each layout.": "每种版式最多多少份报告。",
        "Of what is drawn at random.": "随机数的种子。",
        "How many at once.  [default: cores]": "同时进行的个数。[默认：处理器核数]",
        "The folder of the run.  [default: one of its own under .eval]": (
            "本次运行的文件夹。[默认：.eval 下各自的文件夹]"
        ),
        "As many reports as the figures in docs/results.md rest on.": (
            "报告份数与 docs/results.md 的数字所依据的相同。"
        ),
        "Read the usual way too: one nested schema, with sum validators.": (
            "同时用通常的做法读取：一个嵌套的 schema，带合计校验。"
        ),
        "How many documents.": "文件的份数。",
        "A mutation to choose from.  [default: all]": "只用这些改动。[默认：全部]",
        "Write this document and what it shows; read none.": "写出这一份文件及其内容，不读取。",
        "How many documents with wrong cells to name.": "列出多少份有误的文件。",
        "The folder of a run.": "一次运行的文件夹。",
        "The folder of another run.": "另一次运行的文件夹。",
        "By what share of all cells worse may outnumber better ones.": (
            "变差的可以比变好的多出多少，占全部单元格的比例。"
        ),
        "How many cells to name of each kind.": "每类列出多少个单元格。",
        "The file; Markdown if it ends in .md.  [default: RUN/report.html]": (
            "写入的文件；以 .md 结尾则为 Markdown。[默认：RUN/report.html]"
        ),
        "A real report.": "一份真实的报告。",
        "Of the case.  [default: that of the file]": "案例的名称。[默认：文件名]",
        "Take what people decided beside it as gold.": "以旁边保存的人工决定为标准答案。",
    },
)

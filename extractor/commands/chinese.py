"""What help and usage errors say in Chinese: one table, by what they say in English or by the command."""

from __future__ import annotations

#: What commands say of themselves, by their path.
COMMANDS = {
    "gongkai": "读取政府信息公开工作年度报告：每个数字或得到证明，或予以标出。",
    "gongkai extract": "读取一份报告，列出其数字。\n\n退出码：能读取即为 0，不论结论如何；不能读取为 2。",
    "gongkai check": (
        "检查报告，指出问题，每个有误的单元格或句子一行。\n\n"
        "每行为 文件:行:列、规则、问题。所有文件都会检查。\n"
        "退出码：所列问题中没有错误（加 --strict 时也没有提示）为 0，有则为 1；有文件不能读取或没有报告为 2。"
    ),
    "gongkai review": (
        "写出一个网页，报告与各数字并列，并说明每个数字由什么证明。\n\n"
        "给出文件夹时，写出一个列表（先看什么排在前面），各报告的网页在旁边的文件夹中。"
        "用 --serve 时在本机浏览器中打开，直到按 Ctrl-C 为止，在网页上作出的决定即时保存。\n"
        "退出码：报告都能读取为 0，不论结论如何；有一份不能读取为 2。"
    ),
    "gongkai panel": (
        "按年度列出全部报告的数量和比率，以及同一机关各年之间不衔接之处。\n\n"
        "退出码：都能读取为 0，不论发现什么；否则为 2。"
    ),
    "gongkai sum": (
        "把上级的表格与各单位表格之和逐格对照。\n\n"
        "退出码：各格都相等为 0；有不等的或缺少名单中的单位为 1；有不能读取的、无从相加的，"
        "或上级的页面称只统计其本机关为 2。"
    ),
    "gongkai rules": (
        "列出全部规则：表样的、正文的、与上年报告衔接的，以及读取的缺陷。\n\n"
        "每行为规则、名称、级别、表样年份、内容、依据。给出名称则显示该规则的说明：应当如何、为什么、错误和正确的示例、"
        "依据、如何关闭。"
    ),
    "gongkai batch": "把大量文件读入一个文件夹的表格：gongkai batch [run] 路径… -o 文件夹。",
    "gongkai batch run": (
        "读取大量文件；中断后可以继续，只读取新的或改动过的。\n\n"
        "退出码：所有文件都能读取为 0，不论结论如何；点名的文件没有报告，或有文件不能读取为 2；被中断为 130。"
    ),
    "gongkai batch merge": (
        "把 --shard 分出的各部分合并到一个结果文件夹。\n\n"
        "退出码：所有文件都能读取为 0，不论结论如何；点名的文件没有报告、有文件不能读取或缺少一部分为 2。"
    ),
    "gongkai form": "为没有表样可循的报告起草表样，查看表样，比较两个版本。",
    "gongkai form draft": (
        "由若干报告起草表样文件，供人更正。\n\n"
        "行和栏取自任何一份报告，并列出所见的不同写法；报告写明的合计，在若干处各自成立的成为规则，"
        "并注明有多少处、何处不成立。\n"
        "退出码：0；有报告不能读取或没有统计表为 2。"
    ),
    "gongkai form check": (
        "校验表样文件并以表格显示：每行一项，其后为规则。\n\n退出码：0；有误为 2，并指出所在行。"
    ),
    "gongkai form diff": (
        "比较表样的两个版本：新增、改名、删除的行和栏，修改的规则。\n\n"
        "退出码：没有差异为 0；有差异为 1；不能读取为 2。"
    ),
    "gongkai cache": "查看或清除保存的模型答复。",
    "gongkai cache path": "显示缓存文件夹，它可能还不存在。",
    "gongkai cache info": "显示答复保存在何处、有多少条、占多大空间。\n\n退出码：0；缓存不能读取为 2。",
    "gongkai cache clear": (
        "清除保存的全部答复，或已损坏的缓存。\n\n退出码：已清除为 0；回答“否”为 1；不能清除或无人可问为 2。"
    ),
    "gongkai serve": (
        "提供服务：把文件 POST 到 /reports，得到 JSON 格式的数字和查看网页。\n\n"
        "只按版式读取。不向磁盘写任何内容，所读的在内存中保留一小时。没有密码，也不加密：供其他机器使用时，"
        "请放在有这些措施的服务器之后。"
    ),
    "gongkai eval": "用标准答案评测：运行测试集、比较结果、起草案例；需要源代码目录。",
}

_RULES = "规则名或其开头，用逗号分隔；可给出多次。"

#: What options and arguments say of themselves, by what they say in English.
OPTIONS = {
    "Show this message and exit.": "显示本说明后退出。",
    "Show the version and exit.": "显示版本后退出。",
    "The report, or - for standard input.": "报告；- 表示标准输入。",
    "Output format.  [default: by the ending of -o, else text]": (
        "输出格式。[默认：由 -o 的扩展名决定，否则为 text]"
    ),
    "Write to this file, in the format of its ending.": "写入此文件，格式由扩展名决定。",
    "A form of your own, as a YAML file, or a folder of them; may be given several times.": (
        "自定义表样，YAML 文件或其文件夹；可给出多次。"
    ),
    "Reports on the same form, the more the better.": "同一表样的若干报告，越多越好。",
    "Write the form there.  [default: standard output]": "把表样写入此处。[默认：标准输出]",
    "What to call the form.  [default: the name of the output]": "表样的名称。[默认：输出文件名]",
    "Which edition of it.": "表样的版本。",
    "A form file.": "表样文件。",
    "Another edition of it.": "其另一版本。",
    "Language of messages and tables.  [default: from the locale]": (
        "说明和表格的语言。[默认：由系统语言决定]"
    ),
    "Last year's report, or the JSON made of it, to compare with.": "用于比较的上年报告，或由它得到的 JSON。",
    "Rules to add: a YAML file, or what an installed package offers.": (
        "要添加的规则：YAML 文件，或已安装软件包提供的规则名称。"
    ),
    "Tell on standard error what was asked, and what came of it.": "在标准错误上说明问了模型什么、结果如何。",
    "The model to ask; none: by layout only.": "所用模型；不写则只按版式读取。",
    "Where its server is.  [default: OpenAI]": "模型服务的地址。[默认：OpenAI]",
    "Its key; better given in the environment, where no process list shows it.": (
        "模型服务的密钥；宜写在环境变量中，以免出现在进程列表里。"
    ),
    "How its server is asked for JSON.  [default: found out once]": "怎样向该服务要求 JSON。[默认：探测一次]",
    'Of this server only, sent as they are: {"enable_thinking": false}.': (
        '该服务特有的参数，原样发送：{"enable_thinking": false}。'
    ),
    "auto: the model reads what the layout can't; or everything; or both do.": (
        "auto：模型只读版式读不出的；也可让模型读全部，或两者都读。"
    ),
    "Whether it reads the numbers of the free text, too.": "是否也读正文中的数字。",
    "The most tokens to spend on a report.": "每份报告最多使用的 token 数。",
    "The most tokens of one answer, its thoughts included.": "一次回答最多多少 token，含思考过程。",
    "The most requests to make for a report.": "每份报告最多发送的请求数。",
    "How often to read again what is refused or suspected.": "被拒绝或有疑问的，最多重读几次。",
    "The model's context, in tokens; longer reports are split.": (
        "模型的上下文长度（token）；更长的报告分段询问。"
    ),
    "Seconds that one request may take.": "每个请求最长的秒数。",
    "Of a million tokens sent.": "每百万输入 token 的价格。",
    "The most that the run may cost.": "本次运行的费用上限。",
    "The most requests to a model a second.": "每秒最多向模型发出的请求数。",
    "Read by processes of this machine, or on a Ray cluster.": "由本机的进程读取，或在 Ray 集群上读取。",
    "About how many files to ask at once.": "同时就多少个文件询问模型。",
    "Of a million tokens received.": "每百万输出 token 的价格。",
    "What kept replies are used for; replay asks nothing anew.": (
        "怎样使用保存的答复；replay 不再发出新的询问。"
    ),
    "The reports; - is standard input.": "报告；- 表示标准输入。",
    "Only these: rule ids or beginnings of them, with commas; may be given several times.": (
        f"只看这些规则：{_RULES}"
    ),
    "Not these: rule ids or beginnings of them, with commas; may be given several times.": (
        f"不看这些规则：{_RULES}"
    ),
    "Exit 1 on warnings, too.": "有提示时也以 1 退出。",
    "How findings are written.": "问题的输出格式。",
    "A line for every rule, also where several name one cell.": "每条规则一行，几条规则指同一格时也如此。",
    "Count the findings by rule instead of listing them.": "不列出问题，而按规则统计个数。",
    "Options from this file instead of the nearest gongkai.toml.": (
        "用此文件中的选项，不找最近的 gongkai.toml。"
    ),
    "Leave out what this file says was accepted.": "不列出此文件中已认可的问题。",
    "Accept all that is found: write it to --baseline.": "认可所发现的全部问题，写入 --baseline。",
    "Accept what is found of these rules: write it to --baseline.": "认可这些规则的问题，写入 --baseline。",
    "Why it is accepted.": "认可的理由。",
    "Who accepts it.": "认可人。",
    "Write a copy with comments, of a DOCX or PDF.": "写出一份带批注的副本（DOCX 或 PDF）。",
    "Exit 0 whatever is found; 2 if a file can't be read.": "无论发现什么都以 0 退出；文件不能读取时仍为 2。",
    "Check again whenever a file changes, until Ctrl-C.": "文件一有改动就重新检查，按 Ctrl-C 结束。",
    "The report, or a folder of reports.": "报告，或存放报告的文件夹。",
    "Write the page to this file; of several, the list.": "把网页写入此文件；报告有多份时写入列表。",
    "Serve at this port.  [default: a free one]": "使用此端口。[默认：任一空闲端口]",
    "Show the page from here, and keep decisions beside the report.": (
        "在本机打开网页，并把决定保存在报告旁边。"
    ),
    "Folders that batch wrote; results as JSON, JSON lines or CSV; reports.": (
        "batch 写出的文件夹；JSON、JSON lines 或 CSV 结果；报告。"
    ),
    "Write an indicator a row to this .csv, .xlsx or .parquet.": (
        "写入 .csv、.xlsx 或 .parquet 文件，每行一项指标。"
    ),
    "A list of organs of your own, as CSV or xlsx, that says whose reports are.": (
        "自备的机关名单（CSV），说明报告属于谁。"
    ),
    "Count only figures whose cells are all confirmed.": "只计所涉单元格都已证实的数字。",
    "The report on all of them, or its JSON.": "汇总报告，或其 JSON。",
    "The units' reports, their results, or folders that batch wrote.": (
        "各单位的报告、其结果，或 batch 写出的文件夹。"
    ),
    "Write every cell to this .csv, .xlsx or .parquet.": "把所有单元格写入 .csv、.xlsx 或 .parquet 文件。",
    "Print cells that agree, too.": "相等的也列出。",
    "Of one rule, everything: its id or Chinese name.": "某一规则的全部说明：规则名或中文名称。",
    "Output format.": "输出格式。",
    "The folder of the results, s3://… included; made if need be.": "结果文件夹，可为 s3://…；没有则新建。",
    "Files, folders, patterns, archives (zip), s3://… included.": (
        "文件、文件夹、通配符、zip 压缩包，可为 s3://…。"
    ),
    "A list of files, as CSV or xlsx; relative to its own folder.": (
        "文件清单（CSV 或 xlsx），路径相对于清单所在文件夹。"
    ),
    "How many files at once.  [default: as many as there are cores]": (
        "同时读取的文件数。[默认：与处理器核数相同]"
    ),
    "How many processes.  [default: as many as there are cores]": "进程数。[默认：与处理器核数相同]",
    "Seconds that a file may take.": "每个文件最长的秒数。",
    "MB of memory that a file may take.": "每个文件最多使用的内存（MB）。",
    "Read this part of the files only, as 2/8.": "只读取这一部分文件，如 2/8。",
    "Try files again that failed before.": "以前失败的文件再试一次。",
    "Write a page of each report to look at; the workbook leads there.": (
        "为每份须看的报告写一个查看页面，工作簿的链接指向它。"
    ),
    "The folders that all parts were written to.": "各部分的结果文件夹。",
    "The address to listen at; only this machine reaches the default.": (
        "监听的地址；默认的只有本机可以访问。"
    ),
    "The port; 0 for a free one.": "端口；0 表示任取空闲端口。",
    "Give up a file after so many seconds.": "一个文件读取超过这么多秒即放弃。",
    "Give up a file that takes so many megabytes of memory.": "一个文件占用内存超过这么多 MB 即放弃。",
    "Refuse a file of more megabytes.": "不接受超过这么多 MB 的文件。",
    "Remove them without asking.": "不询问，直接清除。",
}

#: What stands in the brackets behind an option.
NOTES = (("env var: ", "环境变量："), ("default: ", "默认："), ("required", "必填"))

#: Headings of the help.
USAGE, ARGUMENTS, SETTINGS, SUBCOMMANDS = "用法：", "参数", "选项", "命令"
META = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}

#: What a usage error says: a pattern of the English words, and the Chinese ones.
ERRORS = (
    (r"No such option: (.+?) \(Possible options: (.+)\)", "没有选项 {0}，是否指 {1}？"),
    (r"No such option: (.+)", "没有选项 {0}。"),
    (r"Missing (?:argument|parameter) '(.+?)'\.(?: .*)?", "缺少参数 {0}。"),
    (r"Missing option '(.+?)'\.(?: .*)?", "缺少选项 {0}。"),
    (r"Missing command\.", "缺少命令。"),
    (
        r"No such command (['\"].+['\"])\.? ?\(?Did you mean (?:one of: )?(.+?)[?)]+",
        "没有命令 {0}，是否指 {1}？",
    ),
    (r"No such command (['\"].+['\"])\.?.*", "没有命令 {0}。"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", "多出了参数 {0}。"),
    (r"Option (['\"].+?['\"]) requires an argument\.?", "选项 {0} 需要一个值。"),
    (r"Option (['\"].+?['\"]) requires (\d+) arguments\.?", "选项 {0} 需要 {1} 个值。"),
    (r"Option (['\"].+?['\"]) does not take a value\.?", "选项 {0} 不带值。"),
    (
        r"Invalid value for (.+?): (?:Value error, )?(.+?) is not one of (.+?)\.?",
        "{0} 的值 {1} 无效，可用的有 {2}。",
    ),
    (r"Invalid value for (.+?): (.+?) is no price", "{0} 的值 {1} 不是价格。"),
    (r"Invalid value for (.+?): (.+?) is no part such as (.+?)\.", "{0} 的值 {1} 不是 {2} 这样的部分。"),
    (r"Invalid value for (.+?): (.+?) is no JSON object", "{0} 的值 {1} 不是 JSON 对象。"),
    (
        r"Invalid value for (.+?): (?:.*valid integer.*|.*unable to parse string as an integer.*)",
        "{0} 的值须是整数。",
    ),
    (r"Invalid value for (.+?): .*valid number.*", "{0} 的值须是数字。"),
    (r"Invalid value for (.+?): .*greater than or equal to (.+)", "{0} 的值不得小于 {1}。"),
    (r"Invalid value for (.+?): (?:Value error, )?(.+)", "{0} 的值无效：{1}"),
    (r"Invalid value: (.+)", "值无效：{0}"),
)

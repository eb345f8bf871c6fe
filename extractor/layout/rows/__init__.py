"""Which slots stand behind which labels: rows, the header above them, places in text as its page has it."""

"""Pages, whatever they come from: lines, paragraphs and tables of what lies on them."""

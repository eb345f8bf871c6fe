"""Every threshold by which pages are read, once: its unit, its value, how it was found.

Lengths are in points (1/72 inch) or in heights: of the glyphs, the word or the line at hand. All were set by
hand on real reports and on the pages of the zoo, each between what must be kept apart. How much room one has
was measured on 13 PDFs, two of each layout of the zoo and a real one, read with the others as they are:
"alike" names the least and the greatest value tried with which all of them give the same document. Where it
isn't said, a quarter of the value and three times of it do (of a count: one, and three more).
"""

from __future__ import annotations

# --- lines: glyphs to words ------------------------------------------------------------------------------

# Heights of the lower glyph. A gap this wide between two glyphs is a blank.
# Alike from 0.3 to 0.44.
BLANK_GAP = 0.4
# Heights of the lower glyph. Between two digits a narrower one is: no number is spaced so, and two numbers
# must never become one.
# Alike up to 0.4.
DIGIT_GAP = 0.2
# Heights of the lower glyph. A gap this wide parts two words, of which each may be a cell.
# Alike from 0.675 to 1.197.
WORD_GAP = 0.9
# Part of the width of the narrower one. Two glyphs that have more in common are printed upon each other;
# those of slanted fonts reach into each other by less than a third.
UPON = 0.35
# Points. With less in common they aren't looked at.
LEAST_UPON = 0.5

# --- notes and what is struck ----------------------------------------------------------------------------

# Part of the height of a digit, and of its width: a note beside it is set smaller by both. Fonts of one size
# differ by less: the widths of their digits are from 0.5 to 0.6 of it.
NOTE_HEIGHT = 0.8
NOTE_WIDTH = 0.85
# The same of one that stands alone in its cell, beside what is set on its line; smaller fonts of a whole row
# stand as low as the words beside them.
LONE_HEIGHT = 0.9
# Part of the height of a font that is below the line on which it stands; fonts have from 0.12 to 0.25.
DEPTH = 0.2
# Heights of the digit beside it: what stands higher or lower by more than this is raised or lowered.
RAISED = 0.12
# The same of digits that are as large; what is higher by more is of another line. From LEVEL on, nobody can
# tell whether it is a note; digits of two fonts on one line differ by less.
LEVEL = 0.1
SHIFTED = 0.25
SHIFTED_MOST = 0.75
# Heights. A note stands closer to its figure.
NOTE_GAP = 0.5
# Parts of the height of a digit, from its top: a line between goes through its middle. Rulings of tables
# touch it at its top or its bottom at most, and what is underlined has a line at 0.9.
STRUCK_FROM = 0.3
STRUCK_TO = 0.72
# Part of a line. If what it goes through is longer, it is no ruling of a table.
STRUCK_PART = 0.1

# --- pictures in cells -----------------------------------------------------------------------------------

# Points. What is smaller shows no figure; what is higher stands in no row of figures.
SMALLEST_SIGHT = 3.0
SIGHT_HEIGHT = 30.0
# Part of a picture that stands in a cell, if it is a picture of that cell.
IN_CELL = 0.6
# Part of the width or the height of a cell. A line that is as long goes through it.
THROUGH_CELL = 0.9
# Points. So near to its edges, a cell may show its rulings.
CELL_EDGE = 2.0
# Greys, and pixels at 200 to the inch: more of them that differ by more from most of a cell are ink.
CONTRAST = 64
SPECKS = 6

# --- paragraphs ------------------------------------------------------------------------------------------

# Part of the height of a page, at its top and its bottom: where page numbers and running heads stand.
# Alike from 0.09 on.
PAGE_MARGIN = 0.12
# Part of the height of a page. So near its edge stand heads and feet that are said of the page.
PAGE_EDGE = 0.06
# Points, and heights of most glyphs of the page. Letters across a page are so high or wide, not titles.
STAMP_HEIGHT = 36.0
STAMP_TIMES = 3.0
# Lines. A page number is one of so many at the edge of its page.
OUTERMOST_LINES = 2
# Letters. A running head has as many at least: a row of zeros or marks is none.
# Alike from 2 on.
RUNNING_HEAD_LETTERS = 4
# Part of the width of a page. A full line of prose is longer.
# Alike from 0.2 to 0.64.
FULL_LINE_WIDTH = 0.4
# Heights. A full line leaves less free at its end.
# Alike from 2.25 to 3.325.
FULL_LINE_FREE = 2.5
# Heights. An indented line leaves more free at its beginning: two characters are usual.
INDENT = 1.0
# Heights. The next line of a paragraph follows closer: offices set a spacing of 28 points for 16-point text.
# Alike from 1.5 on.
PARAGRAPH_LINE_GAP = 2.0
# Part of a line's height. Lines of one paragraph differ by no more; a heading differs by more.
# Alike from 0.225 on.
PARAGRAPH_HEIGHTS = 0.3

# --- tables, ruled or not --------------------------------------------------------------------------------

# Points. The sides of one column on two pages, or of two rows, differ by no more.
# Alike from 3 to 4.4.
SAME_SIDE = 4.0
# Heights, and points besides: what a wrapped line of a cell leaves free at its end at most, less than a
# character, and the margins of its cell: Word sets 5.4 points on either side.
CELL_FREE = 1.2
CELL_MARGINS = 14.0
# Part of its height. A glyph that stands above the end of a table by more is of the table.
STICKING = 0.2

# --- tables with ruling lines ----------------------------------------------------------------------------

# Points. Lines that are drawn apart by no more are one, or meet.
# Alike from 1.5 to 4.8.
STROKES_MEET = 3.0
# Points. A shorter line, or one that leans by more, is no ruling of a table.
SHORTEST_STROKE = 5.0
LEANING = 1.0
# Part of a side between two cells. More must be ruled to part them.
# Alike up to 0.8.
RULED_PART = 0.5
# Lines of a page, cells of a table: the largest form has some hundreds; what has more is no report.
MOST_STROKES = 4000
MOST_CELLS = 20_000

# --- tables without lines: labels ------------------------------------------------------------------------

# Heights. What stands closer below a line of a label, or above a label of a header, belongs to it.
# Alike from 0.45 to 1.
LABEL_LINE_GAP = 0.5
# Heights. The same, of a label that is set one character a line.
CHARACTER_GAP = 1.5
# Heights. The end of a wrapped line of a label leaves less free.
# Alike from 0.8 on.
LABEL_FREE = 1.6
# Part of the least distance of two rows. The lines of a label stand closer to each other.
# Alike from 0.7 on.
LINES_CLOSER = 0.7
# Times the least distance of two lines. Those of one label differ by no more than ink does.
# Alike from 1.08 on.
LINES_ALIKE = 1.2
# Labels. So many that begin at one side show how wide their column is.
LABEL_MATES = 3
# Heights. What wraps leaves no more room at its right, up to the next word.
# Alike from 1.5 on.
LABEL_ROOM = 3.0
# Heights of a label. With less room between the labels above and below it, it stands beside these and is no
# row.
BETWEEN_ROOM = 1.3
# Times the greatest distance of two lines of a table. A label whose end is nearer to the end of the table may
# go on on the next page.
LABEL_END_STEPS = 2.0
# Heights. Figures of a column differ by no more at their left, their middle or their right; the lines of a
# label at their left or their middle.
ALIGNED = 0.35

# --- tables without lines: columns and rows ----------------------------------------------------------------

# Part of the higher one's height. Two words of one table differ by no more: a title is set larger.
WORD_HEIGHTS = 0.1
# Heights. What stands farther below the line above isn't of its table.
# Alike from 3 on.
TABLE_GAP = 4.0
# Times the greatest distance of two rows, of which the last few count. Labels that stand farther below the
# last row with figures aren't of its table.
# Alike from 1.17 on.
ROW_STEP = 1.3
# Alike from 6 on.
RECENT_ROWS = 8
# The same of a table without a figure: nothing but labels, so that the steps of a group's label count too.
# Alike from 1.26 on.
BLANK_ROW_STEP = 1.4
# Part of a line's height. Lines whose height differs by more are of a heading: below rows of figures, and,
# stricter as nothing else shows it, below labels alone.
# Alike from 0.1875 on.
ROW_HEIGHTS = 0.25
BLANK_ROW_HEIGHTS = 0.12
# Lines. So many of the label of a group stand between two lines of labels beside it.
# Alike from 2 on.
GROUP_LINES = 2
# Part of the width of a page. A single word that is longer is prose.
PROSE_WORD_WIDTH = 0.6
# Figures, and parts of their height: so many that begin at one place, within this, are a column.
COLUMN_FIGURES = 2
SAME_LEFT = 0.15
# Lines. So many that count on, each with a label behind its number, are rows that are counted.
FEWEST_COUNTED = 4
# Heights. The lines of a number in a narrow cell are closer.
NUMBER_LEADING = 0.5
# Digits. The first line of a number that goes on below has so many: no cell is narrower.
WRAPPED_DIGITS = 3
# Words. A header has a line of so many.
HEADER_WORDS = 2
# Heights. How far the header at the end of a page is put above the lines of the next one: as the lines of a
# label that the page break cuts, and as those of header and rows.
CUT_HEADER_GAP = 0.3
HEADER_GAP = 1.5
# Lines and words of a page. No report has more; then no table without lines is looked for.
MOST_LINES = 300
MOST_WORDS = 2000

"""An equivalence table: a real table, which a browser reads out row by row."""

from __future__ import annotations

from html import escape

from curriculum.prose.figures.entry import SHORT, Entry

NAME = "ranks"
FIELDS = ("columns", "rows")
MOST_COLUMNS = 6
MOST_ROWS = 30


def table(its: Entry, title: str) -> str:
    """The table in a frame that scrolls; the first cell of a row is its head."""
    columns = its.texts("columns", 2, MOST_COLUMNS, SHORT)
    rows = list(its.rows("rows", len(columns), MOST_ROWS, SHORT)) if columns else []
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(each)}</td>" for each in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(title)}">'
        f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )

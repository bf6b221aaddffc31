"""On a phone a row of a table is shown as a card: each cell then needs the name of its column beside it.

A style that lays cells out as blocks takes the table's meaning away from assistive technology; roles give it back
(WAI-ARIA 1.2, table).
"""

from __future__ import annotations

from turbohtml import Element

from .site import Site

ROLES = {
    "thead, tbody": "rowgroup",
    "tr": "row",
    "thead th": "columnheader",
    "tbody th": "rowheader",
    "td": "cell",
}


def label(site: Site) -> None:
    """Give every cell of a table's body the words of its column's heading, as data-label."""
    for document in site.pages.values():
        for table in document.select("table:has(> thead)"):
            _label_cells(table)
            _keep_meaning(table)


def _label_cells(table: Element) -> None:
    columns = [" ".join(heading.text.split()) for heading in table.select("thead tr:first-child > th")]
    for row in table.select("tbody > tr"):
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        if len(cells) != len(columns):
            continue  # a cell over two columns has no one name
        for cell, column in zip(cells, columns, strict=True):
            if cell.tag == "td" and column:
                cell.attrs["data-label"] = column


def _keep_meaning(table: Element) -> None:
    table.attrs["role"] = "table"
    for selector, role in ROLES.items():
        for element in table.select(selector):
            element.attrs["role"] = role

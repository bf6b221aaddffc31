"""On a phone a row of a table is shown as a card: each cell then needs the name of its column beside it."""

from __future__ import annotations

from turbohtml import Element

from .site import Site


def label(site: Site) -> None:
    """Give every cell of a table's body the words of its column's heading, as data-label."""
    for document in site.pages.values():
        for table in document.select("table:has(> thead)"):
            _label_cells(table)


def _label_cells(table: Element) -> None:
    columns = [" ".join(heading.text.split()) for heading in table.select("thead tr:first-child > th")]
    for row in table.select("tbody > tr"):
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        if len(cells) != len(columns):
            continue  # a cell over two columns has no one name
        for cell, column in zip(cells, columns, strict=True):
            if cell.tag == "td" and column:
                cell.attrs["data-label"] = column

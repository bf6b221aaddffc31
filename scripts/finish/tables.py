"""Label table cells with their column: a phone shows each row as a card, without the head of the table."""

from __future__ import annotations

from turbohtml import Element

from .built_site import Site


def label(site: Site) -> None:
    """Write the text of the column's heading into each body cell, as data-label."""
    for document in site.pages.values():
        for table in document.select("table:has(> thead)"):
            _label_cells(table)


def _label_cells(table: Element) -> None:
    columns = [" ".join(heading.text.split()) for heading in table.select("thead tr:first-child > th")]
    for row in table.select("tbody > tr"):
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        if len(cells) != len(columns):
            continue  # a cell across two columns has no single heading
        for cell, column in zip(cells, columns, strict=True):
            if cell.tag == "td" and column:
                cell.attrs["data-label"] = column

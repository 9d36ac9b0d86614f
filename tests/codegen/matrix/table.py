"""The rows of the matrix, and the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import answers, bodies, composition, documents, parameters, references, schemas
from .row import Row

PAGE = Path(__file__).parents[3] / "docs" / "generator-matrix.md"
PARTS: dict[str, list[Row]] = {
    "Parameters": parameters.ROWS,
    "Bodies": bodies.ROWS,
    "Answers": answers.ROWS,
    "Schemas": schemas.ROWS,
    "Schemas that consist of others": composition.ROWS,
    "References": references.ROWS,
    "Documents": documents.ROWS,
}


def rows() -> Iterator[tuple[str, Row]]:
    """Yield every row, and the part that it belongs to."""
    for part, found in PARTS.items():
        for row in found:
            yield part, row


def page() -> str:
    """Return the page of the documentation."""
    every = [row for _, row in rows()]
    refused = sum(row.refused is not None for row in every)
    lines = [
        "# What the generator takes, row by row",
        "",
        f"Each row is one thing that a document may say: {len(every)} of them, of which {len(every) - refused} are",
        f"generated right and {refused} are refused, with the place in the document and what to do. The tests generate",
        "from each of them, import what was made, send a request, read an answer, and check the types.",
        "`python -m tests.codegen.matrix --page` writes this page.",
    ]
    for part, found in PARTS.items():
        lines += ["", f"## {part}", "", "| the document says | what becomes of it |", "|---|---|"]
        lines += [f"| {_cell(row.name)} | {_outcome(row)} |" for row in found]
    return "\n".join(lines) + "\n"


def _outcome(row: Row) -> str:
    if row.refused is None:
        return "generated"
    return f"refused: {_cell(row.refused[1])}" if row.refused[1] else "refused"


def _cell(text: str) -> str:
    return "".join(f"\\{each}" if each in "\\|*_`<>[]{}#$" else each if each.isprintable() else "…" for each in text)

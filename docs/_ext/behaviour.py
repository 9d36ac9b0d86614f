"""The rows of spec/behaviour as tables for people: the directive ``behaviour``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents import aside, badge, prose, sentences, table
from sphinx.util.docutils import SphinxDirective

from causerie_spec.behaviour import Row, behaviour
from causerie_spec.documents import folder
from causerie_spec.evidence import Evidence

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class Behaviour(SphinxDirective):
    """All rows of one vendor, such as ``raia``, or of every vendor, as a table."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        vendor = self.arguments[0]
        self.env.note_dependency(str(folder() / "behaviour" / f"{vendor}.yaml"))
        return self.parse_text_to_nodes(markdown(vendor))


def markdown(vendor: str) -> str:
    """Return the table of a vendor. Each row can be linked to by the vendor's name and its id."""
    rows = [
        [
            f"{prose(row.says)} [{row.id}]{{#{vendor}-{row.id} .aside}}",
            " ".join(badge(said.level) for said in row.evidence),
            " ".join(_reasons(row)),
        ]
        for row in behaviour(vendor).values()
    ]
    return table(["behaviour", "evidence", "source, or why"], rows)


def _reasons(row: Row) -> Iterator[str]:
    yield from (_details(said) for said in row.evidence)
    if row.why is not None:
        yield f"Not {'checked' if row.mock else 'played'}: {prose(row.why[0].lower() + row.why[1:])}"


def _details(said: Evidence) -> str:
    return sentences(aside(said.source) if said.source else "", f"*{prose(said.why)}.*" if said.why else "")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("behaviour", Behaviour)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

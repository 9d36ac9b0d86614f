"""Finds the line of a JSON pointer in the YAML text of a document."""

from __future__ import annotations

import functools
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs
import yaml

from causerie_spec.documents import folder
from causerie_spec.pointer import parse, spell

from ._finding import Finding
from ._result import Result


@attrs.frozen
class Source:
    """The file of a document."""

    #: As reports name it: `spec/<vendor>.yaml`, or the path that was asked for.
    name: str
    text: str = attrs.field(repr=False)

    @classmethod
    def of(cls, vendor: str, path: Path | None = None) -> Source:
        """Return the source of the document of `vendor`, or of the one at `path` in its place."""
        file: Traversable = folder() / f"{vendor}.yaml" if path is None else path
        return cls(f"spec/{vendor}.yaml" if path is None else path.as_posix(), file.read_text(encoding="utf-8"))

    def line(self, pointer: str) -> int:
        """Return the line, from 1, of what stands at a JSON pointer, or of the nearest thing around it.

        References are not followed. A field has the line of its key.
        """
        node, line = _tree(self.text), 1
        for token in parse(pointer):
            found = _step(node, str(token))
            if found is None:
                break
            line, node = found
        return line

    def locate(self, result: Result) -> None:
        """Write file and lines into the findings of `result`."""
        for tally in result.operations.values():
            tally.findings[:] = map(self.located, tally.findings)
        result.reported[:] = map(self.located, result.reported)
        result.unwitnessed[:] = [
            attrs.evolve(each, file=self.name, line=self.line(each.pointer)) for each in result.unwitnessed
        ]

    def located(self, finding: Finding) -> Finding:
        """Return `finding` with its file, and with the lines of its operation and its violations."""
        violations = tuple(
            attrs.evolve(violation, line=self.line(violation.schema)) for violation in finding.violations
        )
        method, _, path = finding.label.partition(" ")
        place = spell(("paths", path, method.lower()))
        return attrs.evolve(finding, violations=violations, file=self.name, line=self.line(place))


@functools.lru_cache(maxsize=8)
def _tree(text: str) -> yaml.Node | None:
    # Written in C where PyYAML was built so, which is ten times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    node: yaml.Node | None = yaml.compose(text, Loader=loader)
    return node


def _step(node: yaml.Node | None, token: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == token:
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
        item = node.value[int(token)]
        return item.start_mark.line + 1, item
    return None

"""Documents in several files: takes the parts that other files describe into the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from .pointer import Pointer, has_names, look, spell
from .pointer import parse as tokens_of
from .text import TextError, parse

_SECTIONS: Final = {
    section: section for section in ("callbacks", "headers", "links", "parameters", "requestBodies", "responses")
} | {"paths": "pathItems", "securitySchemes": "securitySchemes"}
"""The section of the components that a reference belongs to, by the key under which the reference is found."""

_DATA: Final = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys whose values are data, in which `$ref` is not a reference."""

_Target = tuple[Path, str]
"""A file, and the fragment of it that a reference names."""


def bundle(path: Path, document: dict[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Copy the parts of other files that `document` refers to into its components. Changes `document`.

    Yields the problems of these files, each with the place of a reference to the file. Only files in the folder of
    `path`, and in folders below it, are read; references to anything else stay as they are.
    """
    sections = document.get("components", {})
    if isinstance(sections, dict) and all(isinstance(named, dict) for named in sections.values()):
        bundler = _Bundler(path.resolve(), document)
        bundler.name_components()
        bundler.take((), document, bundler.path)
        yield from bundler.problems


class _Bundler:
    def __init__(self, path: Path, document: dict[str, Any]) -> None:
        self.path = path
        self.problems: list[tuple[Pointer, str]] = []
        self._document = document
        self._files: dict[Path, Any] = {}
        self._names: dict[_Target, Pointer] = {}

    def name_components(self) -> None:
        """Reserve each component that is only a reference to another file as the place for that part of the file."""
        for section, named in self._document.get("components", {}).items():
            for name, node in named.items():
                target = self._target(node, self.path)
                if target is not None:
                    self._names.setdefault(target, ("components", section, name))

    def take(self, steps: Pointer, node: Any, file: Path) -> None:
        """Change the references in a node that comes from `file`, so that they point into the document."""
        if isinstance(node, list):
            for index, item in enumerate(node):
                self.take((*steps, index), item, file)
        if not isinstance(node, dict):
            return
        names = has_names(steps)
        if not names:
            file = self._change(steps, node, file)
        if steps[-1:] == ("discriminator",) and isinstance(node.get("mapping"), dict):
            for value, reference in node["mapping"].items():
                holder = {"$ref": reference}
                self._change(steps, holder, file)
                node["mapping"][value] = holder["$ref"]
        for key, value in [*node.items()]:
            if names or not (key in _DATA or key.startswith("x-")):
                self.take((*steps, key), value, file)

    def _target(self, node: Any, file: Path) -> _Target | None:
        """Return the target of a reference; None if the node is no reference or the file may not be read."""
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", reference):
            return None
        name, _, fragment = reference.partition("#")
        try:
            found = (file.parent / unquote(name)).resolve() if name else file
            is_there = found in self._files or found.is_file()
        except (OSError, RuntimeError, ValueError):  # not a valid file name, or links that form a circle
            return None
        is_beside = found.is_relative_to(self.path.parent) and not found == file == self.path
        return (found, fragment) if is_there and is_beside else None

    def _change(
        self, steps: Pointer, node: dict[str, Any], file: Path, trail: frozenset[_Target] = frozenset()
    ) -> Path:
        """Change the node if it is a reference, and return the file that its content comes from."""
        target = self._target(node, file)
        if target is None:
            return file
        place = self._names.get(target) or _place(steps, target)
        if target[0] == self.path:
            node["$ref"] = f"#{target[1]}"
        elif place == steps or place[1] == "pathItems":
            content = self._content(steps, target)
            if content is not None and target in trail:
                self.problems.append((steps, f"{target[0].name}#{target[1]} refers back to itself: describe it there"))
            elif content is not None:
                del node["$ref"]
                node.update({**content, **node})
                return self._change(steps, node, target[0], trail | {target})
        elif target in self._names or self._is_taken(steps, target, place):
            node["$ref"] = "#" + spell(place)
        return file

    def _is_taken(self, steps: Pointer, target: _Target, place: Pointer) -> bool:
        """Take a part of a file into the components, and return whether that worked."""
        content = self._content(steps, target)
        section = self._document.setdefault("components", {}).setdefault(place[1], {})
        if content is not None and place[2] in section:
            problem = f"{target[0].name}#{target[1]} would be named {place[2]}, but {place[1]} already has that name"
            self.problems.append((steps, f"{problem}: rename one"))
        elif content is not None:
            self._names[target] = place
            section[place[2]] = content
            self.take(place, content, target[0])
            return True
        return False

    def _content(self, steps: Pointer, target: _Target) -> dict[str, Any] | None:
        """Return a copy of the object at the target; None, after noting a problem, if there is no object."""
        file, fragment = target
        try:
            if file not in self._files:
                self._files[file] = parse(file.read_bytes(), is_json=file.suffix == ".json")
            return dict(deepcopy(look(self._files[file], tokens_of(f"#{fragment}"))))
        except (OSError, TextError) as error:
            self.problems.append((steps, f"{file.name} could not be read: {error}"))
        except (LookupError, TypeError, ValueError):
            self.problems.append((steps, f"there is no {fragment or 'object'} in {file.name}: describe it there"))
        return None


def _place(steps: Pointer, target: _Target) -> Pointer:
    """Return the place in the components for a part of a file that is referred to at `steps`."""
    file, fragment = target
    keys = [*map(str, steps[-3:])]
    holder = "requestBodies" if keys[-1:] == ["requestBody"] else keys[-2] if len(keys) > 1 else ""
    section = "schemas" if keys[0] == "properties" else _SECTIONS.get(holder, "schemas")
    name = (tokens_of(f"#{fragment}") or (file.stem,))[-1]
    return "components", section, re.sub(r"[^A-Za-z0-9._-]", "_", str(name))

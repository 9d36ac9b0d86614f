"""Documents in several files: what files beside a document describe becomes a part of it."""

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
"""The section of the components that a reference belongs to, by the key that its holder stands under."""

_DATA: Final = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys of values, in which `$ref` is a word like any other."""

_Target = tuple[Path, str]
"""A file, and the fragment of it that a reference names."""


def bundle(path: Path, document: dict[str, Any]) -> Iterator[tuple[Pointer, str]]:
    """Take what references to files beside `path` lead to into the components of `document`, which is changed.

    Yield what is wrong with such a file, after the place of a reference to it. Only files in the folder of the document
    and in folders within that are read; references to anything else stay as they are.
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
        """Decide that a component which is a reference to another file is where that part of the file will stand."""
        for section, named in self._document.get("components", {}).items():
            for name, node in named.items():
                target = self._target(node, self.path)
                if target is not None:
                    self._names.setdefault(target, ("components", section, name))

    def take(self, steps: Pointer, node: Any, file: Path) -> None:
        """Change the references in a node that comes from `file`, so that they stay within the document."""
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
        """Return what a node refers to, where that is in a file that may be read."""
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", reference):
            return None
        name, _, fragment = reference.partition("#")
        try:
            found = (file.parent / unquote(name)).resolve() if name else file
            is_there = found in self._files or found.is_file()
        except (OSError, RuntimeError, ValueError):  # no name of a file, or links in a circle
            return None
        is_beside = found.is_relative_to(self.path.parent) and not found == file == self.path
        return (found, fragment) if is_there and is_beside else None

    def _change(
        self, steps: Pointer, node: dict[str, Any], file: Path, trail: frozenset[_Target] = frozenset()
    ) -> Path:
        """Change the reference that a node is, if it is one, and return the file that the node comes from then."""
        target = self._target(node, file)
        if target is None:
            return file
        place = self._names.get(target) or _place(steps, target)
        if target[0] == self.path:
            node["$ref"] = f"#{target[1]}"
        elif place == steps or place[1] == "pathItems":
            content = self._content(steps, target)
            if content is not None and target in trail:
                self.problems.append(
                    (steps, f"{target[0].name}#{target[1]} leads back to itself: describe what is meant")
                )
            elif content is not None:
                del node["$ref"]
                node.update({**content, **node})
                return self._change(steps, node, target[0], trail | {target})
        elif target in self._names or self._is_taken(steps, target, place):
            node["$ref"] = "#" + spell(place)
        return file

    def _is_taken(self, steps: Pointer, target: _Target, place: Pointer) -> bool:
        """Take a part of a file into the components, unless something is wrong with it."""
        content = self._content(steps, target)
        section = self._document.setdefault("components", {}).setdefault(place[1], {})
        if content is not None and place[2] in section:
            problem = f"{target[0].name}#{target[1]} would be called {place[2]}, as another of the {place[1]} is"
            self.problems.append((steps, f"{problem}: rename one"))
        elif content is not None:
            self._names[target] = place
            section[place[2]] = content
            self.take(place, content, target[0])
            return True
        return False

    def _content(self, steps: Pointer, target: _Target) -> dict[str, Any] | None:
        """Return a copy of the object that stands there; None, with a problem noted, where there is none."""
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
    """Return where in the components a part of a file stands, which is referred to at `steps`."""
    file, fragment = target
    keys = [*map(str, steps[-3:])]
    holder = "requestBodies" if keys[-1:] == ["requestBody"] else keys[-2] if len(keys) > 1 else ""
    section = "schemas" if keys[0] == "properties" else _SECTIONS.get(holder, "schemas")
    name = (tokens_of(f"#{fragment}") or (file.stem,))[-1]
    return "components", section, re.sub(r"[^A-Za-z0-9._-]", "_", str(name))

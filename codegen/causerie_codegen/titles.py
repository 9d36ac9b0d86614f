"""Titles, which give a class of their own to schemas that would share its name with others.

openapi-python-client calls the class of a schema that is no component by what it stands in, and takes its title where
it has one.
"""

from __future__ import annotations

from typing import Any

import attrs
from openapi_python_client.config import Config
from openapi_python_client.parser.properties import Class
from openapi_python_client.strings import pascal_case

from .walk import types_of


def give(components: dict[str, Any], parts: list[tuple[dict[str, Any], str, str]], config: Config) -> None:
    """Give a title to each schema whose class another would have: a component, or what stands before it.

    ``parts`` are the schemas of operations, what each of them is called, and what it is a part of.
    """
    taken: dict[str, Any] = {_class(name, config).module_name: None for name in components}
    titles = _Titles(config, taken)
    for name, schema in components.items():
        if isinstance(schema, dict) and "$ref" not in schema:
            titles.visit(schema, name, None)
    for schema, name, parent in parts:
        titles.visit(schema, name, parent)


def _class(text: str, config: Config) -> Class:
    return Class.from_string(string=text, config=config)


@attrs.frozen
class _Titles:
    """The classes so far, by their modules, each with the values of its enum."""

    config: Config
    taken: dict[str, Any]

    def visit(self, schema: Any, name: str, parent: str | None) -> None:
        """Find the classes of a schema. A component has no ``parent``, and keeps its name."""
        if not isinstance(schema, dict) or "$ref" in schema:
            return
        choice = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
        parts = [*schema.get("allOf", ()), *choice]
        if len(parts) == 1 and "$ref" in parts[0]:
            return
        types = types_of(schema)
        if schema.get("enum"):
            is_nullable = None in schema["enum"]
            self._claim(schema, f"{name}_type_1" if is_nullable else name, parent or ("" if is_nullable else None))
        elif choice or isinstance(schema.get("type"), list):
            for index, each in enumerate(choice):
                self.visit(each, f"{name}_type_{index}", parent or "")
            for index, kind in enumerate(types, len(choice)):
                self._describe(schema, kind, f"{name}_type_{index}", parent or "")
        else:
            is_object = "allOf" in schema or "properties" in schema
            self._describe(schema, types[0] if types else "object" if is_object else "", name, parent)

    def _describe(self, schema: dict[str, Any], kind: str, name: str, parent: str | None) -> None:
        if kind == "array":
            self.visit(schema.get("items"), f"{name}_item", parent or "")
        elif kind == "object":
            class_name = self._claim(schema, name, parent)
            self.visit(schema.get("additionalProperties"), "AdditionalProperty", class_name)
            for part in (schema, *schema.get("allOf", ())):
                for key, each in part.get("properties", {}).items():
                    self.visit(each, key, class_name)

    def _claim(self, schema: dict[str, Any], name: str, parent: str | None) -> str:
        """Return the name of the class that a schema gets."""
        if parent is None:
            return str(_class(name, self.config).name)
        title, values, number = name, schema.get("enum"), 1
        while True:
            found = _class(f"{pascal_case(parent)}{pascal_case(title)}" if parent else title, self.config)
            if found.module_name not in self.taken or (values and self.taken[found.module_name] == values):
                self.taken[found.module_name] = values
                return str(found.name)
            number += 1
            title = schema["title"] = f"{name} {number}"

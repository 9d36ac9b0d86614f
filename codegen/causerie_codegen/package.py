"""The package that is made of one document: its models, its operations, its client."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, Final

import attrs
from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import EndpointCollection
from openapi_python_client.parser.properties import (
    AnyProperty,
    Class,
    EnumProperty,
    ModelProperty,
    Property,
    Schemas,
    build_schemas,
    property_from_data,
)
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.schema import Reference, Schema
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonIdentifier
from pydantic import ValidationError

from . import credentials, operation, titles, tuples
from .document import SpecError, discriminators, join, pointer, servers
from .names import PREFIX, call, is_too_long, python_name, rename
from .operation import Answer, Operation
from .parameter import Parameter
from .runtime.model import Model
from .walk import Steps

HERE: Final = Path(__file__).resolve().parent
RESERVED_IN_MODELS: Final = frozenset(name for name in dir(Model) if not name.startswith("_")) | {
    *("Any", "UNSET", "Unset", "field", "models", "moment", "schema")
}
"""What every model has, and its module uses: a property of such a name becomes an attribute with an underscore."""
RESERVED_CLASSES: Final = (
    *("Any", "Decoder", "File", "Final", "Literal", "Mapping", "Model"),
    *("Request", "Required", "TypedDict", "Unset", "UNSET"),
)
"""Classes that the modules use: a schema of such a name gets ``Model`` behind its name."""


class UnixSeconds(IntProperty):
    """An integer that the document marks ``x-unit: unix-seconds``."""

    template: ClassVar[str] = "unix_seconds"


class UnixMilliseconds(IntProperty):
    """An integer that the document marks ``x-unit: unix-milliseconds``."""

    template: ClassVar[str] = "unix_milliseconds"


UNITS: Final = {"unix-seconds": UnixSeconds, "unix-milliseconds": UnixMilliseconds}

Maps = dict[ClassName, Property]
"""The type of the values of each class that has values of one type under any key, or any other key."""
Held = dict[ClassName, list[Property]]
"""What is in the values of each class of which no code is made: maps and tuples."""


def build(path: Path, document: dict[str, Any], sha256: str, output: Path) -> int:
    """Make the package of a document that the audit has nothing against; ``path`` names it.

    Returns the number of operations. Raises ``SpecError``.
    """
    config = Config.from_sources(
        ConfigFile(
            post_hooks=[],
            class_overrides=_overrides(document),
            project_name_override=path.stem,
            package_name_override=path.stem,
        ),
        MetaType.NONE,
        document_source=path,
        file_encoding="utf-8",
        overwrite=False,
        output_path=output,
    )
    operations = [*operation.read(document)]
    parts = [(part.schema, _called(part), each.name) for each in operations for part in each.described]
    titles.give(document.get("components", {}).get("schemas", {}), parts, config)
    reader = _Reader(document, config)
    for each in operations if not reader.problems else ():
        reader.describe(each)
    if reader.problems:
        raise SpecError(path, *reader.problems)
    classes = [*reader.schemas.classes_by_name.values()]
    _refuse_modules(path, classes, document, operations)
    models = [each for each in classes if isinstance(each, ModelProperty)]
    _mark(models, config, document.get("x-names", {}))
    tuples_of = {
        model.class_info.name: (_properties(model), model.additional_properties)
        for model in models
        if (model.data.model_extra or {}).get(tuples.MARK)
    }
    free_form: set[str] = {model.class_info.name for model in models if not _properties(model)} | tuples_of.keys()
    others: Maps = {
        model.class_info.name: model.additional_properties
        for model in models
        if not isinstance(model.additional_properties, AnyProperty | None)
    }
    maps: Maps = {name: others[name] for name in (others.keys() & free_form) - tuples_of.keys()}
    held: Held = {name: [each] for name, each in maps.items()}
    held |= {name: [*first, *([rest] if rest else ())] for name, (first, rest) in tuples_of.items()}
    models = [model for model in models if model.class_info.name not in free_form]
    for model in models:
        properties = _properties(model)
        moments = {f"{prop.python_name}_datetime" for prop in properties if isinstance(prop, (*UNITS.values(),))}
        rename(properties, RESERVED_IN_MODELS | moments, config)

    def class_name(component: str) -> str:
        return str(Class.from_string(string=UntrustedString(component), config=config).name)

    by_tag: dict[str, EndpointCollection] = {}
    for each in operations:
        collection = by_tag.setdefault(each.tag, EndpointCollection(each.tag))
        each.imports = _imports([part.prop for part in each.described if part.prop], held, "...")
        # Our operations take the place of endpoints, which are only passed on to our templates.
        collection.endpoints.append(each)  # type: ignore[arg-type]
    data = GeneratorData(
        title=UntrustedString(document["info"]["title"]),
        description=None,
        version=UntrustedString(document["info"]["version"]),
        models=models,
        enums=[each for each in classes if isinstance(each, EnumProperty)],
        errors=[],
        endpoint_collections_by_tag=by_tag,  # type: ignore[arg-type]
    )
    project = Project(openapi=data, config=config, custom_template_path=HERE / "templates")
    project.env.filters["repr"] = repr
    project.env.globals.update(
        source=path.name,
        spec_sha256=sha256,
        servers=servers(document),
        relative=any(each.startswith("/") for each in servers(document)),
        credentials=credentials.all_of(document),
        streams=any(
            answer.is_success and answer.kind in {"text", "binary"} for each in operations for answer in each.answers
        ),
        token_urls=[each.token_url for each in credentials.all_of(document) if each.token_url],
        free_form=free_form,
        values=_beside(classes, {each.class_info.name for each in classes if isinstance(each, EnumProperty)}, "Value"),
        imports_of=lambda model: _imports(_described(model, others), held, "..") - {f"from ..{model.self_import}"},
        maps=maps,
        others=others,
        tuples=tuples_of,
        arguments=_beside(classes, _request_models(models, operations, held, others), "Params"),
        discriminated={
            "/".join(map(class_name, names)): (field, {value: class_name(name) for value, name in by_value.items()})
            for names, (field, by_value) in discriminators(document).items()
        },
    )
    with contextlib.redirect_stdout(io.StringIO()):
        errors = project.build()
    if errors:
        raise SpecError(path, *(("#", _text(error)) for error in errors))
    return len(operations)


def _overrides(document: dict[str, Any]) -> dict[str, ClassOverride]:
    """Return what classes of reserved names are called, so that no component has the same name or module."""
    found = document.get("components", {}).get("schemas", {})
    modules = {PythonIdentifier(ClassName(name, PREFIX), PREFIX) for name in found}
    overrides = {}
    for name in RESERVED_CLASSES:
        called = f"{name}Model"
        while PythonIdentifier(called, PREFIX) in modules:
            called += "Model"
        overrides[name] = ClassOverride.model_validate({"class_name": called})
    return overrides


def _refuse_modules(
    path: Path, classes: Iterable[Property], document: dict[str, Any], operations: Iterable[Operation]
) -> None:
    """Refuse classes that cannot have a module of their own."""
    owners: dict[str, Steps] = {str(ClassName(each.name, PREFIX)): each.place for each in operations}
    for component in document.get("components", {}).get("schemas", {}):
        owners[str(ClassName(component, PREFIX))] = ("components", "schemas", component)
    modules: dict[str, str] = {}
    for each in classes:
        if isinstance(each, ModelProperty | EnumProperty):
            name, module = each.class_info.name, each.class_info.module_name
            # What is described inside something else has a name that begins with that of the other.
            owner = join(owners.get(max((each for each in owners if name.startswith(each)), key=len, default=""), ()))
            if module in modules:
                problem = f"{name} and {modules[module]} would stand in one module, {module}: rename one"
                raise SpecError(path, (owner, problem))
            if is_too_long(module):
                remedy = "rename it" if name in owners else "make a component of it, which has a shorter name"
                raise SpecError(path, (owner, f"no file can be called {module}: {remedy}"))
            modules[module] = name


def _beside(classes: Iterable[Property], owners: Iterable[str], suffix: str) -> dict[str, str]:
    """Return what the type beside each class is called, which ends in a suffix and is no class of the document."""
    names = {each.class_info.name for each in classes if isinstance(each, ModelProperty | EnumProperty)}
    return {owner: f"{owner}{suffix}_" if f"{owner}{suffix}" in names else f"{owner}{suffix}" for owner in owners}


class _Reader:
    """Reads schemas with openapi-python-client, and collects its complaints."""

    def __init__(self, document: dict[str, Any], config: Config) -> None:
        self.config = config
        self.problems: list[tuple[str, str]] = []
        found = document.get("components", {}).get("schemas", {})
        components = {
            UntrustedString(name): self._parse(("components", "schemas", name), found[name]) for name in found
        }
        self.schemas = build_schemas(components=components, schemas=Schemas(), config=config)
        self.problems += [(pointer(_text(error)), _text(error)) for error in self.schemas.errors]

    def describe(self, described: Operation) -> None:
        """Set the types of the parts of an operation, and the names of its arguments."""
        for each in described.described:
            each.prop = self._property(each, described.name)
        arguments = [(each, each.prop) for each in described.parameters if each.prop]
        for parameter, prop in arguments:
            call(prop, python_name(parameter.name, parameter.given_name), self.config)
        rename([prop for _, prop in arguments], described.reserved, self.config)

    def _property(self, described: Parameter | operation.Body | Answer, parent: str) -> Property | None:
        prop, schemas = property_from_data(
            name=UntrustedString(_called(described)),
            required=isinstance(described, Answer) or described.required,
            data=self._parse(described.place, described.schema),
            schemas=self.schemas,
            parent_name=parent,
            config=self.config,
        )
        if isinstance(prop, GeneratorError):
            self.problems.append((join(described.place), _text(prop)))
            return None
        self.schemas = schemas
        return prop

    def _parse(self, steps: Steps, schema: dict[str, Any] | bool) -> Schema | Reference:
        if isinstance(schema, bool):
            return Schema()
        try:
            return Reference.model_validate(schema) if "$ref" in schema else Schema.model_validate(schema)
        except ValidationError as error:
            for each in error.errors():
                place = [step for step in each["loc"] if not str(step)[:1].isupper()]
                self.problems.append((join([*steps, *place]), each["msg"]))
            return Schema()


def _called(described: Parameter | operation.Body | Answer) -> str:
    """Return what a part of an operation is called, and its class with it."""
    if isinstance(described, Parameter):
        return f"{described.field} {described.name}" if described.field else described.name
    name = f"response_{described.status}" if isinstance(described, Answer) else "body"
    return name if described.is_usual else f"{name} " + re.sub(r"[^A-Za-z0-9]+", " ", described.media_type or "")


def _text(error: GeneratorError) -> str:
    text = " ".join(f"{error.header} {error.detail or ''}".split())
    text = re.sub(r"<\S+ object at 0x\w+>", "…", text)  # the generator shows a property's name as this
    for problem, remedy in _REMEDIES.items():
        if problem in text:
            return f"{text}: {remedy}"
    return text


_REMEDIES: Final = {
    "Could not find reference": "an array or a choice that holds itself has no class; make an object of it",
    "duplicate models": "rename one of them",
    "conflicting enums": "rename one of them, or make a component of it",
    "Invalid property in union": "make a component of that alternative",
}
"""The advice for a complaint, by a part of openapi-python-client's text."""


def _mark(models: list[ModelProperty], config: Config, names: dict[str, str]) -> None:
    """Give properties the type of their ``x-unit``, their ``x-python-name``, and the key that they stand for."""
    schemas = {model.class_info.name: model.data for model in models}

    def extensions(schema: Schema | Reference) -> Iterator[tuple[str, dict[str, Any]]]:
        if isinstance(schema, Reference):
            schema = schemas[Class.from_string(string=schema.ref.get_untrusted_value(), config=config).name]
        for name, each in (schema.properties or {}).items():
            key = name.get_untrusted_value()
            yield names.get(key, key), (each.model_extra or {}) if isinstance(each, Schema) else {}
        for part in schema.allOf:
            yield from extensions(part)

    for model in models:
        known = dict(extensions(model.data))
        for properties in (model.required_properties or [], model.optional_properties or []):
            for index, prop in enumerate(properties):
                key = prop.name.get_untrusted_value()
                key = names.get(key, key)
                said = known.get(key, {})
                if isinstance(prop, IntProperty) and said.get("x-unit") in UNITS:
                    properties[index] = UNITS[said["x-unit"]](**attrs.asdict(prop, recurse=False))
                object.__setattr__(properties[index], "name", UntrustedString(key))
                call(properties[index], python_name(key, said.get("x-python-name")), config)


def _request_models(known: list[ModelProperty], operations: list[Operation], held: Held, others: Maps) -> set[str]:
    """Return the class names of the models that a caller builds: request bodies and the models inside them."""
    # A property that refers to a model may be a copy from before the model's own properties were known.
    models = {model.class_info.name: model for model in known}
    pending = [body.prop for each in operations for body in each.bodies if body.prop]
    found: set[str] = set()
    while pending:
        for name in _class_names(pending.pop(), held):
            if name in models and name not in found:
                found.add(name)
                pending += _described(models[name], others)
    return found


def _properties(model: ModelProperty) -> list[Property]:
    return [*(model.required_properties or ()), *(model.optional_properties or ())]


def _described(model: ModelProperty, others: Maps) -> list[Property]:
    """Return the properties of a model, and that which stands for the values under other keys."""
    name = model.class_info.name
    return [*_properties(model), *([others[name]] if name in others else ())]


def _imports(properties: Iterable[Property], held: Held, prefix: str) -> set[str]:
    """Return the statements that import what is in properties, what those hold that are no classes included."""
    found: set[str] = set()
    for prop in properties:
        found |= prop.get_imports(prefix=prefix) | prop.get_lazy_imports(prefix=prefix)
        inner = [each for name in _class_names(prop, {}) for each in held.get(name, ())]
        found |= _imports(inner, held, prefix)
    # The templates import these.
    return {each for each in found if not each.startswith(f"from {prefix}types import") and each != "import datetime"}


def _class_names(prop: PropertyProtocol, held: Held) -> Iterator[ClassName]:
    if isinstance(prop, ModelProperty):
        yield prop.class_info.name
        for each in held.get(prop.class_info.name, ()):
            yield from _class_names(each, held)
    elif isinstance(prop, ListProperty):
        yield from _class_names(prop.inner_property, held)
    elif isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _class_names(inner, held)

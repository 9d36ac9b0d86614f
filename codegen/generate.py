"""Make ``generated/`` from ``spec/``: ``python codegen/generate.py [--check]``.

The same documents and templates give the same bytes. Everything is made in a scratch folder first, so a broken document
leaves ``generated/`` as it was, and what a document no longer has is gone afterwards.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import hashlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import attrs
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.bodies import BodyType
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import (
    Class,
    EnumProperty,
    IntProperty,
    ListProperty,
    ModelProperty,
    NoneProperty,
    Property,
    UnionProperty,
)
from openapi_python_client.parser.responses import NONE_SOURCE
from openapi_python_client.schema import Reference, Schema
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier

import audit
from causerie_spec import vendors
from document import (
    SpecError,
    credential,
    discriminators,
    function,
    join,
    joined,
    load,
    parameter_names,
    pointer,
    servers,
)
from prepare import prepared
from runtime.model import Model
from walk import operations

HERE = Path(__file__).resolve().parent
SPEC = HERE.parent / "spec"
GENERATED = HERE.parent / "generated"
RESERVED_IN_MODELS = frozenset(name for name in dir(Model) if not name.startswith("_")) | {
    *("Any", "UNSET", "Unset", "field", "models", "moment", "schema")
}
"""What every model has, and its module uses: a property of such a name becomes an attribute with an underscore."""
RESERVED_IN_ENDPOINTS = frozenset({"DECODERS", "Request", "body"})
"""The same for the parameters of an operation."""


class UnixSeconds(IntProperty):
    """An integer that the document marks ``x-unit: unix-seconds``."""

    template: ClassVar[str] = "unix_seconds"


class UnixMilliseconds(IntProperty):
    """An integer that the document marks ``x-unit: unix-milliseconds``."""

    template: ClassVar[str] = "unix_milliseconds"


UNITS = {"unix-seconds": UnixSeconds, "unix-milliseconds": UnixMilliseconds}


def generate(spec: Path, target: Path) -> None:
    """Make the package ``causerie_api`` in ``target`` from the documents in ``spec``. Raises ``SpecError``."""
    package = target / "causerie_api"
    shutil.copytree(HERE / "runtime", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "py.typed").touch()
    for vendor in vendors(spec):
        _generate_vendor(spec / f"{vendor}.yaml", package / vendor)


def _generate_vendor(path: Path, output: Path) -> None:
    document = prepared(load(path))
    found = [*audit.problems(document), *_enums(document)]
    if found:
        raise SpecError(path, *((join(steps), problem) for steps, problem in found))
    config = Config.from_sources(
        ConfigFile(post_hooks=[], project_name_override=path.stem, package_name_override=path.stem),
        MetaType.NONE,
        document_source=path,
        file_encoding="utf-8",
        overwrite=False,
        output_path=output,
    )
    data = GeneratorData.from_dict(document, config=config)
    if isinstance(data, GeneratorError):
        raise SpecError(path, ("#", _text(data)))
    _raise(path, data.errors)
    _mark(data.models, config)
    free_form: set[str] = {model.class_info.name for model in data.models if not _properties(model)}
    data.models = [model for model in data.models if model.class_info.name not in free_form]
    for model in data.models:
        properties = _properties(model)
        moments = {f"{prop.python_name}_datetime" for prop in properties if isinstance(prop, (*UNITS.values(),))}
        _rename(properties, RESERVED_IN_MODELS | moments, config)
    endpoints = [each for tagged in data.endpoint_collections_by_tag.values() for each in tagged.endpoints]
    beyond = [problem for endpoint in endpoints for problem in _beyond(endpoint, free_form)]
    if beyond:
        raise SpecError(path, *beyond)
    _raise(path, (error for tagged in data.endpoint_collections_by_tag.values() for error in tagged.parse_errors))
    made = {_function(endpoint) for endpoint in endpoints}
    lost = [join(steps) for steps, _, operation in operations(document) if function(operation) not in made]
    if lost:
        raise SpecError(path, *((place, "nothing was made of it") for place in lost))
    names = parameter_names(document)
    for endpoint in endpoints:
        _keep_names(endpoint, names, config)

    def class_name(component: str) -> str:
        return str(Class.from_string(string=UntrustedString(component), config=config).name)

    project = Project(openapi=data, config=config, custom_template_path=HERE / "templates")
    project.env.globals.update(
        vendor=path.stem,
        spec_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        servers=servers(path, document),
        credential=credential(path, document),
        free_form=free_form,
        request_models=_request_models(data.models, endpoints),
        joined=joined(document),
        discriminated={
            "/".join(map(class_name, names)): (field, {value: class_name(name) for value, name in by_value.items()})
            for names, (field, by_value) in discriminators(document).items()
        },
    )
    with contextlib.redirect_stdout(io.StringIO()):
        errors = project.build()
    _raise(path, errors)
    _tidy(path, output)


def _raise(path: Path, errors: Iterable[GeneratorError]) -> None:
    problems = [(pointer(_text(error)), _text(error)) for error in errors]
    if problems:
        raise SpecError(path, *problems)


def _function(endpoint: Endpoint) -> str:
    return str(PythonIdentifier(endpoint.name, prefix=""))


def _text(error: GeneratorError) -> str:
    text = " ".join(f"{error.header} {error.detail or ''}".split())
    return re.sub(r"<\S+ object at 0x\w+>", "…", text)  # the generator shows a property's name as this


def _enums(node: Any, *steps: Any) -> Iterator[audit.Problem]:
    """Yield the enums that would lose a value, because two values give one name."""
    match node:
        case {"enum": [*values]}:
            texts = [value for value in values if isinstance(value, str)]
            try:
                members = EnumProperty.values_from_list(texts, Class("", ""), node.get("x-enum-varnames", []))
            except ValueError:
                members = {}
            if len(members) < len(texts):
                yield steps, f"two values of the enum give the same name: {texts}"
    if isinstance(node, dict | list):
        for step, each in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _enums(each, *steps, step)


def _beyond(endpoint: Endpoint, free_form: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what the template of an endpoint cannot express, each with its place."""

    def is_model(prop: Property) -> bool:
        return isinstance(prop, ModelProperty) and prop.class_info.name not in free_form

    def problems() -> Iterator[str]:
        for response in endpoint.responses:
            status, prop = response.status_code, response.prop
            if status.range is None or status.is_range():
                yield f"response {status.pattern}: a single status was expected"
            match prop:
                case ListProperty(inner_property=item) | UnionProperty(inner_properties=[item, NoneProperty()]):
                    pass
                case item:
                    pass
            if response.source != NONE_SOURCE and not is_model(item):
                yield (
                    f"response {status.pattern}: "
                    "an object with properties (or null), an array of such, or no body was expected"
                )
        for body in endpoint.bodies:
            alternatives = body.prop.inner_properties if isinstance(body.prop, UnionProperty) else [body.prop]
            if body.body_type != BodyType.JSON or not body.prop.required or not all(map(is_model, alternatives)):
                yield "request body: a required JSON object with properties, or a choice of such, was expected"
        if len(endpoint.bodies) > 1:
            yield "request body: a single media type was expected"
        for kind, parameters in (("header", endpoint.header_parameters), ("cookie", endpoint.cookie_parameters)):
            for parameter in parameters:
                yield f"{kind} parameter {parameter.name.get_untrusted_value()}: only path and query are supported"

    template = endpoint.path.get_untrusted_value()
    for parameter in endpoint.path_parameters:
        template = template.replace(f"{{{parameter.python_name}}}", f"{{{parameter.name.get_untrusted_value()}}}")
    for problem in problems():
        yield join(["paths", template, endpoint.method]), problem


def _mark(models: list[ModelProperty], config: Config) -> None:
    """Give properties the type of their ``x-unit``, and their ``x-python-name``."""
    schemas = {model.class_info.name: model.data for model in models}

    def extensions(schema: Schema | Reference) -> Iterator[tuple[UntrustedString, dict[str, Any]]]:
        if isinstance(schema, Reference):
            schema = schemas[Class.from_string(string=schema.ref.get_untrusted_value(), config=config).name]
        for name, each in (schema.properties or {}).items():
            yield name, (each.model_extra or {}) if isinstance(each, Schema) else {}
        for part in schema.allOf:
            yield from extensions(part)

    for model in models:
        known = dict(extensions(model.data))
        for properties in (model.required_properties or [], model.optional_properties or []):
            for index, prop in enumerate(properties):
                said = known.get(prop.name, {})
                if isinstance(prop, IntProperty) and said.get("x-unit") in UNITS:
                    properties[index] = UNITS[said["x-unit"]](**attrs.asdict(prop, recurse=False))
                _call(properties[index], said.get("x-python-name"), config)


def _call(prop: Property, given: str | None, config: Config) -> None:
    """Name a property as the document says; by itself, not by what else there is, so that no new one renames it."""
    name = UntrustedString(given or str(PythonIdentifier(prop.name, prefix=config.field_prefix)))
    if name.get_untrusted_value() != prop.python_name:
        prop.set_python_name(name, config, skip_snake_case=True)


def _keep_names(endpoint: Endpoint, given: dict[tuple[str, str], str], config: Config) -> None:
    before = [prop.python_name for prop in endpoint.path_parameters]
    parameters = [*endpoint.path_parameters, *endpoint.query_parameters]
    for prop in parameters:
        _call(prop, given.get((_function(endpoint), prop.name.get_untrusted_value())), config)
    _rename(parameters, RESERVED_IN_ENDPOINTS, config)
    for old, prop in zip(before, endpoint.path_parameters, strict=True):
        template = endpoint.path.get_untrusted_value().replace(f"{{{old}}}", f"{{{prop.python_name}}}")
        endpoint.path = UntrustedString(template)


def _rename(properties: list[Property], reserved: frozenset[str], config: Config) -> None:
    taken = reserved | {prop.python_name for prop in properties}
    for prop in properties:
        if prop.python_name in reserved:
            name = str(prop.python_name)
            while name in taken:
                name += "_"
            taken |= {name}
            prop.set_python_name(UntrustedString(name), config, skip_snake_case=True)


def _request_models(known: list[ModelProperty], endpoints: list[Endpoint]) -> set[str]:
    """Class names of what a caller builds: request bodies and the models inside them."""
    # A property that refers to a model may be a copy from before the model's own properties were known.
    models = {model.class_info.name: model for model in known}
    pending: list[Property] = [body.prop for endpoint in endpoints for body in endpoint.bodies]
    found: set[str] = set()
    while pending:
        for name in _class_names(pending.pop()):
            if name in models and name not in found:
                found.add(name)
                pending += _properties(models[name])
    return found


def _properties(model: ModelProperty) -> list[Property]:
    return [*(model.required_properties or ()), *(model.optional_properties or ())]


def _class_names(prop: Property) -> Iterator[str]:
    if isinstance(prop, ModelProperty):
        yield prop.class_info.name
    elif isinstance(prop, ListProperty):
        yield from _class_names(prop.inner_property)
    elif isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _class_names(inner)


def _tidy(path: Path, folder: Path) -> None:
    options = ("--isolated", "--no-cache", "--target-version=py311")
    for arguments in (["check", "--select=F401,I,UP,PIE804,TC005", "--fix-only"], ["format", "--line-length=120"]):
        command = [sys.executable, "-P", "-m", "ruff", *arguments, *options, "."]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if result.returncode:
            raise SpecError(path, ("#", f"what was made of it is not Python: {' '.join(result.stderr.split())}"))


def differences(expected: Path, actual: Path) -> list[str]:
    """Paths, relative to both folders, that are not the same in both."""
    files = {
        path.relative_to(root)
        for root in (expected, actual)
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    _, mismatch, missing = filecmp.cmpfiles(expected, actual, map(str, files), shallow=False)
    return sorted(mismatch + missing)


def main() -> int:
    parser = argparse.ArgumentParser(description="Make generated/ from spec/.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if generated/ is out of date")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch, "generated")
        fresh.mkdir()
        try:
            generate(SPEC, fresh)
        except SpecError as error:
            print(f"{error}\ngenerated/ was not touched.", file=sys.stderr)
            return 1
        changed = differences(fresh, GENERATED)
        if check and changed:
            print("generated/ does not match spec/ and codegen/:", *changed, sep="\n  ", file=sys.stderr)
            print("Run `make generate` and commit the result.", file=sys.stderr)
            return 1
        if changed:
            shutil.rmtree(GENERATED, ignore_errors=True)
            shutil.copytree(fresh, GENERATED)
    print(f"generated/ {'matches spec/' if not changed else f'was made anew: {len(changed)} files changed'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

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
from typing import Any

import yaml
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import ListProperty, ModelProperty, Property, UnionProperty
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_spec_validator import OpenAPIV31SpecValidator

from runtime.model import Model

HERE = Path(__file__).resolve().parent
SPEC = HERE.parent / "spec"
GENERATED = HERE.parent / "generated"
VENDORS = ("convocore", "raia", "zild")
RESERVED = frozenset(name for name in dir(Model) if not name.startswith("_"))
"""Names that every model has: a property of such a name becomes an attribute with an underscore behind it."""


class SpecError(Exception):
    """A document that cannot be generated from: the file, the place in it, and what is wrong."""

    def __init__(self, path: Path, place: str, problem: str) -> None:
        super().__init__(f"{path.name} {place}: {problem}")


def generate(spec: Path, target: Path) -> None:
    """Make the package ``palaver_api`` in ``target`` from the documents in ``spec``. Raises ``SpecError``."""
    package = target / "palaver_api"
    shutil.copytree(HERE / "runtime", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "py.typed").touch()
    for vendor in VENDORS:
        _generate_vendor(spec / f"{vendor}.yaml", package / vendor)
    _tidy(target)


def _generate_vendor(path: Path, output: Path) -> None:
    document = load(path)
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
        raise SpecError(path, "#", _text(data))
    free_form = {model.class_info.name for model in data.models if not _properties(model)}
    data.models = [model for model in data.models if model.class_info.name not in free_form]
    for model in data.models:
        _keep_methods(model, config)
    project = Project(openapi=data, config=config, custom_template_path=HERE / "templates")
    project.env.globals.update(
        vendor=path.stem,
        spec_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        servers=[server["url"] for server in document["servers"]],
        credential=_credential(document),
        free_form=free_form,
        request_models=_request_models(data),
        unix_seconds=set(_unix_seconds(document["components"]["schemas"])),
    )
    with contextlib.redirect_stdout(io.StringIO()):
        # What is wrong with a schema comes before what refers to it.
        errors = [*data.errors, *project.build()]
    if errors:
        raise SpecError(path, _pointer(_text(errors[0])), _text(errors[0]))


def load(path: Path) -> dict[str, Any]:
    """Read a document and hold it against the OpenAPI specification. Raises ``SpecError``."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpecError(path, "#", str(error.strerror)) from None
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else "#"
        raise SpecError(path, where, f"not YAML: {error.problem}") from None
    if not isinstance(document, dict):
        raise SpecError(path, "#", "not an OpenAPI document: an object was expected")
    for problem in OpenAPIV31SpecValidator(document).iter_errors():
        problem_text = problem.message.splitlines()[0]
        place = _join(problem.absolute_path) if problem.absolute_path else _pointer(problem_text)
        raise SpecError(path, place, problem_text)
    return document


def _join(steps: Iterable[Any]) -> str:
    return "#" + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _pointer(text: str) -> str:
    """The place that a message names in words."""
    operation = re.search(r"parsing (\w+) (\S+) within", text) or re.search(r"'(\w+)' operation in '([^']+)'", text)
    if operation:
        return _join(["paths", operation[2], operation[1].lower()])
    component = re.search(r"/components/(\w+)/(\w+)", text)
    return f"#{component[0]}" if component else "#"


def _text(error: GeneratorError) -> str:
    text = " ".join(f"{error.header} {error.detail or ''}".split())
    return re.sub(r"<\S+ object at 0x\w+>", "…", text)  # the generator shows a property's name as this


def _credential(document: dict[str, Any]) -> dict[str, str]:
    (scheme,) = document["components"]["securitySchemes"].values()
    if scheme["type"] == "http":
        return {"header": "Authorization", "prefix": "Bearer "}
    return {"header": scheme["name"], "prefix": scheme.get("x-credential-prefix", "")}


def _unix_seconds(node: Any) -> Iterator[str]:
    """Names of the properties that are marked ``x-unit: unix-seconds``."""
    if isinstance(node, dict):
        for name, each in node.get("properties", {}).items():
            if each.get("x-unit") == "unix-seconds":
                yield name
        for each in node.values():
            yield from _unix_seconds(each)
    elif isinstance(node, list):
        for each in node:
            yield from _unix_seconds(each)


def _keep_methods(model: ModelProperty, config: Config) -> None:
    for prop in _properties(model):
        if prop.python_name in RESERVED:
            prop.set_python_name(UntrustedString(f"{prop.python_name}_"), config, skip_snake_case=True)


def _request_models(data: GeneratorData) -> set[str]:
    """Class names of what a caller builds: request bodies and the models inside them."""
    # A property that refers to a model may be a copy from before the model's own properties were known.
    models = {model.class_info.name: model for model in data.models}
    pending: list[Property] = [
        body.prop
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
        for body in endpoint.bodies
    ]
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


def _tidy(target: Path) -> None:
    for arguments in (["check", "--select=F401,I,UP,PIE804,TC005", "--fix-only"], ["format", "--line-length=120"]):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "ruff",
                *arguments,
                "--isolated",
                "--no-cache",
                "--quiet",
                "--target-version=py311",
                ".",
            ],
            cwd=target,
            check=True,
        )


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

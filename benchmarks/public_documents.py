"""What ``causerie-generate`` makes of other people's documents: ``public_documents.py FOLDER [--open]``.

Each document of the folder is generated in a process of its own. Operations that are refused are left out, by the
places that the refusals name, and the rest is generated, as openapi-python-client generates it: CPU of both commands,
one after the other. What is made is checked by mypy --strict and imported, and every documented example that is valid
has to come out of it as it went in.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import pkgutil
import re
import resource
import subprocess
import sys
import tempfile
import typing
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
from openapi_python_client.strings import ClassName
from openapi_schema_validator import OAS30Validator, OAS31Validator

from causerie_codegen import credentials
from causerie_codegen.document import SpecError, load
from causerie_codegen.make import make
from causerie_codegen.names import PREFIX, function_name, python_name
from causerie_codegen.part import part
from causerie_codegen.walk import operation_id, operations, references
from causerie_spec.pointer import follow, parse

HEADINGS = ("document", *("operations", "generated", "%", "mypy", "examples", "wrong", "s", "theirs", "times"))
ROW = "| {:22} |" + " {:>10} |" * 9 + "\n"
"""A row of the table, in Markdown."""
ROUNDS = 30
"""So often are refused operations left out before a document is given up."""


@attrs.define
class Result:
    """What became of one document."""

    operations: int = 0
    generated: int = 0
    refusals: Counter[str] = attrs.field(factory=Counter)
    """How many places were refused for each reason."""
    type_errors: list[str] = attrs.field(factory=list)
    examples: int = 0
    wrong: list[str] = attrs.field(factory=list)
    """What is not as it should be: an import that fails, or an example that comes out as something else."""
    seconds: float = 0.0
    plain_seconds: float = 0.0
    """openapi-python-client's own, 0 where it fails."""


def try_document(path: Path, folder: Path, *, is_open: bool) -> Result:
    """Generate a document without what is refused, and try what was made."""
    result = Result()
    try:
        document = load(path)
    except SpecError as error:
        return Result(refusals=Counter({_reason(str(error)): 1}))
    result.operations = len([*operations(document)])
    document = _without_refused(document, folder, result, is_open=is_open)
    result.generated = len([*operations(document)])
    if not result.generated:
        return result
    kept = folder / "kept.json"
    kept.write_text(json.dumps(document), encoding="utf-8")
    options = ["--open"] if is_open else []
    result.seconds = _cpu("causerie_codegen", str(kept), str(folder / "made_api"), *options)
    options = ["--path", str(kept), "--output-path", str(folder / "plain"), "--meta", "none"]
    with contextlib.suppress(subprocess.CalledProcessError):  # it may refuse what is made here
        result.plain_seconds = _cpu("openapi_python_client", "generate", *options)
    result.type_errors = _type_errors(folder)
    sys.path.insert(0, str(folder))
    result.wrong += _failed_imports("made_api")
    result.wrong += [f"{place}: {problem}" for place, problem in _examples(document, result)]
    return result


def _without_refused(document: dict[str, Any], folder: Path, result: Result, *, is_open: bool) -> dict[str, Any]:
    """Return a document without the operations that are refused, counting why."""
    for number in range(ROUNDS):
        kept = folder / "round.json"
        kept.write_text(json.dumps(document), encoding="utf-8")
        try:
            make([kept], folder / f"round{number}", is_open=is_open)
        except SpecError as error:
            lines = str(error).split("\n")
        else:
            return document
        result.refusals.update(map(_reason, lines))
        places = [line.split(" ")[1].rstrip(":") for line in lines]
        refused = {*_leading_to(document, [tuple(map(str, parse(place))) for place in places])}
        unneeded = [place[2] for place in places if place[:2] == ("components", "securitySchemes")]
        if len(refused) == len([*operations(document)]) or not (refused or unneeded):
            break
        document = part(kept, document, (), refused)
        for name in unneeded:
            document["components"]["securitySchemes"].pop(name, None)
    return {**document, "paths": {}}


def _reason(line: str) -> str:
    """Return what a refusal says, without the names in it: its remedy, or else its beginning."""
    problem = line.split(": ", 1)[-1]
    return re.sub(r"\s+", " ", problem.rpartition(": ")[2] if len(problem) < 400 else problem)[:90]


def _leading_to(document: dict[str, Any], places: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the operations in which one of these places is, or that lead to a component in which one is."""
    components = {place[1:3] for place in places if place[0] == "components"}
    for steps, item, operation in operations(document):
        own = [place for place in places if place[:2] == steps[:2] and place[2:3] in {(), (steps[2],), ("parameters",)}]
        found = {("securitySchemes", name) for name in credentials.needed(document, operation)}
        found |= _components(document, [operation, item.get("parameters", [])])
        if own or not components.isdisjoint(found):
            yield operation_id(steps, operation)


def _components(document: dict[str, Any], node: Any) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    pending = [node]
    while pending:
        for _, reference in references(pending.pop()):
            steps = tuple(map(str, parse(reference)))
            if steps[0] == "components" and steps[1:3] not in found:
                found.add(steps[1:3])
                pending.append(document["components"].get(steps[1], {}).get(steps[2]))
    return found


def _cpu(module: str, *arguments: str) -> float:
    """Return the CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _type_errors(folder: Path) -> list[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir=.cache", "made_api"]
    printed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    return [line for line in printed.splitlines() if ": error: " in line]


def _failed_imports(package: str) -> Iterator[str]:
    root = importlib.import_module(package)
    for each in pkgutil.walk_packages(root.__path__, f"{package}."):
        try:
            importlib.import_module(each.name)
        except Exception as error:  # noqa: BLE001 - whatever is wrong is told
            yield f"{each.name}: {type(error).__name__}: {error}"


def _examples(document: dict[str, Any], result: Result) -> Iterator[tuple[str, str]]:
    """Read the valid examples of components, answers and bodies; yield those that come out as something else."""
    kind = OAS30Validator if document["openapi"].startswith("3.0") else OAS31Validator
    for place, said, read in _readers(document):
        validator = kind({**said["schema"], "components": document.get("components", {})})
        for example in _values(document, said):
            if not validator.is_valid(example):
                continue
            result.examples += 1
            if (problem := _trip(read, example)) is not None:
                yield place, problem


def _readers(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Yield what reads JSON in the package that was made, after its place and the ``content`` that describes it."""
    models: Any = importlib.import_module("made_api.kept.models")
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        model: Any = getattr(models, str(ClassName(name, PREFIX)), None)
        if hasattr(model, "from_json"):
            yield name, {"schema": schema}, model.from_json
    for steps, _, operation in operations(document):
        name = operation_id(steps, operation)
        tag = python_name(next(iter(operation.get("tags", ())), "default"))
        module = importlib.import_module(f"made_api.kept.api.{tag}.{function_name(name)}")
        for status, decode in getattr(module, "DECODERS", {}).items():
            said = _json_of(document, operation["responses"].get(str(status)))
            if "schema" in said:
                yield f"{name} {status}", said, decode["application/json"] if isinstance(decode, dict) else decode
        said = _json_of(document, operation.get("requestBody"))
        body: Any = typing.get_type_hints(module.request).get("body")
        if "schema" in said and hasattr(body, "from_json"):
            yield f"{name} body", said, body.from_json


def _json_of(document: dict[str, Any], node: Any) -> dict[str, Any]:
    said: dict[str, Any] = follow(document, node).get("content", {}).get("application/json", {})
    return said


def _values(document: dict[str, Any], said: dict[str, Any]) -> Iterator[Any]:
    schema = follow(document, said["schema"])
    for node in (said, schema):
        yield from [node["example"]] if "example" in node else []
    yield from [follow(document, each).get("value") for each in said.get("examples", {}).values()]
    yield from schema["examples"] if isinstance(schema.get("examples"), list) else []


def _trip(read: Any, example: Any) -> str | None:
    """Return what is wrong with what becomes of an example, or ``None``."""
    try:
        value = read(json.dumps(example).encode())
        for each in value if isinstance(value, list) else [value]:
            if hasattr(each, "validate"):
                each.validate()
        plain = _plain(value)
    except Exception as error:  # noqa: BLE001 - whatever is wrong is told
        return f"{type(error).__name__}: {error}"
    return None if plain == example else f"{str(example)[:200]} became {str(plain)[:200]}"


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value.to_dict() if hasattr(value, "to_dict") else value


def _tried(path: Path, limit: float, *, is_open: bool) -> Result | str:
    """Try a document in a process of its own; return what stopped it where there is no result."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, folder, "--one", str(path), *(["--open"] if is_open else [])]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            return f"took longer than {limit:.0f} s"
    if done.returncode:
        return done.stderr.strip().rpartition("\n")[2][:200]
    return Result(**json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the documents, in YAML or JSON")
    parser.add_argument("--open", action="store_true", help="as causerie-generate has it")
    parser.add_argument("--limit", type=float, default=900, help="seconds for one document")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        sys.stdout.write(json.dumps(attrs.asdict(try_document(given.one, given.folder, is_open=given.open))))
        return 0
    print(ROW.format(*HEADINGS) + ROW.format("---", *["--:"] * 9), end="", flush=True)
    reasons: Counter[str] = Counter()
    for path in sorted(each for each in given.folder.iterdir() if each.suffix in {".json", ".yaml", ".yml"}):
        result = _tried(path, given.limit, is_open=given.open)
        if isinstance(result, str):
            print(f"{path.stem}: {result}", flush=True)
            continue
        reasons.update(result.refusals)
        counts = (result.operations, result.generated)
        share = 100 * result.generated / max(result.operations, 1)
        checks = (len(result.type_errors), result.examples, len(result.wrong))
        ratio = result.seconds / result.plain_seconds if result.plain_seconds else 0
        times = (f"{each:.1f}" for each in (result.seconds, result.plain_seconds, ratio))
        print(ROW.format(path.stem, *counts, f"{share:.0f}", *checks, *times), end="", flush=True)
        for line in (*result.type_errors[:3], *result.wrong[:3]):
            print(f"{path.stem}: {line}", flush=True)
    for reason, number in reasons.most_common():
        print(f"{number:4} refused: {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The generator: the same bytes every time, and broken documents refused with their place."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
import yaml

import generate
from causerie_codegen.document import SpecError, load
from causerie_codegen.make import tidy
from causerie_spec import vendors

ROOT = Path(__file__).parents[2]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Return a copy of the documents, to be changed."""
    return shutil.copytree(ROOT / "spec", tmp_path / "spec")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "generated"
    folder.mkdir()
    return folder


@pytest.fixture
def zild(spec: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the smallest document, to be changed; no other is generated from."""
    for other in {*vendors(spec)} - {"zild"}:
        (spec / f"{other}.yaml").unlink()
    return spec / "zild.yaml"


def change(path: Path, edit: Any) -> None:
    document = yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    edit(document)
    path.write_text(yaml.dump(document, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False))


def test_differences(tmp_path: Path) -> None:
    """A changed, a missing and an additional file are differences; byte code is not."""
    ours, theirs = tmp_path / "a", tmp_path / "b"
    for folder, files in (
        (ours, {"same": "1", "changed": "1", "new": "1"}),
        (theirs, {"same": "1", "changed": "2", "old": ""}),
    ):
        (folder / "__pycache__").mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text)
    (theirs / "__pycache__" / "x.pyc").write_text("")

    assert ["changed", "new", "old"] == generate.differences(ours, theirs)


def run(monkeypatch: pytest.MonkeyPatch, spec: Path, target: Path, *arguments: str) -> int:
    monkeypatch.setattr(generate, "SPEC", spec)
    monkeypatch.setattr(generate, "GENERATED", target)
    monkeypatch.setattr(sys, "argv", ["generate.py", *arguments])
    return generate.main()


def test_main(zild: Path, target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Generating removes what a document no longer has, and says when there is nothing to do."""
    (target / "left-over.py").touch()
    outcomes = [run(monkeypatch, zild.parent, target), run(monkeypatch, zild.parent, target)]
    made, matching = capsys.readouterr().out.splitlines()

    assert [0, 0] == outcomes
    assert "generated/ was made anew" in made
    assert "generated/ matches spec/." == matching
    assert not (target / "left-over.py").exists()


def test_check(spec: Path, target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed description makes the check fail, writes nothing, and says what to do."""
    shutil.copytree(ROOT / "generated", target, dirs_exist_ok=True)
    change(spec / "raia.yaml", lambda d: d["components"]["schemas"]["Conversation"].update(description="Another."))
    outcome = run(monkeypatch, spec, target, "--check")
    said = capsys.readouterr().err

    assert 1 == outcome
    assert "causerie_api/raia/models/conversation.py" in said
    assert "Run `make generate`" in said
    assert [] == generate.differences(ROOT / "generated", target)


def broken_yaml(path: Path) -> None:
    path.write_text("openapi: 3.1.0\npaths: {\n")


def no_file(path: Path) -> None:
    path.unlink()
    path.mkdir()


def no_object(path: Path) -> None:
    path.write_text("- 1\n")


def no_paths_object(path: Path) -> None:
    change(path, lambda d: d.update(paths=[]))


def array_of_two_items(path: Path) -> None:
    bad = {"type": "array", "items": [{}, {}]}
    change(path, lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(bad=bad))


def path_parameter_missing(path: Path) -> None:
    def edit(document: dict[str, Any]) -> None:
        item = document["paths"]["/external/conversations/{conversationId}"]
        item.pop("parameters", None)
        item["get"].pop("parameters", None)

    change(path, edit)


def colliding_names(path: Path) -> None:
    more = {"a_b": {"type": "string"}, "aB": {"type": "string"}}
    change(path, lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(more))


@pytest.mark.parametrize(
    ("damage", "place", "problem"),
    [
        (broken_yaml, "raia.yaml line", "not YAML"),
        (no_file, "raia.yaml #", "could not be read: Is a directory"),
        (no_object, "raia.yaml #", "an object was expected"),
        (no_paths_object, "raia.yaml #/paths", "is not of type"),
        (array_of_two_items, "raia.yaml #/components/schemas/Conversation/properties/bad/items", "is not of type"),
        (path_parameter_missing, "raia.yaml #/paths/~1external~1conversations~1{conversationId}", "conversationId"),
        (
            colliding_names,
            "raia.yaml #/components/schemas/Conversation",
            "give the same name a_b: say with x-python-name",
        ),
    ],
)
def test_broken_document(
    damage: Any,
    place: str,
    problem: str,
    spec: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A broken document: the file, the place, what is wrong; and what was generated before stays."""
    (spec / "convocore.yaml").unlink()
    (target / "kept.py").touch()
    damage(spec / "raia.yaml")
    outcome = run(monkeypatch, spec, target)
    said = capsys.readouterr().err

    assert 1 == outcome
    assert place in said
    assert problem in said
    assert "generated/ was not touched" in said
    assert ["kept.py"] == [path.name for path in target.iterdir()]


def test_reserved_names(zild: Path, target: Path) -> None:
    """A property named like a method of every model does not hide it."""
    more = {"validate": {"type": "string"}, "to_json": {"type": "integer"}}
    change(zild, lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(more))
    generate.generate(zild.parent, target)
    source = (target / "causerie_api/zild/models/conversation.py").read_text()

    assert 'validate_: str | Unset = field("validate"' in source
    assert 'to_json_: int | Unset = field("to_json"' in source


OPERATION = "/api/Conversation/proactive-conversation"
OPERATION_PLACE = "zild.yaml #/paths/~1api~1Conversation~1proactive-conversation/post: "


@pytest.fixture
def make(zild: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Callable[[str], ModuleType]]:
    """Change the document, generates, and give an import of modules of the package for it."""

    def made(edit: Any) -> Callable[[str], ModuleType]:
        change(zild, edit)
        generate.generate(zild.parent, target)
        package = (target / "causerie_api").rename(target / f"made_{abs(hash(target))}")
        monkeypatch.syspath_prepend(target)
        return lambda module: import_module(f"{package.name}.zild{module}")

    return made


@pytest.mark.parametrize(
    "text",
    ['says "no"', '"', '"""', 'ends in \\"', "C:\\", '"""+__import__("os")+"""', '"+__import__("os").getcwd()+"'],
)
def test_text_stays_text(text: str, make: Any) -> None:
    """What a document says in words cannot end the string that it stands in."""

    def edit(document: dict[str, Any]) -> None:
        document["info"]["title"] = text
        document["servers"] = [{"url": f"https://example.com/{text}"}]
        document["components"]["securitySchemes"] = {
            "Authorization": {"type": "apiKey", "in": "header", "name": "X-Key", "x-credential-prefix": text}
        }
        fields = document["components"]["schemas"]["Conversation"]["properties"]
        fields["described"] = {"type": "string", "description": text}
        fields["exemplary"] = {"type": "string", "description": text, "example": text}
        fields[f"key {text}"] = {"type": "string"}
        operation = document["paths"].pop(OPERATION)
        document["paths"][f"/{text}"] = {"post": {**operation["post"], "summary": text, "description": text}}

    package = make(edit)
    request = package(".api.conversations.start_proactive_conversation").request(
        body=package(".models").NewProactiveConversation.from_dict({})
    )

    assert (f"https://example.com/{text}",) == package("").SERVERS
    assert ("X-Key", text) == (package("").CREDENTIAL_HEADER, package("").CREDENTIAL_PREFIX)
    assert f"/{text}" == request.path == request.template
    assert f"key {text}" in package(".models").Conversation._by_key


def test_enum_values(make: Any) -> None:
    """Values with quotes and backslashes name their members."""
    values = ['a"b', "a\\d", "plain"]
    package = make(
        lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(
            odd={"type": "string", "enum": values}
        )
    )
    models = package(".models")
    decoded = [models.Conversation.from_dict({"odd": value}).odd for value in values]

    assert values == [member.value for member in models.ConversationOdd]
    assert list(models.ConversationOdd) == decoded
    assert ["AB", "A_D", "PLAIN"] == [member.name for member in decoded]


def test_names_of_model_modules(make: Any) -> None:
    """A property named like something that its module uses becomes an attribute with an underscore."""
    keys = ["schema", "field", "models", "moment", "ts", "ts_datetime"]
    kind = {"type": "integer", "x-unit": "unix-seconds"}
    package = make(lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(dict.fromkeys(keys, kind)))
    made = package(".models").Conversation.from_dict({key: number for number, key in enumerate(keys)}).validate()
    names = ["schema_", "field_", "models_", "moment_", "ts", "ts_datetime_"]

    assert list(range(6)) == [getattr(made, name) for name in names]
    assert datetime.fromtimestamp(4, UTC) == made.ts_datetime


def test_names_of_endpoint_modules(make: Any) -> None:
    """Parameters may be named like what their module uses, in the path as well."""
    names = ["query", "segment", "models", "DECODERS", "Request", "UNSET"]

    def edit(document: dict[str, Any]) -> None:
        operation = document["paths"].pop(OPERATION)
        operation["post"]["parameters"] = [
            *({"name": name, "in": "query", "schema": {"type": "string"}} for name in names),
            {"name": "body", "in": "path", "required": True, "schema": {"type": "string"}},
        ]
        document["paths"]["/{body}"] = operation

    package = make(edit)
    body = package(".models").NewProactiveConversation.from_dict({})
    arguments = {
        "query": "1",
        "segment": "2",
        "models": "3",
        "decoders": "4",
        "request": "5",
        "unset": "6",
    }
    request = package(".api.conversations.start_proactive_conversation").request("a/b", body=body, **arguments)

    assert "/{body}" == request.template
    assert f"/{quote('a/b', safe='')}" == request.path
    assert list(zip(names, "123456", strict=True)) == list(request.query)
    assert b"{}" == request.content


def test_unix_seconds_of_one_component(make: Any) -> None:
    """``x-unit`` holds where it stands and is inherited; a namesake does not have it."""

    def edit(document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        schemas["Base"] = {"type": "object", "properties": {"at": {"type": "integer", "x-unit": "unix-seconds"}}}
        schemas["Heir"] = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"properties": {}}}]}
        schemas["Namesake"] = {"type": "object", "properties": {"at": {"type": "integer"}}}
        schemas["Outer"] = {
            "type": "object",
            "properties": {"inner": schemas["Base"], "properties": {"type": "string"}},
        }

    models = make(edit)(".models")

    assert {"Base": True, "Heir": True, "Namesake": False, "OuterInner": True, "Outer": False} == {
        name: hasattr(getattr(models, name), "at_datetime")
        for name in ("Base", "Heir", "Namesake", "OuterInner", "Outer")
    }


def test_units(make: Any) -> None:
    """A time in milliseconds is written in them, one in seconds in these, and either is read in either."""
    moment = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)

    def edit(document: dict[str, Any]) -> None:
        fields = {unit: {"type": "integer", "x-unit": f"unix-{unit}"} for unit in ("seconds", "milliseconds")}
        document["components"]["schemas"]["Times"] = {"type": "object", "properties": fields}

    times = make(edit)(".models").Times
    made = times(seconds=moment, milliseconds=moment)
    read = [times.from_dict({name: 1767323045678}) for name in ("seconds", "milliseconds")]

    assert {"seconds": 1767323045, "milliseconds": 1767323045678} == made.to_dict()
    assert [moment, moment] == [read[0].seconds_datetime, read[1].milliseconds_datetime]


@pytest.mark.parametrize(
    ("value", "query"),
    [
        (["a", "b c"], (("ids", "a,b c"),)),
        (["a"], (("ids", "a"),)),
        ([], ()),
        (None, ()),
        ([True, 5], (("ids", "true,5"),)),
    ],
)
@pytest.mark.parametrize("place", ["operation", "path", "component"])
def test_values_in_one_text(make: Any, place: str, value: Any, query: Any) -> None:
    """Without ``explode`` the values of an array stand in one text, wherever the parameter is described."""
    package = make(lambda document: join_values(document, place))
    body = package(".models").NewProactiveConversation.from_dict({})
    request = package(".api.conversations.start_proactive_conversation").request(body=body, ids=value)

    assert query == request.query


def test_values_that_cannot_be_joined(make: Any) -> None:
    """A value with a comma would be two: it is refused by name."""
    package = make(lambda document: join_values(document, "operation"))
    body = package(".models").NewProactiveConversation.from_dict({})
    with pytest.raises(ValueError, match=r"^ids: 'a,b' has a comma, which separates values here$"):
        package(".api.conversations.start_proactive_conversation").request(body=body, ids=["a,b"])


def join_values(document: dict[str, Any], place: str) -> None:
    """Describe a query parameter whose values are joined at one of the places where that is done."""
    schema = {"type": "array", "items": {}}
    joined = {"name": "ids", "in": "query", "style": "form", "explode": False, "schema": schema}
    item = document["paths"][OPERATION]
    document["components"]["parameters"] = {"Ids": joined}
    described = {"$ref": "#/components/parameters/Ids"} if place == "component" else joined
    (item if place == "path" else item["post"])["parameters"] = [described]


def schemes(**schemes: Any) -> Any:
    return lambda d: (d["components"].update(securitySchemes=schemes), d.pop("security", None))


def enum(*values: str) -> Any:
    return lambda d: d["components"]["schemas"].update(Odd={"type": "string", "enum": list(values)})


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            schemes(a={"type": "http", "scheme": "digest"}),
            "#/components/securitySchemes/a: http digest is not supported",
        ),
        (
            lambda d: d["components"].pop("schemas"),
            "#/paths/~1api~1Conversation~1proactive-conversation/post/requestBody/content/application~1json/schema:",
        ),
        (enum("a b", "a-b"), "#/components/schemas/Odd: two values of the enum give the same name: ['a b', 'a-b']"),
        (enum("a", "A"), "#/components/schemas/Odd: two values of the enum give the same name: ['a', 'A']"),
    ],
)
def test_unusable_document(edit: Any, message: str, zild: Path, target: Path) -> None:
    """What every document must have, and an enum that would lose a value."""
    change(zild, edit)
    with pytest.raises(SpecError) as caught:
        generate.generate(zild.parent, target)

    assert str(caught.value).startswith(f"zild.yaml {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"openapi: 3.1.0\ninfo: \x07\n", "zild.yaml #: not YAML: unacceptable character #x0007"),
        (b"openapi: 3.1.0\ninfo: \xff\n", "zild.yaml #: not UTF-8: 'utf-8' codec can't decode byte 0xff"),
        (b"a: &a [*a]\n", "zild.yaml #: not YAML: Circular reference detected"),
        (b"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "zild.yaml line 5: not YAML: the key 'c' is there twice"),
        (b"'200': 1\n200: 2\n", "zild.yaml line 2: not YAML: the key '200' is there twice"),
        (b"? [a]\n: 1\n", "zild.yaml line 1: not YAML: found unhashable key"),
    ],
)
def test_unreadable_document(text: bytes, message: str, zild: Path) -> None:
    """Text that is not UTF-8, is no YAML, or has a key twice is refused with its place."""
    zild.write_bytes(text)
    with pytest.raises(SpecError) as caught:
        load(zild)

    assert str(caught.value).startswith(message)


def test_unformattable(target: Path) -> None:
    """A document of which no Python could be made is named, with what is wrong in what was made."""
    (target / "made.py").write_text("def 1st(): ...")
    with pytest.raises(SpecError, match=r"zild\.yaml #: what was made of it is not Python: "):
        tidy(Path("zild.yaml"), target)

"""Packages from documents of one's own, and from parts of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import causerie_codegen
from causerie_codegen.document import SpecError
from causerie_codegen.make import make

REF = {"$ref": "#/components/schemas/Thing"}


def operation(name: str, tag: str, schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"operationId": name, "tags": [tag], "responses": {"200": {"description": "", "content": content}}}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Five operations, of which one leads nowhere, and one to a component that cannot be generated."""
    path = tmp_path / "my-things.yaml"
    found = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {
            "/things": {"get": operation("listThings", "things", REF), "post": operation("addThing", "things", REF)},
            "/unnamed": {"get": operation("", "things", REF)},
            "/lost": {"get": operation("getLost", "others", {"$ref": "#/components/schemas/Lost"})},
            "/odd": {"get": operation("getOdd", "others", {"$ref": "#/components/schemas/Odd"})},
        },
        "components": {
            "schemas": {
                "Thing": {"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
                "Inner": {"type": "object", "properties": {"id": {"type": "string"}}},
                "Odd": {"type": "object", "properties": {"a": {"type": "string"}, "A": {"type": "string"}}},
            }
        },
    }
    path.write_text(yaml.safe_dump(found, sort_keys=False))
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["causerie-generate", *map(str, arguments)])
    return causerie_codegen.main()


@pytest.mark.parametrize(
    ("options", "made"),
    [
        (["--only", "things"], ["add_thing", "get_unnamed", "list_things"]),
        (["--only", "listThings"], ["list_things"]),
        (["--only", "listThings", "--only", "addThing"], ["add_thing", "list_things"]),
        (["--skip", "others"], ["add_thing", "get_unnamed", "list_things"]),
        (["--only", "things", "--skip", "addThing"], ["get_unnamed", "list_things"]),
        (["--only", "get /unnamed"], ["get_unnamed"]),
    ],
)
def test_part(
    options: list[str],
    made: list[str],
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The operations that are asked for are made, with what they lead to, whatever is wrong with the others."""
    package = document.parent / "things_api"
    outcome = run(monkeypatch, document, package, *options)
    modules = sorted(path.stem for path in (package / "my_things" / "api" / "things").glob("[a-z]*.py"))
    models = sorted(path.stem for path in (package / "my_things" / "models").glob("[a-z]*.py"))

    assert 0 == outcome
    assert made == modules
    assert ["inner", "thing"] == models
    assert f"{package} has {len(made)} operations of my-things.yaml.\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "my-things.yaml #/paths/~1lost/get/responses/200/content/application~1json/schema: the $ref to"),
        (["--skip", "getLost"], "my-things.yaml #/components/schemas/Odd: A and a give the same name a"),
        (["--only", "nothing"], "my-things.yaml #/paths: no operation or tag is called nothing\n"),
        (["--skip", "nothing"], "my-things.yaml #/paths: no operation or tag is called nothing\n"),
    ],
)
def test_refused(
    options: list[str],
    said: str,
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What cannot be made is said, and nothing is made."""
    package = document.parent / "things_api"
    outcome = run(monkeypatch, document, package, *options)

    assert 1 == outcome
    assert said in capsys.readouterr().err
    assert not package.exists()


def test_open(document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A type that no listed value has is any JSON with ``--open``, which is said."""
    found = yaml.safe_load(document.read_text())
    found["components"]["schemas"]["Inner"]["properties"]["size"] = {"type": "string", "enum": [1, 2]}
    document.write_text(yaml.safe_dump(found, sort_keys=False))
    package = document.parent / "things_api"
    refused = run(monkeypatch, document, package, "--only", "things")
    problem = capsys.readouterr().err
    made = run(monkeypatch, document, package, "--only", "things", "--open")
    place = "my-things.yaml #/components/schemas/Inner/properties/size: "
    sentence = "no listed value (1, 2) has the type string: quote them\n"

    assert (1, 0) == (refused, made)
    assert problem.startswith(f"{place}{sentence}")
    assert f"{place}read as it comes, for {sentence}" == capsys.readouterr().err
    assert "size: Any | Unset = field" in (package / "my_things" / "models" / "inner.py").read_text()


def test_arguments(document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is there is not written to, and one that Python cannot import is not made."""
    for folder, said in (
        (document.parent, f"{document.parent} is there already: name a new folder, or remove it first"),
        *(
            (document.parent / name, f"{name} is no name of a package in Python: name the folder my_things_api")
            for name in ("things-api", "class", "None")
        ),
        (document.parent / ("a" * 300), f"no folder can be called {'a' * 300}: give it a shorter name"),
    ):
        with pytest.raises(SystemExit):
            run(monkeypatch, document, folder)

        assert said in capsys.readouterr().err


def test_url(document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Servers depend on where the document is from, which has to be a whole URL."""
    found = yaml.safe_load(document.read_text())
    document.write_text(yaml.safe_dump({**found, "servers": [{"url": "//api.example.com/v1"}]}, sort_keys=False))
    package = document.parent / "things_api"
    options = ["--only", "things", "--url"]
    with pytest.raises(SystemExit):
        run(monkeypatch, document, package, *options, "example.com")

    assert "example.com is no URL of a document: give a whole one" in capsys.readouterr().err
    assert 0 == run(monkeypatch, document, package, *options, "http://example.com/a.json")
    assert '"http://api.example.com/v1"' in (package / "my_things" / "__init__.py").read_text()


def test_shared(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package has the shared modules that it needs, and no others."""
    found = yaml.safe_load(document.read_text())
    flows = {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {}}}
    found["components"]["securitySchemes"] = {"Token": {"type": "oauth2", "flows": flows}}
    answer = {"description": "", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
    found["paths"]["/events"] = {"get": {"operationId": "getEvents", "responses": {"200": answer}}}
    with_both = document.with_name("both.yaml")
    with_both.write_text(yaml.safe_dump(found, sort_keys=False))
    made = []
    for path, options in ((document, []), (with_both, ["--skip", "getEvents"]), (with_both, [])):
        package = document.parent / f"api_{len(made)}"
        run(monkeypatch, path, package, "--skip", "others", *options)
        made.append({each.stem for each in package.glob("*.py")})

    assert {"stream", "oauth", "body", "upload", "styles", "answer"}.isdisjoint(made[0])
    assert {"oauth"} == made[1] - made[0]
    assert {"stream", "answer"} == made[2] - made[1]


def test_credentials(document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A credential goes with the operations that need it; one that no operation names stays."""
    found = yaml.safe_load(document.read_text())
    found["components"]["securitySchemes"] = {
        "digest": {"type": "http", "scheme": "digest"},
        "key": {"type": "apiKey", "in": "header", "name": "Key"},
    }
    found["paths"]["/things"]["post"]["security"] = [{"digest": []}]
    document.write_text(yaml.safe_dump(found, sort_keys=False))
    package = document.parent / "things_api"
    refused = run(monkeypatch, document, package, "--skip", "others")
    problem = capsys.readouterr().err
    made = run(monkeypatch, document, package, "--skip", "others", "--skip", "addThing")

    assert (1, 0) == (refused, made)
    assert "#/components/securitySchemes/digest: http digest is not supported" in problem
    assert "CREDENTIAL_HEADER" in (package / "my_things" / "client.py").read_text()


@pytest.mark.parametrize("name", ["model", "Schema", "oauth", "class", "None", "__init__"])
def test_file_names(name: str, document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is named like a module beside its package, or like a word of Python: both can be imported."""
    path = document.rename(tmp_path / f"{name}.yaml")
    package = tmp_path / f"api_of_{name.strip('_').lower()}"
    outcome = run(monkeypatch, path, package, "--only", "things")
    monkeypatch.syspath_prepend(tmp_path)
    made = [import_module(f"{package.name}.{path.parent.name}.client") for path in package.glob("*/client.py")]

    assert 0 == outcome
    assert ["https://example.com"] == [each.Client(base_url="https://example.com").base_url for each in made]


def test_files_of_one_name(document: Path, tmp_path: Path) -> None:
    """Two documents whose names give one package are refused."""
    other = shutil.copyfile(document, tmp_path / "my_things.yaml")

    with pytest.raises(SpecError, match=r"^my_things\.yaml #: another document has the package my_things already: "):
        make([document, other], tmp_path / "api", only=["things"])


def test_long_file_names(document: Path, tmp_path: Path) -> None:
    """A document whose name gives a folder that no file system has is refused."""
    path = document.rename(tmp_path / f"{'aB' * 120}.yaml")

    with pytest.raises(SpecError, match=r"yaml #: no folder can be called a_ba_b.*: give the file a shorter name"):
        make([path], tmp_path / "api", only=["things"])


def test_command(document: Path, tmp_path: Path) -> None:
    """The command is installed, and so is what it copies."""
    command = [Path(sys.executable).parent / "causerie-generate", document, tmp_path / "things_api", "--only", "things"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    program = "from things_api.my_things.client import Client; print(Client(base_url='https://example.com').base_url)"
    used = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ("", 0) == (made.stderr, made.returncode)
    assert ("https://example.com\n", "") == (used.stdout, used.stderr)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is not installed, the command says what to install."""
    monkeypatch.setitem(sys.modules, "openapi_python_client", None)
    for name in [name for name in sys.modules if name.startswith("causerie_codegen.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(SystemExit, match=r"causerie-generate needs openapi_python_client.*: in a checkout of Causerie"):
        causerie_codegen.main()

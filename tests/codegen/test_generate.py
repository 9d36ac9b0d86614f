"""The generator: the same bytes every time, and broken documents refused with their place."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import generate

ROOT = Path(__file__).parents[2]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A copy of the documents, to be changed."""
    return shutil.copytree(ROOT / "spec", tmp_path / "spec")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "generated"
    folder.mkdir()
    return folder


def change(path: Path, edit: Any) -> None:
    document = yaml.safe_load(path.read_text())
    edit(document)
    path.write_text(yaml.safe_dump(document, sort_keys=False))


def test_deterministic(spec: Path, target: Path) -> None:
    """The committed client is what the documents say, to the byte."""
    generate.generate(spec, target)

    assert [] == generate.differences(target, ROOT / "generated")


def test_differences(tmp_path: Path) -> None:
    """A changed file, a missing one and one too many are differences; byte code is none."""
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


def test_main(spec: Path, target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Generating removes what a document no longer has, and says when there is nothing to do."""
    (target / "left-over.py").touch()
    outcomes = [run(monkeypatch, spec, target), run(monkeypatch, spec, target)]
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
    assert "palaver_api/raia/models/conversation.py" in said
    assert "Run `make generate`" in said
    assert [] == generate.differences(ROOT / "generated", target)


def broken_yaml(path: Path) -> None:
    path.write_text("openapi: 3.1.0\npaths: {\n")


def no_file(path: Path) -> None:
    path.unlink()


def no_object(path: Path) -> None:
    path.write_text("- 1\n")


def no_paths_object(path: Path) -> None:
    change(path, lambda d: d.update(paths=[]))


def array_without_items(path: Path) -> None:
    change(path, lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(bad={"type": "array"}))


def path_parameter_missing(path: Path) -> None:
    def edit(document: dict[str, Any]) -> None:
        item = document["paths"]["/external/conversations/{conversationId}"]
        item.pop("parameters", None)
        item["get"].pop("parameters", None)

    change(path, edit)


def colliding_names(path: Path) -> None:
    more = {"a-b": {"type": "string"}, "a b": {"type": "string"}}
    change(path, lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(more))


@pytest.mark.parametrize(
    ("damage", "place", "problem"),
    [
        (broken_yaml, "raia.yaml line", "not YAML"),
        (no_file, "raia.yaml #", "No such file"),
        (no_object, "raia.yaml #", "an object was expected"),
        (no_paths_object, "raia.yaml #/paths", "is not of type"),
        (array_without_items, "raia.yaml #/components/schemas/Conversation", "items"),
        (path_parameter_missing, "raia.yaml #/paths/~1external~1conversations~1{conversationId}", "conversationId"),
        (
            colliding_names,
            "raia.yaml #/components/schemas/Conversation",
            "Properties … and … have the same python_name",
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
    (target / "kept.py").touch()
    damage(spec / "raia.yaml")
    outcome = run(monkeypatch, spec, target)
    said = capsys.readouterr().err

    assert 1 == outcome
    assert place in said
    assert problem in said
    assert "generated/ was not touched" in said
    assert ["kept.py"] == [path.name for path in target.iterdir()]


def test_reserved_names(spec: Path, target: Path) -> None:
    """A property named like a method of every model does not hide it."""
    more = {"validate": {"type": "string"}, "to_json": {"type": "integer"}}
    change(spec / "raia.yaml", lambda d: d["components"]["schemas"]["Conversation"]["properties"].update(more))
    generate.generate(spec, target)
    source = (target / "palaver_api/raia/models/conversation.py").read_text()

    assert 'validate_: str | Unset = field("validate"' in source
    assert 'to_json_: int | Unset = field("to_json"' in source

"""The tool that exports conversations to a file in one folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePath
from typing import Any

import attrs
import click
from mcp_types import ToolAnnotations

from .._errors import ArgumentError
from .._vendor import Export, Vendor
from ..cli._filters import filter_options
from ..cli._parameters import Moment, Text
from ..export import ExportError, export
from ._arguments import Arguments, Refused
from ._documents import known
from ._tools import Tool, described

_RULES = """The file is made below the folder that the server was started for, and its path is the answer. Its name says
the format: .jsonl, .jsonl.gz, .jsonl.zst, .csv, .parquet or .duckdb. A file that is there already is left alone, unless
it is this export's and update is true: then what has changed is added to it. An export that was interrupted goes on
when it is called again."""


_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{name}{number}" for name in ("COM", "LPT") for number in "123456789¹²³")}

# What the SDK advises is Python, and nothing is thrown away at the word of an AI.
_ADVICE = {
    "overwrite=True": "--overwrite at the command line",
    'since="last"': "update=true",
    '"last" would': "an update would",
    "give one as format: ": "give a name that ends in one of ",
}


def _asked(text: str) -> str:
    for python, words in _ADVICE.items():
        text = text.replace(python, words)
    return text


def placed(folder: Path, name: str) -> Path:
    """Return the path of a file with this name in the folder. Raises ``Refused``."""
    parts = PurePath(name).parts
    if not parts or any(char in name for char in ("\\", ":", "\0")):
        raise Refused(f"file: {name!r} is not a name such as exports/conversations.jsonl.")
    if any(part.startswith((".", "/")) for part in parts):
        raise Refused(f"file: {name!r} leads out of the folder or is hidden; give a name such as conversations.jsonl.")
    if any(part.partition(".")[0].strip().upper() in _DEVICES for part in parts):
        raise Refused(f"file: {name!r} is a device of Windows; give a name such as conversations.jsonl.")
    place = folder
    for part in parts:
        place /= part
        if place.is_symlink():
            raise Refused(f"file: {name!r} leads through a link, {place.name}; give a name without one.")
    if not place.parent.is_dir():
        raise Refused(f"file: {name!r} is in a folder that is not there; give one that is.")
    return place


def exporting(vendor: Vendor, kind: Export, client: Any, named: Collection[str], folder: Path) -> Tool:
    """Return the tool.

    Messages that are billed or reach people are left out unless the user allowed their operations.
    """
    operations = [known(vendor.name)[name] for name in kind.operations]
    missing = [each.name for each in operations if not each.is_harmless and each.name not in named]
    agent = [click.Option(["--agent-id"], type=Text(), required=True)] if kind.has_agents else []
    filters = filter_options(kind)
    updates = "Update the file of an earlier export."
    own = [
        click.Option(["--file"], type=Text(), required=True, help="The name of the file, in the folder for exports."),
        *agent,
        click.Option(
            ["--since"], type=Moment(seconds=False), help="Only conversations that have changed since this time."
        ),
        click.Option(["--update"], type=click.BOOL, help=updates),
        *([] if missing else [click.Option(["--messages"], type=click.BOOL, help=f"{kind.messages} True by default.")]),
        *filters.values(),
    ]

    async def call(file: str, *, update: bool = False, **options: Any) -> dict[str, Any]:
        arguments = {"target": "file", **({"since": "update"} if update else {})}
        if update and "since" in options:
            raise Refused("since: an update knows since when; give one of since and update.")
        if update:
            options["since"] = "last"
        if missing:
            options["messages"] = False
        options["filters"] = {name: options.pop(name) for name in filters if name in options}
        place = placed(folder, file)
        try:
            done = await export(client, place, **options)
        except ArgumentError as error:
            argument = arguments.get(error.argument, error.argument)
            raise Refused(f"{argument}: {_asked(error.problem)}.") from None
        except ExportError as error:
            error.args = tuple(map(_asked, error.args))
            raise
        newest = None if done.newest is None else done.newest.isoformat()
        return {**attrs.asdict(done), "path": str(done.path), "newest": newest, "unreadable": list(done.unreadable)}

    sentence = f"{vendor.title}: {kind.summary}"
    if missing:
        sentence = (
            f"{sentence} Messages are left out: they take --write {','.join(missing)} when the server is started."
        )
    return Tool(
        f"{vendor.name}_export",
        described(f"{sentence}\n\n{_RULES}", operations),
        Arguments.of(own),
        ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=True),
        call,
        vendor,
    )

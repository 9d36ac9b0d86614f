"""The command `python -m causerie_mock`, which serves the mock vendors on a port."""

from __future__ import annotations

import argparse
import errno
import json
import os
import socket
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ._mock import Mock, options_of
from ._options import plain, portable, values_of
from ._server import apart, listen, run
from ._upstream import upstream
from ._vendors import VENDORS

#: The variable with the secret of webhooks. It is no option, because every user of a machine can read command lines.
_SECRET = "CAUSERIE_WEBHOOK_SECRET"  # noqa: S105 - its name


def main(arguments: Sequence[str] | None = None, *, prog: str = "python -m causerie_mock") -> int:
    """Serve until SIGINT or SIGTERM, then return 0; return 2 if it cannot listen.

    `prog` is the command's name in the help.
    """
    options = _parser(prog).parse_args(arguments)
    try:
        chosen = _chosen(options.option, options.vendors)
        spied = _spied(options.spy, options.vendors)
        mocks = [Mock(vendor, seed=options.seed, spy=spied.get(vendor), **chosen[vendor]) for vendor in options.vendors]
        if options.spy_seed:
            _make_folder(options.spy_seed, is_spied=bool(spied))
        for mock in mocks:
            mock.webhooks.anywhere = options.webhook_anywhere
        for text in options.webhook:
            _call_back(text, mocks)
        if options.state:
            _load(mocks, options.state)
        listener = _listen(options.host, options.port, mocks)
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    except OSError as error:
        print(_sentence(error, options.host, options.port), file=sys.stderr)  # noqa: T201
        return 2
    with listener:
        run(listener, mocks)
    if options.state:
        _save(mocks, options.state)
    if options.spy_seed:
        _save_seeds(mocks, options.spy_seed)
    return 0


def _listen(host: str, port: int, mocks: list[Mock]) -> socket.socket:
    listener = listen(host, port)
    try:
        apart(listener, mocks)
    except ValueError:
        listener.close()
        raise
    return listener


def _spied(texts: Sequence[str], vendors: Sequence[str]) -> dict[str, str]:
    """Return the URLs of the servers to spy on, by vendor.

    Raises `ValueError` that says what to do and does not show the URL.
    """
    spied: dict[str, str] = {}
    for text in texts:
        start, equals, rest = text.partition("=")
        vendor, url = (start, rest) if equals and "/" not in start else (None, text)
        if vendor is None and len(vendors) > 1:
            raise ValueError(
                f"--spy: {', '.join(vendors)} are served, so it is unclear which is meant; give VENDOR=URL, or name one"
                " vendor before the options."
            )
        vendor = vendors[0] if vendor is None else vendor
        if vendor not in vendors:
            shown = vendor.rpartition("@")[2]
            raise ValueError(f"--spy {shown}: Give VENDOR=URL, where the vendor is one of {', '.join(vendors)}.")
        if vendor in spied:
            raise ValueError(f"--spy {vendor}: It is given twice; give one URL for a vendor.")
        try:
            upstream(url)
        except ValueError as error:
            raise ValueError(f"--spy {vendor}: {error}") from None
        spied[vendor] = url
    return spied


def _make_folder(folder: Path, *, is_spied: bool) -> None:
    """Create a folder for seeds now, so that a failure is not noticed only at the end. Raises `ValueError`."""
    if not is_spied:
        raise ValueError("--spy-seed: There is no spy whose traffic could be saved; give --spy too.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"--spy-seed: {folder}: {error.strerror}.") from None


def _save_seeds(mocks: list[Mock], folder: Path) -> None:
    for mock in mocks:
        if mock.spy is not None:
            text = json.dumps(mock.overheard(), ensure_ascii=False, indent=1)
            (folder / f"{mock.vendor}.json").write_text(text, encoding="utf-8")


def _chosen(texts: Sequence[str], vendors: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the options of each vendor. Raises `ValueError` that shows the argument and says what to do."""
    chosen: dict[str, dict[str, Any]] = {vendor: {} for vendor in vendors}
    for text in texts:
        try:
            vendor, name, value = _option(text, vendors)
        except ValueError as error:
            raise ValueError(f"--option {text}: {error}") from None
        chosen[vendor][name] = value
    return chosen


def _option(text: str, vendors: Sequence[str]) -> tuple[str, str, Any]:
    """Return the vendor, the name and the value of an option."""
    place, equals, spelled = text.partition("=")
    vendor, _, name = place.partition(".")
    if not equals or not name:
        raise ValueError("Give VENDOR.NAME=VALUE; --help lists what there is.")
    if vendor not in vendors:
        raise ValueError(f"{vendor!r} is not served; choose from {', '.join(vendors)}.")
    kind = values_of(options_of(vendor), name)
    value = kind.read(spelled)
    kind.check(name, value)
    return vendor, name, value


def _call_back(text: str, mocks: Sequence[Mock]) -> None:
    """Have a vendor call a URL.

    Raises `ValueError` that shows the argument without any secret in it, and says what to do.
    """
    vendor, _, url = text.partition("=")
    served = {mock.vendor: mock for mock in mocks}
    if vendor not in served:
        shown = vendor.rpartition("@")[2]  # A URL without a vendor may have a password.
        raise ValueError(f"--webhook {shown}: Give VENDOR=URL, where the vendor is one of {', '.join(served)}.")
    try:
        served[vendor].webhooks.add(url, secret=os.environ.get(_SECRET), lasting=True)
    except ValueError as error:
        raise ValueError(f"--webhook {vendor}: {error}") from None


def _load(mocks: list[Mock], folder: Path) -> None:
    """Load the states in a folder, and save them once, so that a failure is not noticed only at the end."""
    file = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for mock in mocks:
            file = folder / f"{mock.vendor}.json"
            if file.exists():
                mock.load(file)
        _save(mocks, folder)
    except (OSError, ValueError) as error:
        raise ValueError(f"{file}: {error}") from error


def _save(mocks: list[Mock], folder: Path) -> None:
    for mock in mocks:
        mock.save(folder / f"{mock.vendor}.json")


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog,
        description="Serve the mock vendors on a port.",
        epilog="\n".join(("options and their defaults; separate the values of a list with commas:", *_lines())),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "vendors",
        metavar="vendor",
        nargs="*",
        default=VENDORS,
        type=_vendor,  # not choices: with nargs="*", they refuse an empty list in Python 3.11
        help=f"{', '.join(VENDORS)}; all of them if none is named",
    )
    parser.add_argument(
        "--state",
        metavar="FOLDER",
        type=Path,
        help="the folder from which vendors' states are read at the start, and to which they are written at the end",
    )
    parser.add_argument(
        "--option",
        metavar="VENDOR.NAME=VALUE",
        action="append",
        default=[],
        help="set an option of a vendor; may be given several times (see below)",
    )
    parser.add_argument(
        "--webhook",
        metavar="VENDOR=URL",
        action="append",
        default=[],
        help=f"the URL that a vendor calls for its events, with the secret in {_SECRET}; may be given several times",
    )
    parser.add_argument(
        "--webhook-anywhere",
        action="store_true",
        help="let webhooks call other machines too, not only this one",
    )
    parser.add_argument(
        "--spy",
        metavar="[VENDOR=]URL",
        action="append",
        default=[],
        help="let the real server at URL answer, and check each exchange against the document; may be given several"
        " times, with different vendors",
    )
    parser.add_argument(
        "--spy-seed",
        metavar="FOLDER",
        type=Path,
        help="the folder to which recorded data is written at the end, redacted, as a seed for each vendor's mock",
    )
    parser.add_argument("--seed", default=0, type=int, help="another seed makes other ids (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=8765, type=_port, help="the port; 0 picks a free one (default: %(default)s)")
    return parser


def _lines() -> Iterator[str]:
    """Yield the help for each option, with its values."""
    for vendor in VENDORS:
        options = options_of(vendor)
        for name, (kind, purpose) in portable(options).items():
            default = plain(getattr(options(), name))
            spelled = ",".join(default) if isinstance(default, list) else str(default).lower()
            yield f"  {vendor}.{name}={spelled}"
            yield textwrap.indent(textwrap.fill(f"{purpose} Give {kind.values}.", 72), " " * 6)


def _vendor(name: str) -> str:
    if name not in VENDORS:
        raise argparse.ArgumentTypeError(f"{name!r} is not a vendor; choose from {', '.join(VENDORS)}.")
    return name


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to 65535.")
    return int(text)


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use; choose another with --port."
    return f"Cannot listen on port {port} of {host}: {error.strerror}; choose others with --host and --port."


if __name__ == "__main__":
    sys.exit(main())

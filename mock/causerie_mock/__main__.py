"""`python -m causerie_mock`: the mock vendors on a port."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence
from pathlib import Path

from causerie_mock._documents import VENDORS
from causerie_mock._mock import Mock
from causerie_mock._server import listen, run, urls


def main(arguments: Sequence[str] | None = None, *, prog: str = "python -m causerie_mock") -> int:
    """Serves until SIGINT or SIGTERM, then returns 0; returns 2 when it cannot listen. `prog` is what help calls it."""
    options = _parser(prog).parse_args(arguments)
    mocks = [Mock(vendor, seed=options.seed) for vendor in options.vendors]
    try:
        if options.state:
            _load(mocks, options.state)
        listener = listen(options.host, options.port)
    except ValueError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    except OSError as error:
        print(_sentence(error, options.host, options.port), file=sys.stderr)  # noqa: T201
        return 2
    with listener:
        addresses = urls(listener, mocks)
        for mock in mocks:
            ((header, value),) = mock.headers().items()
            print(f"{mock.vendor:<10} {addresses[mock.vendor]:<34} {header}: {value}", flush=True)  # noqa: T201
        run(listener, mocks)
    if options.state:
        _save(mocks, options.state)
    return 0


def _load(mocks: list[Mock], folder: Path) -> None:
    """Saves at once what it has loaded: a folder that cannot be written is better known of now than at the end."""
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
    parser = argparse.ArgumentParser(prog=prog, description="Serve the mock vendors on a port.")
    parser.add_argument(
        "vendors",
        metavar="vendor",
        nargs="*",
        default=VENDORS,
        type=_vendor,  # not choices: with nargs="*" they refuse that none is named (Python 3.11)
        help=f"{', '.join(VENDORS)}; all of them when none is named",
    )
    parser.add_argument(
        "--state",
        metavar="FOLDER",
        type=Path,
        help="where each vendor's state is read at the start and written at the end",
    )
    parser.add_argument("--seed", default=0, type=int, help="makes other ids (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=8765, type=_port, help="0 picks a free one (default: %(default)s)")
    return parser


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

"""The commands that the SDK's methods make, against mock vendors on a port."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import orjson
import pytest

import causerie_mock
from causerie._vendor import Vendor, vendors
from causerie.cli._commands import causerie as root
from causerie.cli._operation import command
from causerie.cli._vendors import methods, resources
from causerie_spec import load, operations

from .conftest import Done, Shell

ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
CONVOCORE = ("convocore", "conversations")
AGENT, CONVERSATION = "agent123", "agent123_convo456"
CHATTED = "k3v9q7x2m5t8w1z"


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """Yield the path of every command in a group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


# pytest's and the suite's options are in another command line, which takes long to load.
COMMANDS = [path for path in commands(root) if path != ("check",)]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help(path: tuple[str, ...], shell: Shell) -> None:
    """Every command has help that fits a terminal of 80 columns and speaks of what is typed."""
    shell.monkeypatch.setenv("COLUMNS", "80")
    done = shell(*path, "--help")

    assert (0, "") == (done.code, done.err)
    assert 80 >= max(map(len, done.out.splitlines()))
    assert "`" not in done.out


@pytest.mark.parametrize("name", ["--api-key", "--agent-secret-key", "--token", "--key"])
def test_no_argument_is_a_secret(name: str, shell: Shell) -> None:
    """A credential cannot be an option: arguments show in the list of processes."""
    assert "No such option" in shell("raia", "conversations", "states", name, "the-secret").err


@pytest.mark.parametrize("option", ["-v", "--verbose"])
def test_verbose(shell: Shell, option: str) -> None:
    """Each attempt is a line on standard error, without the id and the credential; afterwards nothing is said."""
    logger = logging.getLogger("causerie")
    before = logger.level, [*logger.handlers]
    loud = shell("raia", "conversations", "get", ID, option)
    failed = shell("raia", "conversations", "get", "gone", option)
    quiet = shell("raia", "conversations", "get", ID)
    line = r"GET /external/conversations/\{conversationId\}: 200 in \d+\.\d ms, attempt 1, request id \S+\n"

    assert re.fullmatch(line, loud.err)
    assert (0, 0, "") == (loud.code, quiet.code, quiet.err)
    assert loud.json == quiet.json
    assert 4 == failed.code
    assert ["GET", "Error:"] == [each.split()[0] for each in failed.err.splitlines()]
    assert before == (logger.level, logger.handlers)


def test_verbose_hides_secrets(shell: Shell) -> None:
    """Neither an argument, nor an answer, nor the credential is in what is said."""
    secret = os.environ["RAIA_AGENT_SECRET_KEY"]
    done = shell("raia", "conversations", "create", ID, "--title", "Very private", "-v")

    assert "POST" == done.err.split()[0]
    assert [] == [text for text in (secret, ID, "private", done.json["id"]) if text in done.err]


def test_every_method_is_there() -> None:
    """Each public method of each resource of each client is a command."""
    import causerie

    methods = {
        (vendor, resource, method.replace("_", "-"))
        for vendor, client in (
            ("convocore", causerie.Convocore("k")),
            ("raia", causerie.Raia("k")),
            ("zild", causerie.Zild("k", base_url="http://zild.test")),
        )
        for resource, value in vars(client).items()
        for method in vars(type(value))
        if resource[0] != "_" and method[0] != "_"
    }

    assert 30 < len(methods)
    assert methods == {path for path in COMMANDS if len(path) == 3}


@pytest.mark.parametrize("vendor", vendors().values(), ids=lambda each: each.name)
def test_watched(vendor: Vendor) -> None:
    """Whatever prints an answer and, by the document, does nothing but GET, can be watched, and nothing else."""
    requests = {name: method for name, (method, _) in operations(load(vendor.name)).items()}
    watched, reading = set(), set()
    for resource, kind in resources(vendor).items():
        for name, method in methods(kind).items():
            options = {each.name for each in command(vendor, resource, name, method).params}
            watched |= {(resource, name)} if "watch" in options else set()
            if "columns" in options and {"get"} == {requests[each.NAME] for each in method.endpoints}:
                reading.add((resource, name))

    assert reading == watched


def test_get(shell: Shell) -> None:
    """The answer is the vendor's JSON: one document, its keys, nothing left out."""
    done = shell("raia", "conversations", "get", ID)

    assert (0, "") == (done.code, done.err)
    assert orjson.loads(shell.mocks["raia"].requests.one().reply.body) == done.json
    assert done.out.startswith('{\n  "id": ')


def test_arguments_and_options(shell: Shell) -> None:
    """What is typed is sent by its type: texts, lists, enums, JSON, flags, times."""
    options = ["--state", "completed", "--tags", "a", "--tags", "b", "--ts", "2026-01-01T00:00:00Z", "--is-test"]
    options += ["--rating-from-5", "4.5", "--origin", "web-chat", "--metrics", '{"a": [1]}', "--messages-num", "3"]
    options += ["--no-is-blocked", "--captured-variables", "7", "--last-modified", "12", "--nodes-info", "{}"]
    done = shell(*CONVOCORE, "update", AGENT, CONVERSATION, *options)

    assert (0, "") == (done.code, done.err)
    assert {
        "state": "completed",
        "tags": ["a", "b"],
        "ts": 1767225600,
        "isTest": True,
        "ratingFrom5": 4.5,
        "origin": "web-chat",
        "metrics": [{"a": [1]}],
        "messagesNum": 3,
        "isBlocked": False,
        "capturedVariables": 7,
        "lastModified": 12,
        "nodesInfo": {},
    } == shell.mocks["convocore"].requests.one().json["conversation"]


def test_nothing_is_sent_that_was_not_typed(shell: Shell) -> None:
    """Options that are left out stay the vendor's affair."""
    shell("zild", "conversations", "start-proactive", "--channel-id", "1", "--conversation-integration-type", "18")

    assert {"channelId": 1, "conversationIntegrationType": 18} == shell.mocks["zild"].requests.one().json


def test_query(shell: Shell) -> None:
    """Options of a list travel in the query."""
    shell("raia", "conversations", "list", "--order-by", "updatedAt", "--start-date", "2023-01-01T00:00:00+01:00")
    query = shell.mocks["raia"].requests.one().query

    assert {"page": "1", "orderBy": "updatedAt", "startDate": "2023-01-01T00:00:00+01:00"} == query


def test_required_options(shell: Shell) -> None:
    """A required keyword argument is a required option."""
    options = ["--last-name", "L", "--phone-number", "+15550100000", "--sms-introduction", "Hi"]
    missing = shell("raia", "conversations", "start-sms", *options)
    done = shell("raia", "conversations", "start-sms", *options, "--first-name", "Ada")

    assert (2, "Error: Missing option '--first-name'.") == (missing.code, missing.err.splitlines()[-1])
    assert 0 == done.code
    assert isinstance(done.json, str)


def test_nothing_is_answered(shell: Shell) -> None:
    """An operation without an answer prints nothing."""
    assert Done(0, "", "") == shell("raia", "conversations", "delete-all", ID)


def test_pages(shell: Shell) -> None:
    """A list in pages is a line of JSON for each item of every page; ``--max-items`` asks for no further page."""
    raia = shell.mocks["raia"]
    raia.seed(conversations=[{"id": f"c{n}", "title": f"Number {n}"} for n in range(10)])
    everything = shell("raia", "conversations", "list", "--page-size", "5")
    asked = len(raia.requests)
    five = shell("raia", "conversations", "list", "--page-size", "5", "--max-items", "5")
    seven = shell("raia", "conversations", "list", "--page-size", "5", "--max-items", "7")

    assert 12 == len(everything.lines)
    assert 3 == asked
    assert [everything.lines[:5], everything.lines[:7]] == [five.lines, seven.lines]
    assert 1 + 2 == len(raia.requests) - asked


def test_many(shell: Shell) -> None:
    """Of many answers, those that failed say so in their place, and in the exit code."""
    done = shell("raia", "conversations", "get-many", ID, "nobody", "--retries", "0")

    assert 4 == done.code
    assert ID == done.json[0]["id"]
    assert ["error"] == list(done.json[1])
    assert done.err == f"Error: {done.json[1]['error']}\n"


def test_formats_of_the_vendor(shell: Shell) -> None:
    """Where a method has formats of its own, its answer is printed as it is."""
    csv = shell(*CONVOCORE, "export", AGENT, "--format", "csv")
    json = shell(*CONVOCORE, "export", AGENT)

    assert csv.out.startswith("id,")
    assert [CHATTED] == [each["metadata"]["convo"]["id"] for each in json.json]


def test_region(shell: Shell) -> None:
    """What was given to the client need not be given to the method again."""
    shell(*CONVOCORE, "details", AGENT, CONVERSATION, "--region", "na")

    assert {"region": "na"} == shell.mocks["convocore"].requests.one().query


@pytest.mark.parametrize("source", ["argument", "environment"])
def test_region_beside_an_address(source: str, shell: Shell) -> None:
    """A region and an address in the environment are one too many; a typed address overrules the environment."""
    if source == "environment":
        shell.monkeypatch.setenv("RAIA_REGION", "eu")
    arguments = ["--region", "eu"] if source == "argument" else []
    done = shell("raia", "conversations", "states", *arguments)
    typed = shell("raia", "conversations", "states", "--base-url", os.environ["RAIA_BASE_URL"], *arguments)

    assert 2 == done.code
    assert "names a host, and so does RAIA_BASE_URL: give one of the two." in done.err
    assert (2 if source == "argument" else 0) == typed.code


def test_null(shell: Shell) -> None:
    """An answer that is not there yet is null."""
    asked = shell("raia", "prompts", "send-async", "Hello?")
    done = shell("raia", "prompts", "response", asked.json)

    assert (0, "null\n") == (done.code, done.out)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["raia", "conversations", "get", ".."], "Invalid value for 'CONVERSATION_ID': '..' is not an id: it would"),
        (["raia", "conversations", "get"], "Missing argument 'CONVERSATION_ID'."),
        (["raia", "conversations", "gte", "c1"], "No such command 'gte'"),
        (["raia", "conversations", "update", ID, "--status", "gone"], "'gone' is not one of 'active', 'inactive'"),
        (["raia", "conversations", "list", "--page", "two"], "'two' is not a valid integer."),
        (["raia", "conversations", "list", "--start-date", "now"], "'now' is not a time; give one such as 2026-01-31T"),
        (["raia", "conversations", "list", "--start-date", "2026-01-01"], "'2026-01-01' has no time zone; give one"),
        (["convocore", "conversations", "update", "a", "c", "--ts", "x"], "12:00:00Z, or Unix seconds."),
        (["raia", "conversations", "create", ID, "--custom-data", "{"], "'{' is not JSON: Expecting property name"),
        (["raia", "conversations", "create", ID, "--custom-data", "[]"], "'[]' is not a JSON object."),
        (
            ["raia", "conversations", "create", ID, "--custom-data", '{"a": NaN}'],
            "it holds a number that JSON has not.",
        ),
        (
            ["raia", "conversations", "create", ID, "--custom-data", f'{{"a": {2**70}}}'],
            "Integer exceeds 64-bit range.",
        ),
        (["raia", "conversations", "create", ID, "--title", "\udcff"], r"'\udcff' is not UTF-8."),
        (["raia", "messages", "send", ID, "Hi", "--files", "{}"], "MessageAttachment: no file_name, storage_path."),
        (
            ["raia", "conversations", "create", ID, "--custom-data", "[" * 10**5],
            "[…' is not JSON: it is nested too deeply.",
        ),
        (["convocore", "conversations", "update", "a", "c", "--ts", "9" * 20], "has more than 64 bits."),
        (["convocore", "conversations", "update", "a", "c", "--ts", "9" * 5000], "is not a valid integer."),
        (["raia", "conversations", "states", "--timeout", "-1"], "'--timeout': -1 is not a number of seconds above 0,"),
        (["raia", "conversations", "states", "--timeout", "1e300"], "'--timeout': 1e+300 is not a number of seconds"),
        (["raia", "conversations", "states", "--timeout", "nan"], "'--timeout': 'nan' is not a finite number."),
        (["raia", "conversations", "states", "--watch", "nan"], "'--watch': 'nan' is not a finite number."),
        (["raia", "conversations", "states", "--watch", "inf"], "'--watch': 'inf' is not a finite number."),
        (["raia", "conversations", "states", "--watch", "0"], "'--watch': 0 is not a number of seconds above 0,"),
        (["raia", "conversations", "states", "--watch", "86401"], "seconds above 0, up to 86400 (a day)."),
        (["raia", "chat", ID, "--wait", "-1"], "'--wait': -1 is not a number of seconds above 0,"),
        (["raia", "chat", ID, "--wait", "nan"], "'--wait': 'nan' is not a finite number."),
        (["raia", "conversations", "states", "--base-url", "http://\udcff"], r"'http://\udcff' is not UTF-8."),
        (["raia", "conversations", "states", "--base-url", "x"], "'--base-url' (env var: 'RAIA_BASE_URL'): 'x' is not"),
        (["convocore", "conversations", "update", "a", "c", "--rating-from-5", "nan"], "'nan' is not a finite number."),
        (["zild", "conversations", "start-proactive", "--channel-id", str(2**64)], "has more than 64 bits."),
        (
            ["raia", "conversations", "get-many", ID, "--concurrency", "0"],
            "'--concurrency': 0 is not a number of calls",
        ),
    ],
)
def test_usage(arguments: list[str], sentence: str, shell: Shell) -> None:
    """Arguments that make no sense are refused in one sentence that names them, exit with 2, and send nothing."""
    done = shell(*arguments)

    assert (2, "") == (done.code, done.out)
    assert sentence in done.err.splitlines()[-1]
    assert [0, 0, 0] == [len(mock.requests) for mock in shell.mocks.values()]


def test_no_host(shell: Shell) -> None:
    """Zild has no host of its own: one has to be named."""
    shell.monkeypatch.delenv("ZILD_BASE_URL")
    done = shell("zild", "conversations", "start-proactive")

    assert 2 == done.code
    assert "Missing option '--base-url' (env var: 'ZILD_BASE_URL')." in done.err


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, 1), (401, 3), (403, 3), (404, 4), (409, 1), (429, 5), (500, 7), (503, 7)],
)
def test_exit_codes(status: int, code: int, shell: Shell) -> None:
    """A script can tell from the exit code what went wrong."""
    shell.mocks["raia"].faults.add("status", status=status)
    done = shell("raia", "conversations", "states", "--retries", "0")

    assert (code, "") == (done.code, done.out)
    assert done.err.startswith(f"Error: GET /external/conversations/states: answered {status}")
    assert 1 == done.err.count("\n")


def test_retries(shell: Shell) -> None:
    """``--retries`` is how often a request is sent again."""
    shell.mocks["raia"].faults.add("status", status=503, times=None)
    shell("raia", "conversations", "states", "--retries", "4")

    assert 5 == len(shell.mocks["raia"].requests)


def test_no_connection(shell: Shell) -> None:
    """A failed connection has another exit code than a refusal."""
    done = shell("raia", "conversations", "states", "--base-url", "http://127.0.0.1:1", "--retries", "0")

    assert 6 == done.code
    assert "no answer from http://127.0.0.1:1" in done.err


def test_no_answer_in_time(shell: Shell) -> None:
    """A question that is not answered yet says how to go on waiting."""
    shell.mocks["raia"].options.pending_polls = 10**6
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    done = shell("raia", "messages", "send-and-wait", conversation, "Hello?", "--timeout", "5")
    question = orjson.loads(shell.mocks["raia"].requests.one(operation="send_message_async").reply.body)["id"]

    assert 6 == done.code
    assert done.err.endswith(f"; go on waiting with causerie raia messages wait {conversation} {question}\n")


def test_no_response_in_time(shell: Shell) -> None:
    """A prompt that has no response yet belongs to no conversation, and is waited for as a prompt."""
    shell.mocks["raia"].options.pending_polls = 10**6
    done = shell("raia", "prompts", "send-and-wait", "Hello?", "--timeout", "5")
    prompt = orjson.loads(shell.mocks["raia"].requests.one(operation="send_prompt_async").reply.body)["promptId"]

    assert 6 == done.code
    assert done.err.endswith(f"; go on waiting with causerie raia prompts wait {prompt}\n")


def test_the_question_stands(shell: Shell) -> None:
    """A failure while a question stands says how to go on: asking again would ask twice."""
    conversation = shell("raia", "conversations", "create", ID).json["id"]
    shell.mocks["raia"].faults.add("status", status=500, operation="get_message_response", times=None)
    done = shell("raia", "messages", "send-and-wait", conversation, "Hello?", "--retries", "0")
    question = orjson.loads(shell.mocks["raia"].requests.one(operation="send_message_async").reply.body)["id"]

    assert 7 == done.code
    assert f"answered 500, Internal Server Error. The question stands: no answer to question {question}" in done.err
    assert done.err.endswith(f"; go on waiting with causerie raia messages wait {conversation} {question}\n")


def test_wrong_credential(shell: Shell) -> None:
    """The error about a wrong credential says where the credential came from, and does not show it."""
    shell.monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", "wrong-secret")
    done = shell("raia", "conversations", "states")

    assert 3 == done.code
    assert done.err.endswith("; check RAIA_AGENT_SECRET_KEY\n")
    assert "wrong-secret" not in done.err


def test_unusable_credential(shell: Shell) -> None:
    """A credential that no header can carry is not sent."""
    shell.monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", " the-secret ")
    done = shell("raia", "conversations", "states")

    assert 3 == done.code
    assert "Error: RAIA_AGENT_SECRET_KEY: not a credential" in done.err
    assert "the-secret" not in done.err


def test_no_credential(shell: Shell) -> None:
    """A credential that is missing where nobody can type it is an error."""
    shell.monkeypatch.delenv("RAIA_AGENT_SECRET_KEY")
    shell.type()
    done = shell("raia", "conversations", "states")

    assert (3, "") == (done.code, done.out)
    assert "Error: no credential: set RAIA_AGENT_SECRET_KEY, or type it at a terminal\n" == done.err


def test_prompt(shell: Shell) -> None:
    """At a terminal the credential is asked for, hidden."""
    shell.terminal()
    shell.monkeypatch.delenv("RAIA_AGENT_SECRET_KEY")
    shell.monkeypatch.setattr("click.termui.hidden_prompt_func", lambda text: causerie_mock.RAIA_KEYS[0])
    done = shell("raia", "conversations", "states", "--format", "json")

    assert 0 == done.code
    assert ["New", "Complete"] == [state["name"] for state in done.json]


def test_what_is_loaded() -> None:
    """Help of the whole loads neither httpx nor pytest nor rich nor the SDK's models; that of one vendor no httpx."""
    watched = "['httpx', 'pytest', 'rich', 'causerie_api', 'causerie_mock', 'causerie_contract', 'yaml']"

    def loaded(*arguments: str) -> list[str]:
        program = f"""
import sys
from causerie.cli import main
try:
    main({arguments!r})
except SystemExit:
    print(*[module for module in {watched} if module in sys.modules], file=sys.stderr)
"""
        command = [sys.executable, "-c", program]
        return subprocess.run(command, check=True, capture_output=True, text=True).stderr.split()

    assert [] == loaded("--help")
    assert ["causerie_api"] == loaded("raia", "messages", "send", "--help")

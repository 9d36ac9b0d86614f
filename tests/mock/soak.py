"""The mocks under nonsense, and under many clients at once, on a port.

``python -m tests.mock.soak`` prints two tables and exits with 1 when anything failed; test_soak.py runs less of both.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import httpx
from rich.console import Console
from rich.table import Table

from causerie_mock import VENDORS, Mock, document

REQUESTS = 100_000
TARGETS = (*VENDORS, "control")
CLIENTS = 64
SECONDS = 30
#: Requests that go out on one connection, unless something ends it earlier.
BATCH = 100

HEADERS = {vendor: Mock(vendor).headers() for vendor in VENDORS}
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "SEARCH"]
CREATION = {
    "convocore": ("POST", "/agents/agent123/convos"),
    "raia": ("POST", "/external/conversations"),
    "zild": ("POST", "/api/Conversation/proactive-conversation"),
}
# Paths below /_causerie/ that a fuzzer may find for itself; faults that work are 5xx, and are somebody else's to test.
CONTROL = [
    "/",
    "/_causerie",
    "/_causerie/openapi.json",
    "/_causerie/vendors",
    "/_causerie/reset",
    *(f"/_causerie/{{vendor}}/{rest}" for rest in ("reset", "seed", "state", "time", "faults", "requests", "document")),
]
CONTROL_FIELDS = ["now", "mode", "step", "advance", "users", "conversations", "states", "kind", "clock", "causerie"]


@attrs.frozen
class Server:
    """The mocks of all vendors in a process of their own."""

    process: subprocess.Popen[str]
    url: str

    def memory(self) -> float:
        """Resident mebibytes; nan where there is no /proc."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except FileNotFoundError:
            return float("nan")
        found = re.search(r"VmRSS:\s+(\d+)", status)  # not of a process that has just ended
        return int(found[1]) / 1024 if found else float("nan")

    def troubles(self) -> list[str]:
        """Why it is not well: it has ended, or refuses a good request."""
        if self.process.poll() is not None:
            return [f"The server has ended with {self.process.returncode}."]
        try:
            answer = httpx.get(f"{self.url}/raia/external/conversations/states", headers=HEADERS["raia"])
        except httpx.HTTPError as error:
            return [f"A good request got no answer: {error!r}."]
        return [] if answer.status_code == 200 else [f"A good request got {answer.status_code}."]


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Return a server on a free port while the context lasts."""
    command = [sys.executable, "-m", "causerie_mock", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            parts = urlsplit(process.stdout.readline().split()[1])
            yield Server(process, f"{parts.scheme}://{parts.netloc}")
        finally:
            process.terminate()


@attrs.define
class Fuzzed:
    """What one target made of the nonsense."""

    target: str
    statuses: Counter[int] = attrs.field(factory=Counter)
    #: After 10 %, 50 % and all of the requests.
    memory: list[float] = attrs.field(factory=list)
    failures: list[str] = attrs.field(factory=list)


class Nonsense:
    """Requests from almost right to pure noise, the same ones for the same seed."""

    def __init__(self, target: str, seed: int) -> None:
        self.chance = random.Random(f"{target} {seed}")
        self.target = target
        if target in VENDORS:
            text = json.dumps(document(target))
            self.prefix = f"/{target}"
            self.operations = [
                (method.upper(), path)
                for path, item in document(target)["paths"].items()
                for method in item
                if method != "parameters"
            ]
            self.headers = [Mock(target).headers(tenant) for tenant in (0, 1)]
            self.fields = sorted(set(re.findall(r'"([A-Za-z]+)": \{"(?:type|\$ref|allOf)"', text)))
            self.values = sorted(set(re.findall(r'"([A-Za-z0-9_ :+.-]{1,40})"', text)))
        else:
            self.prefix, self.headers = "", [{}]
            self.operations = [(method, path) for path in CONTROL for method in ("GET", "PUT", "POST", "DELETE")]
            self.fields, self.values = CONTROL_FIELDS, [*VENDORS, "step", "frozen", "run", "2026-01-01T00:00:00Z"]

    def request(self) -> bytes:
        """Return a request that is HTTP, whatever else it is."""
        pick = self.chance.random()
        body = self._good_body() if pick < 0.4 else self._body()
        method, path = self.chance.choice(self.operations)
        if pick < 0.4:
            method, path = CREATION.get(self.target, (method, path))
        elif pick > 0.7:
            method = self.chance.choice(METHODS)
        lines = [f"host: {self._host()}", *self._credentials(pick)]
        if pick < 0.8:
            lines.append("content-type: application/json")
        if self.chance.random() < 0.05:
            lines.append("transfer-encoding: chunked")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        else:
            lines.append(f"content-length: {len(body)}")
        head = "\r\n".join([f"{method} {self._filled(path)} HTTP/1.1", *lines, *self._noise()])
        return head.encode("latin-1") + b"\r\n\r\n" + body

    def noise(self) -> bytes:
        """Return what is hardly HTTP, or ends too early."""
        good, choice = self.request(), self.chance.choice
        head, _, body = good.partition(b"\r\n\r\n")
        length = b"\r\ncontent-length: %b\r\n\r\n" % choice([b"-1", b"9" * 30, b"1e3", b"0x10", b""])
        chunks = b"\r\ntransfer-encoding: chunked\r\n\r\n%b" % choice([b"z\r\n", b"f" * 17, b"-1\r\n", b"5\r\nab"])
        header = b"\r\n%b\r\n\r\n" % choice([b"x: \x00", b": x", b"x", b"x\x80: y", b"y: " + b"z" * 100_000])
        method = choice([b"BREW", b"get", b"CONNECT", b"\x00", b"G" * 5000])
        version = choice([b"HTTP/9.9", b"HTTP/1.0", b"", b"SMTP/1.1"])
        return choice(
            [
                self.chance.randbytes(self.chance.randrange(1, 300)),
                good[: self.chance.randrange(1, len(good) + 1)],
                head + length,
                b"POST / HTTP/1.1" + chunks,
                head + header + body,
                method + good[good.index(b" ") :],
                good.replace(b"HTTP/1.1", version, 1),
                self._mutated(good),
            ]
        )

    def _mutated(self, good: bytes) -> bytes:
        mutated = bytearray(good)
        for _ in range(self.chance.randrange(1, 8)):
            mutated[self.chance.randrange(len(mutated))] = self.chance.randrange(256)
        return bytes(mutated)

    def _filled(self, template: str) -> str:
        path = re.sub(r"\{(\w+)\}", lambda _: self._id(), template)
        query = f"?{self.chance.choice(self.fields)}={self._id()}&page=1" if self.chance.random() < 0.2 else ""
        rest = "/" * self.chance.randrange(3) if self.chance.random() < 0.05 else ""
        return f"{self.prefix}{path}{rest}{query}"

    def _id(self) -> str:
        known = ["5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b", "agent123", "agent456", "agent123_convo456", *VENDORS]
        odd = ["%ff", "%00", "..", "%2f", "a" * 8000, "%F0%9F%98%80", "-1", "9" * 400, "", "\x7e"]
        return self.chance.choice(known if self.chance.random() < 0.8 else odd)

    def _credentials(self, pick: float) -> list[str]:
        tenant = self.headers[0] if pick < 0.4 else self.chance.choice(self.headers)
        headers = [f"{name}: {value}" for name, value in tenant.items()]
        return headers * (1 if pick < 0.9 else self.chance.choice([0, 2]))

    def _host(self) -> str:
        odd = ["mock", "", "[", "]", "a]", "[x]", "[::1", "localhost:x", "@", "\xff"]
        return "localhost" if self.chance.random() < 0.9 else self.chance.choice(odd)

    def _noise(self) -> list[str]:
        if self.chance.random() < 0.9:
            return []
        return [
            f"x-{number}: {''.join(map(chr, self.chance.choices(range(0x80, 0x100), k=20)))}" for number in range(5)
        ]

    def _good_body(self) -> bytes:
        """Return what creates something, at the right path."""
        user, text = f"user {self.chance.randrange(20_000)}", "x" * self.chance.randrange(200)
        people = [f"+{self.chance.randrange(10**10)}" for _ in range(self.chance.randrange(1, 4))]
        bodies = {
            "raia": {"conversationUserId": user, "message": text, "customData": {"text": text}},
            "convocore": {"conversation": {"ts": 1, "userName": user, "notes": text, "origin": "web-chat"}},
            "zild": {"recipient": people, "conversationTemplateId": 1},
        }
        return json.dumps(bodies.get(self.target, {"raia": text})).encode()

    def _body(self) -> bytes:
        choice, field = self.chance.choice, self.chance.choice(self.fields).encode()
        if self.chance.random() < 0.002:
            return b'{"message": "%b"}' % (b"m" * choice([100_000, 1_000_000, 5_000_000]))
        odd = [
            b"",
            self.chance.randbytes(self.chance.randrange(300)),
            choice([b"[", b'{"a":']) * choice([50, 99, 101, 5000]),
            b'{"%b": %b}' % (field, b"9" * choice([19, 20, 400, 4400])),
            b'{"%b": "%b"}' % (field, choice([b"\xff", b"\\ud800", b"\\u0000"])),
            choice([b"NaN", b"-Infinity", b"1e999", b"\xef\xbb\xbf{}", b'{"a":1,"a":2}', b"nul", b"{}x"]),
        ]
        return choice(odd) if self.chance.random() < 0.5 else json.dumps(self._value(0)).encode()

    def _value(self, depth: int) -> Any:
        chance = self.chance
        kind = chance.randrange(7 if depth < 4 else 5)
        if kind < 3:
            return chance.choice(self.values)
        if kind == 3:
            return chance.choice([0, 1, -1, 2**31, 2**63, 2**64, 10**40, 1.5, -0.0, 1e308])
        if kind == 4:
            return chance.choice([None, True, False, "", [], {}, "\x00", "\U0001f600"])
        if kind == 5:
            return [self._value(depth + 1) for _ in range(chance.randrange(4))]
        return {chance.choice(self.fields): self._value(depth + 1) for _ in range(chance.randrange(6))}


async def fuzz(server: Server, target: str, requests: int) -> Fuzzed:
    """Send so many requests to a vendor, or to "control": everything that is no vendor's."""
    nonsense, result = Nonsense(target, 0), Fuzzed(target)
    marks = [requests // 10, requests // 2, requests]
    sent = 0
    while sent < requests and server.process.poll() is None:
        batch = [nonsense.request() for _ in range(BATCH - 1)]
        last = b"GET /nowhere HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n"
        answers, *others = await asyncio.gather(
            exchange(server, b"".join([*batch, last]), patience=30),
            exchange(server, nonsense.noise(), patience=0.02),
            exchange(server, nonsense.noise(), patience=0.02),
        )
        if len(answers) != BATCH:
            result.failures.append(f"{BATCH} requests got {len(answers)} answers after {sent} requests.")
        statuses = [*answers, *itertools.chain(*others)]
        result.statuses.update(statuses)
        result.failures += [f"Status {status} after {sent} requests." for status in statuses if status >= 500]
        sent += BATCH
        while marks and sent >= marks[0]:
            result.memory.append(server.memory())
            del marks[0]
    result.failures += server.troubles()
    return result


async def exchange(server: Server, data: bytes, *, patience: float) -> list[int]:
    """Return the statuses of all answers on one connection, which is half closed after so many seconds of silence."""
    parts = urlsplit(server.url)
    try:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except ConnectionError:
        return []
    received = b""
    with contextlib.suppress(ConnectionError):
        writer.write(data)
        for seconds in (patience, 30):
            with contextlib.suppress(TimeoutError):
                while chunk := await asyncio.wait_for(reader.read(65536), seconds):
                    received += chunk
                break
            writer.write_eof()
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) [^\r\n]*\r\n", received)]


def grown(result: Fuzzed) -> list[str]:
    """Whether memory has grown since half of the requests, when every store was full."""
    if len(result.memory) < 3:
        return ["It was not asked all that it was to be asked."]
    _, half, end = result.memory
    return [f"{end:.0f} MiB after {half:.0f}."] if end > half * 1.1 + 8 else []


@attrs.define
class Client:
    """One client's ledger: what it wrote, by the ids and with the dates that it was told."""

    number: int
    http: httpx.AsyncClient
    chance: random.Random
    written: Counter[str] = attrs.field(factory=Counter)
    failures: list[str] = attrs.field(factory=list)
    #: By id: the fields that a conversation of its own is to have.
    raia: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    convocore: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    #: By the conversation's id: the ids and texts of its messages in their order.
    messages: dict[str, list[tuple[str, str]]] = attrs.field(factory=lambda: defaultdict(list))
    #: By the conversation's id: the person to whom it was started.
    zild: dict[int, str] = attrs.field(factory=dict)
    #: By the person: the texts of the messages to them in their order.
    sent: dict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))
    #: The last value that this client gave to its field of a conversation that all share.
    shared: dict[str, Any] = attrs.field(factory=dict)

    async def send(self, vendor: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Return the decoded answer. Raises `httpx.HTTPError` when there is none, or another than was asked for."""
        answer = await self.http.request(method, f"/{vendor}{path}", json=body, headers=HEADERS.get(vendor))
        if not answer.is_success:
            raise httpx.HTTPError(f"{method} {path} got {answer.status_code}: {answer.text[:200]}")
        return answer.json()

    async def turn(self, conversations: int) -> None:
        """One random write; new conversations only while there are fewer than so many."""
        actions: list[Callable[[], Any]] = []
        if self.number < len(SHARED_FIELDS):
            actions.append(self.write_shared)
        if len(self.messages[RAIA_SHARED]) < 900 // CLIENTS:  # it keeps 1,000
            actions.append(self.say_shared)
        if len(self.raia) < conversations:
            actions.append(self.create_raia)
        if len(self.convocore) < conversations:
            actions.append(self.create_convocore)
        if len(self.zild) < conversations:
            actions.append(self.start_zild)
        if self.number < ZILD_WRITERS and len(self.sent[ZILD_SHARED]) < 50 // ZILD_WRITERS:  # it keeps 50
            actions.append(self.start_shared)
        if self.raia:
            actions += [self.update_raia, self.switch_raia, self.say_raia]
        if self.convocore:
            actions.append(self.update_convocore)
        action = self.chance.choice(actions)
        await action()
        self.written[action.__name__] += 1

    def text(self) -> str:
        """Return a text that no other client writes, and this one hardly twice."""
        return f"{self.number} wrote {self.chance.getrandbits(64):x}"

    async def create_raia(self) -> None:
        """Begin a conversation, with a user of its own."""
        fields = {"conversationUserId": f"user {self.number}", "title": self.text()}
        told = await self.send("raia", "POST", "/external/conversations", fields)
        self.raia[told["id"]] = {**fields, "mode": "ai", "createdAt": told["createdAt"]}

    async def update_raia(self) -> None:
        """Another title."""
        conversation = self.chance.choice(list(self.raia))
        title = {"title": self.text()}
        told = await self.send("raia", "PUT", f"/external/conversations/{conversation}", title)
        self.raia[conversation] |= {**title, "updatedAt": told["updatedAt"]}

    async def switch_raia(self) -> None:
        """Set the other mode."""
        conversation = self.chance.choice(list(self.raia))
        mode = {"mode": "manual" if self.raia[conversation]["mode"] == "ai" else "ai"}
        told = await self.send("raia", "PUT", f"/external/conversations/{conversation}/mode", mode)
        self.raia[conversation] |= {**mode, "updatedAt": told["updatedAt"]}

    async def say_raia(self) -> None:
        """Send a message, and get the answer unless the conversation is in manual mode."""
        conversation, text = self.chance.choice(list(self.raia)), self.text()
        told = await self.send("raia", "POST", f"/external/conversations/{conversation}/messages", {"message": text})
        self.raia[conversation]["updatedAt"] = told["createdAt"]
        if self.raia[conversation]["mode"] == "manual":
            self.messages[conversation].append((told["id"], text))
        else:
            answer = (told["id"], f"You said: {text}")
            self.messages[conversation] += [(told["conversationMessageId"], text), answer]

    async def say_shared(self) -> None:
        """Send a message in a conversation in which all clients write."""
        path = f"/external/conversations/{RAIA_SHARED}/messages/async"
        text = self.text()
        told = await self.send("raia", "POST", path, {"message": text})
        self.messages[RAIA_SHARED].append((told["id"], text))

    async def create_convocore(self) -> None:
        """Begin a conversation."""
        fields = {"ts": self.chance.randrange(10**9), "userName": self.text()}
        told = await self.send("convocore", "POST", "/agents/agent123/convos", {"conversation": fields})
        self.convocore[told["data"]["ID"]] = {**fields, "lastModified": told["data"]["lastModified"]}

    async def update_convocore(self) -> None:
        """Another value for one of the fields."""
        conversation = self.chance.choice(list(self.convocore))
        fields = {self.chance.choice(SHARED_FIELDS): self.text()}
        path = f"/agents/agent123/convos/{conversation}"
        told = await self.send("convocore", "PATCH", path, {"conversation": fields})
        self.convocore[conversation] |= {**fields, "lastModified": told["data"]["lastModified"]}

    async def write_shared(self) -> None:
        """Another value for this client's own field of a conversation that many clients change."""
        fields = {SHARED_FIELDS[self.number]: self.text()}
        path = f"/agents/agent123/convos/{CONVOCORE_SHARED}"
        await self.send("convocore", "PATCH", path, {"conversation": fields})
        self.shared |= fields

    async def start_zild(self) -> None:
        """Send a message to one person, in a new conversation."""
        await self._start_zild(self.text())

    async def start_shared(self) -> None:
        """Send a message to a person to whom many clients write."""
        await self._start_zild(ZILD_SHARED)

    async def _start_zild(self, person: str) -> None:
        text = self.text()
        body = {"recipient": [person], "conversationTemplateId": 1, "contentVariables": {"text": text}}
        (told,) = await self.send("zild", "POST", "/api/Conversation/proactive-conversation", body)
        self.zild[told["id"]] = person
        self.sent[person].append(text)


RAIA_SHARED = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
CONVOCORE_SHARED = "agent123_convo456"
ZILD_SHARED = "everybody"
ZILD_WRITERS = 10
SHARED_FIELDS = (
    *("userName", "userEmail", "userPhone", "userAddress", "userCompany", "userWebsite", "userProfilePic"),
    *("userImage", "notes", "note", "campaignId", "socialHandle", "userOs", "userBrowser", "userPlatform", "lang"),
    *("whatsappPhoneNumberId", "whatsappBusinessNumber", "title", "summary", "lastMessage"),
)


@attrs.define
class Kept:
    """What many clients wrote, and what was not kept of it."""

    written: Counter[str]
    failures: list[str]


async def write(server: Server, clients: int, seconds: float, seed: int = 0) -> Kept:
    """Lets so many clients write at once, and then reads everything back."""
    deadline = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=server.url, limits=limits, timeout=60) as http:
        reader = Client(-1, http, random.Random(seed))
        crowd = [Client(number, http, random.Random(f"{seed} {number}")) for number in range(clients)]

        async def work(client: Client) -> None:
            while time.monotonic() < deadline and not client.failures:
                try:
                    await client.turn(9000 // clients)
                except httpx.HTTPError as error:
                    client.failures.append(f"A client was told: {error!r}")

        try:
            await http.post("/_causerie/reset")
            before = await conversations(reader)
            await asyncio.gather(*map(work, crowd))
            failures = await lost(reader, crowd, before)
        except httpx.HTTPError as error:
            failures = [f"The reader was told: {error!r}"]
        written = sum((client.written for client in crowd), Counter())
        return Kept(written, [*(failure for client in crowd for failure in client.failures), *failures])


async def conversations(reader: Client) -> list[str]:
    """Return the ids of all of raia's conversations, page by page."""
    found: list[str] = []
    page: dict[str, Any] = {"hasNextPage": True, "currentPage": 0}
    while page["hasNextPage"]:
        query = f"?pageSize=100&orderBy=createdAt&page={page['currentPage'] + 1}"
        page = await reader.send("raia", "GET", f"/external/conversations{query}")
        found += [conversation["id"] for conversation in page["data"]]
    return found


async def lost(reader: Client, crowd: Sequence[Client], before: Sequence[str]) -> list[str]:
    """Where what is read is not what the clients have in their ledgers."""
    made = [conversation for client in crowd for conversation in client.raia]
    failures = differences("raia's conversations", sorted([*before, *made]), sorted(await conversations(reader)))
    failures += await lost_zild(reader, crowd)
    convocore = "/agents/agent123/convos"
    for client in crowd:
        for conversation, fields in client.raia.items():
            read = await reader.send("raia", "GET", f"/external/conversations/{conversation}")
            failures += differences(conversation, fields, read)
            failures += differences(
                conversation, client.messages.get(conversation, []), await messages(reader, conversation)
            )
        for conversation, fields in client.convocore.items():
            read = await reader.send("convocore", "GET", f"{convocore}/{conversation}")
            failures += differences(conversation, fields, read["data"])
    read = await reader.send("convocore", "GET", f"{convocore}/{CONVOCORE_SHARED}")
    said = await messages(reader, RAIA_SHARED)
    for client in crowd:
        failures += differences(CONVOCORE_SHARED, client.shared, read["data"])
        theirs = [message for message in said if message[1].startswith(f"{client.number} wrote ")]
        failures += differences(RAIA_SHARED, client.messages.get(RAIA_SHARED, []), theirs)
    return failures


async def lost_zild(reader: Client, crowd: Sequence[Client]) -> list[str]:
    """Return the same of Zild's conversations, which no operation reads."""
    state = await reader.send("_causerie", "GET", "/zild/state")
    stored = state["state"]["memory"]["tenants"][0]["conversations"]["records"].values()
    people = sorted({item for client in crowd for item in client.zild.items()})
    failures = differences("zild's conversations", people, sorted((each["id"], each["from"]) for each in stored))
    failures += differences("zild's numbers", list(range(1, len(people) + 1)), [number for number, _ in people])
    texts = {
        each["from"]: [json.loads(message["contentVariables"])["text"] for message in each["messages"]]
        for each in stored
    }
    for client in crowd:
        for person, sent in client.sent.items():
            theirs = [text for text in texts.get(person, []) if text.startswith(f"{client.number} wrote ")]
            failures += differences(f"What zild has for {person}", sent, theirs)
    return failures


async def messages(reader: Client, conversation: str) -> list[tuple[str, str]]:
    """Return the ids and texts of a conversation's messages."""
    read = await reader.send("raia", "GET", f"/external/conversations/{conversation}/messages")
    return [(message["id"], message["message"]) for message in read["messages"]]


def differences(place: str, expected: Any, actual: Any) -> list[str]:
    """One sentence when `actual` is not what was expected; of an object, only the expected fields count."""
    if isinstance(expected, dict):
        actual = {name: actual.get(name) for name in expected}
    return [] if expected == actual else [f"{place} is {actual}, not {expected}"[:300]]


def show_fuzzed(results: Sequence[Fuzzed]) -> None:
    table = Table(title="Nonsense: answers by status, and the server's memory", title_justify="left")
    for column in ("", "2xx", "4xx", "5xx", "RSS MiB at 10 %", "50 %", "100 %", "failures"):
        table.add_column(column, justify="right")
    for result in results:
        kinds = Counter(status // 100 for status in result.statuses.elements())
        cells = [f"{kinds[kind]:,}" for kind in (2, 4, 5)]
        cells += [f"{size:.0f}" for size, _ in itertools.zip_longest(result.memory, range(3), fillvalue=float("nan"))]
        table.add_row(result.target, *cells, str(len(result.failures)))
    Console(width=120).print(table)


def show_kept(kept: Kept, clients: int, seconds: float) -> None:
    table = Table(title=f"{clients} clients at once for {seconds:.0f} s: writes, read back", title_justify="left")
    for name in kept.written:
        table.add_column(name.replace("_", " "), justify="right")
    table.add_column("failures", justify="right")
    table.add_row(*(f"{count:,}" for count in kept.written.values()), str(len(kept.failures)))
    Console(width=120).print(table)


def main() -> int:
    """Return the whole of it; 1 when anything failed."""
    results: list[Fuzzed] = []
    for target in TARGETS:
        with server() as running:
            result = asyncio.run(fuzz(running, target, REQUESTS))
        result.failures += grown(result)
        results.append(result)
    show_fuzzed(results)
    with server() as running:
        kept = asyncio.run(write(running, CLIENTS, SECONDS))
    show_kept(kept, CLIENTS, SECONDS)
    failures = [failure for each in (*results, kept) for failure in each.failures]
    for failure in failures[:50]:
        Console(width=120).print(failure, markup=False)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

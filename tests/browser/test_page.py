"""The page at `/`, in a browser."""

from __future__ import annotations

import contextlib
import json
import shlex
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from causerie_mock import CONVOCORE_KEYS, RAIA_KEYS, VENDORS, Mock, Reply, document, serve

RAIA = {"agent-secret-key": RAIA_KEYS[0]}
CONVOCORE = {"authorization": f"Bearer {CONVOCORE_KEYS[0]}"}
ROWS = "#log > li"
#: How many operations the document of each vendor has.
OPERATIONS = {
    vendor: sum("operationId" in each for path in document(vendor)["paths"].values() for each in path.values())
    for vendor in VENDORS
}


class Page:
    """The page, as somebody sees it."""

    def __init__(self, browser: Chrome, root: str) -> None:
        self.browser = browser
        self.root = root
        self.client = httpx.Client(base_url=root)

    def find(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        """Return what is written there, read at one moment: the page may redraw between two."""
        script = "return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)"
        texts: list[str] = self.browser.execute_script(script, selector)
        return texts

    def wait(self, condition: Callable[[], Any]) -> Any:
        def hurry(browser: Chrome) -> Any:
            # Somebody who comes back to the page sees what is new at once; this need not wait a second for it either.
            browser.execute_script("document.dispatchEvent(new Event('visibilitychange'))")
            return condition()

        return WebDriverWait(self.browser, 30, poll_frequency=0.05).until(hurry)

    def wait_for(self, selector: str, *words: str) -> str:
        """Return the first text there that holds all words, once there is one."""
        found: str = self.wait(
            lambda: next((text for text in self.texts(selector) if all(word in text for word in words)), None)
        )
        return found

    def open_document(self, vendor: str) -> None:
        self.find(f".document[data-vendor={vendor}] > summary").click()
        self.wait(lambda: self.texts(f".document[data-vendor={vendor}] .opblock"))

    def prefer(self, scheme: str) -> None:
        # What scrolls smoothly is not where it is clicked.
        wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self.emulate("setEmulatedMedia", features=[{"name": name, "value": value} for name, value in wanted.items()])

    @contextlib.contextmanager
    def blocked(self, path: str) -> Iterator[None]:
        """Nothing is loaded from this path while the context lasts."""
        self.browser.execute_cdp_cmd("Network.enable", {})
        self.browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": [f"*{path}"]})
        try:
            yield
        finally:
            self.browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})

    def emulate(self, command: str, **parameters: Any) -> None:
        self.browser.execute_cdp_cmd(f"Emulation.{command}", parameters)


@pytest.fixture
def page(browser: Chrome, urls: dict[str, str]) -> Iterator[Page]:
    """Yield the page of mocks that were just reset, on a wide and light screen."""
    page = Page(browser, urls["raia"].removesuffix("/raia"))
    with page.client:
        page.client.post("/_causerie/reset").raise_for_status()
        page.prefer("light")
        page.emulate("setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
        browser.get(f"{page.root}/")
        page.wait_for("#pulse", "Live")
        yield page
        assert [] == [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def test_it_says_what_is_served_and_asks_no_other_host(page: Page) -> None:
    """Base URL, credentials and number of operations, with everything from the mock's own port."""
    cards = page.texts(".card")

    assert [
        f"{name}\n{count} operation{'s' * (count > 1)}"
        for name, count in zip(("Convocore", "raia", "Zild"), OPERATIONS.values(), strict=True)
    ] == ["\n".join(card.splitlines()[:2]) for card in cards]
    assert all(
        f"{page.root}/{vendor}" in card and f"{vendor}-mock-" in card
        for vendor, card in zip(VENDORS, cards, strict=True)
    )
    page.open_document("raia")
    messages = [json.loads(entry["message"])["message"] for entry in page.browser.get_log("performance")]
    asked = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]
    assert {urlsplit(page.root).netloc} == {urlsplit(url).netloc for url in asked if url.startswith("http")}


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_curl_command_works(page: Page, vendor: str) -> None:
    """What it says to try succeeds, and shows in the log."""
    command = page.wait_for(f".card[data-vendor={vendor}] .copyable:last-of-type code", "curl")
    _, url, *options = shlex.split(command.replace("\\\n", ""))
    given = list(zip(options[::2], options[1::2], strict=True))
    headers = dict(value.split(": ", 1) for option, value in given if option == "-H")
    bodies = [value for option, value in given if option == "-d"]

    answer = page.client.request("POST" if bodies else "GET", url, headers=headers, content="".join(bodies))

    assert answer.is_success
    page.wait_for(ROWS, "valid", str(answer.status_code))


def test_the_log_shows_a_request_with_its_verdict(page: Page) -> None:
    """Method, path, query, operation, status, mock time and verdict; the newest is on top."""
    page.client.get("/raia/external/conversations/states", headers=RAIA)
    page.client.get("/raia/external/conversations?page=1", headers=RAIA)
    page.wait_for(ROWS, "page=1")

    rows = [" ".join(row.split()) for row in page.texts(ROWS)]

    assert [
        "GET /external/conversations?page=1 200 valid raia list_conversations 2026-01-01 00:00:02",
        "GET /external/conversations/states 200 valid raia list_conversation_states 2026-01-01 00:00:01",
    ] == rows


def test_the_log_shows_what_is_wrong_with_a_request(page: Page) -> None:
    """The place and the reason, and unfolded the body and the headers, without the credential."""
    page.client.post("/raia/external/conversations", headers=RAIA, json={"conversationUserId": 7})

    row = page.wait_for(ROWS, "refused", "400")
    page.find(f"{ROWS} summary").click()
    unfolded = page.wait_for(ROWS, '"conversationUserId": 7')

    assert "/conversationUserId" in row
    assert "agent-secret-key: ***" in unfolded
    assert RAIA_KEYS[0] not in unfolded


def test_the_log_can_be_filtered(page: Page) -> None:
    """By vendor, and to what was refused."""
    page.client.get("/raia/external/conversations", headers=RAIA)
    page.client.get("/raia/nowhere", headers=RAIA)
    page.client.get("/convocore/nowhere", headers=CONVOCORE)
    page.wait(lambda: len(page.texts(ROWS)) == 3)

    page.find("#refused-filter").click()
    refused = page.texts(f"{ROWS}:not([hidden]) .path")
    Select(page.find("#vendor-filter")).select_by_value("raia")

    assert ["/nowhere", "/nowhere"] == refused
    assert ["/nowhere"] == page.texts(f"{ROWS}:not([hidden]) .path")


def test_a_request_that_nobody_looked_at_has_no_verdict(page: Page) -> None:
    """A fault came before that; it is not among those that were refused."""
    page.client.post("/_causerie/raia/faults", json={"kind": "status"}).raise_for_status()
    page.client.get("/raia/nowhere", headers=RAIA)

    page.wait_for(ROWS, "503", "not checked", "fault status")
    page.find("#refused-filter").click()

    assert [] == page.texts(f"{ROWS}:not([hidden])")


def test_what_a_request_holds_is_no_markup(page: Page) -> None:
    """Neither in the log nor in the conversations."""
    markup = "<img src=x onerror=document.title='run'>"
    page.client.post(
        "/convocore/agents/agent123/convos", headers=CONVOCORE, json={"conversation": {"ts": 1, "userName": markup}}
    )
    page.wait_for("[data-vendor=convocore] .who", markup)
    page.wait_for(ROWS, "agent123")

    assert [] == page.texts("img[src=x]")
    assert "Causerie mock vendors" == page.browser.title


def test_a_conversation_shows_and_stays_unfolded_while_it_changes(page: Page) -> None:
    """Who, title, mode and messages."""
    opened = page.client.post(
        "/raia/external/conversations", headers=RAIA, json={"conversationUserId": "user-1", "title": "Opening hours"}
    ).json()
    row = f"[data-conversation='{opened['id']}']"
    shown = page.wait_for(row, "Opening hours", "0 messages")
    page.find(f"{row} summary").click()
    page.client.post(
        f"/raia/external/conversations/{opened['id']}/messages", headers=RAIA, json={"message": "When do you open?"}
    )

    unfolded = page.wait_for(row, "2 messages")

    assert "ai" in shown.split()
    assert "You said: When do you open?" in unfolded


def test_conversations_of_every_vendor_show(page: Page) -> None:
    """Also those that come without a request: seeded ones."""
    body = {"recipient": ["+15550100"], "channelId": 1}
    page.client.post(
        "/zild/api/Conversation/proactive-conversation", headers={"authorization": "Bearer zild-mock-token"}, json=body
    )
    seeded = {"conversations": [{"agentId": "agent123", "userName": "Grace Hopper", "state": "ai-chatting"}]}
    page.client.post("/_causerie/convocore/seed", json=seeded).raise_for_status()

    page.wait_for("#state [data-vendor=zild] li", "+15550100")
    page.wait_for("#state [data-vendor=convocore] li", "Grace Hopper", "ai-chatting")
    page.wait_for("#state [data-vendor=raia] li", "John Doe", "manual")


def test_conversations_of_two_owners_may_have_one_id(page: Page) -> None:
    """Of two tenants, and of two agents."""
    for tenant, name in enumerate(("Ada", "Bob")):
        zild = {"conversations": [{"id": 1, "contactName": name}]}
        raia = {"conversations": [{"id": "c", "user": {"firstName": name, "lastName": "Roe"}}]}
        page.client.post(f"/_causerie/zild/seed?tenant={tenant}", json=zild).raise_for_status()
        page.client.post(f"/_causerie/raia/seed?tenant={tenant}", json=raia).raise_for_status()
    convocore = [{"agentId": agent, "ID": "c", "userName": agent} for agent in ("agent123", "agent456")]
    page.client.post("/_causerie/convocore/seed", json={"conversations": convocore[:1]}).raise_for_status()
    page.client.post("/_causerie/convocore/seed?tenant=1", json={"conversations": convocore[1:]}).raise_for_status()

    for row in ("[data-vendor=zild] [data-conversation='1']", "[data-conversation=c]"):
        page.wait(lambda found=row: page.texts(f"{found} .who"))
    assert {"Ada", "Bob"} == set(page.texts("[data-vendor=zild] [data-conversation='1'] .who"))
    assert {"Ada Roe", "Bob Roe"} == set(page.texts("[data-vendor=raia] [data-conversation=c] .who"))
    assert {"agent123", "agent456"} == set(page.texts("[data-vendor=convocore] [data-conversation=c] .who"))


def test_a_state_that_takes_long_is_read_less_often(page: Page) -> None:
    """Although something has changed in every round."""
    page.browser.execute_script("""
        const real = window.fetch;
        window.asked = { state: 0, time: 0 };
        window.fetch = async (path, ...rest) => {
          const kind = /^\\/_causerie\\/raia\\/(state|time)$/.exec(path)?.[1];
          if (kind) window.asked[kind] += 1;
          if (kind === "state") await new Promise((resolve) => setTimeout(resolve, 300));
          return real(path, ...rest);
        };
    """)

    def asked(kind: str) -> int:
        count: int = page.browser.execute_script("return window.asked[arguments[0]]", kind)
        return count

    def change() -> bool:
        page.client.get("/raia/external/conversations", headers=RAIA)
        return asked("time") >= 12

    page.wait(change)

    assert 1 <= asked("state") <= 4


def test_it_waits_for_who_does_not_answer_at_first(page: Page) -> None:
    """And then shows what is served."""
    with page.blocked("/_causerie/vendors"):
        page.browser.get(f"{page.root}/")
        page.wait_for("#pulse", "No answer")
        page.wait_for("#cards [role=alert]", "Failed to fetch")

    page.wait_for("#pulse", "Live")

    assert 3 == len(page.texts(".card"))
    assert [] == page.texts("#cards [role=alert]")


def test_it_says_why_it_may_not_look(page: Page) -> None:
    """Under a name that is not this machine's, which anybody may have made to lead here."""
    page.browser.get(f"{page.root}/".replace("127.0.0.1", "mock.test"))

    page.wait_for("#cards [role=alert]", "A page that is not from http://mock.test", "may not control it.")

    page.browser.get("about:blank")  # It would ask again and again.
    told = [entry["message"] for entry in page.browser.get_log("browser")]
    assert [] == [message for message in told if "status of 403" not in message]


def test_a_document_that_does_not_load_can_be_opened_again(page: Page) -> None:
    """Once the network has come back."""
    summary = page.find(".document[data-vendor=zild] > summary")
    with page.blocked("/_causerie/ui/swagger-ui.js"):
        summary.click()
        page.wait_for(".document[data-vendor=zild] [role=alert]", "Swagger UI does not load.")
    summary.click()
    page.open_document("zild")

    assert 1 == len(page.texts(".document[data-vendor=zild] .opblock"))


def test_a_reset_empties_the_log(page: Page) -> None:
    """Whoever resets, and however many requests come after it."""
    page.client.get("/raia/external/conversations", headers=RAIA)
    page.wait_for(ROWS, "list_conversations")
    page.client.post("/_causerie/raia/reset")
    page.client.get("/raia/external/conversations/states", headers=RAIA)
    page.wait_for(ROWS, "list_conversation_states")
    after = len(page.texts(ROWS))
    page.find("#reset").click()

    page.wait(lambda: not page.texts(ROWS))

    assert 1 == after


def test_nothing_is_read_while_it_pauses(page: Page) -> None:
    """What came in between shows when it goes on."""
    page.find("#pause").click()
    page.wait_for("#pulse", "Paused")
    page.client.get("/raia/external/conversations", headers=RAIA)
    page.find("#pause").click()

    page.wait_for("#pulse", "Live")
    page.wait_for(ROWS, "list_conversations")


def test_faults_and_mock_time_show(page: Page) -> None:
    """On the vendor's card."""
    page.client.post("/_causerie/raia/faults", json={"kind": "status", "times": 3}).raise_for_status()
    page.client.put("/_causerie/raia/time", json={"now": "2030-05-06T07:08:09Z", "mode": "frozen"}).raise_for_status()

    page.wait_for(".card[data-vendor=raia] .facts", "status", "3 left", "2030-05-06 07:08:09", "frozen")


@pytest.mark.parametrize(("vendor", "operations"), OPERATIONS.items())
def test_a_document_is_rendered(page: Page, vendor: str, operations: int) -> None:
    """With every operation and how its parts are known."""
    page.open_document(vendor)
    shown = len(page.texts(f".document[data-vendor={vendor}] .opblock"))
    page.find(f".document[data-vendor={vendor}] .opblock-summary-control").click()

    page.wait_for(f".document[data-vendor={vendor}] .opblock", "x-evidence")

    assert operations == shown


def test_an_operation_can_be_tried(page: Page) -> None:
    """With the credential filled in, against the mock."""
    page.open_document("raia")
    page.find("#operations-conversations-list_conversations .opblock-summary-control").click()
    for button in (".try-out__btn", ".execute"):
        page.wait(lambda wanted=button: page.texts(wanted))
        page.browser.execute_script("document.querySelector(arguments[0]).click()", button)

    page.wait_for(".live-responses-table .response-col_status", "200")
    page.wait_for(ROWS, "list_conversations", "valid")


def test_nothing_overflows_on_a_phone(page: Page) -> None:
    """At 360 pixels, with a request, a conversation and a document unfolded."""
    page.emulate("setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    page.client.get(f"/raia/{'a-long-path-' * 20}", headers=RAIA | {"x-long": "x" * 500})
    long = {"conversationUserId": "u" * 200, "title": "t" * 200}
    page.client.post("/raia/external/conversations", headers=RAIA, json=long).raise_for_status()
    page.wait_for(ROWS, "a-long-path")
    page.wait_for("[data-vendor=raia] .title", "ttt")
    page.browser.execute_script(
        "for (const each of document.querySelectorAll('.log details, .conversations details')) each.open = true"
    )
    page.open_document("raia")

    assert 360 == page.browser.execute_script("return document.documentElement.scrollWidth")
    cut = "return [...document.querySelectorAll('.who, .title')].filter((each) => each.scrollWidth > each.clientWidth)"
    assert [] == page.browser.execute_script(cut)


def test_it_is_dark_where_that_is_preferred(page: Page) -> None:
    """Swagger UI with it; a change shows at once."""
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = page.browser.execute_script(ground)
    page.prefer("dark")

    page.wait(lambda: page.browser.execute_script(ground) != light)
    page.wait(lambda: page.browser.execute_script("return document.documentElement.classList.contains('dark-mode')"))


def test_calls_of_webhooks(page: Page) -> None:
    """What was called shows with its status and without its secret, and is gone after a reset."""
    hooks = "/_causerie/convocore/webhooks"
    # Nobody takes a POST there, and the answer says so.
    page.client.post(hooks, json={"target": f"{page.root}/nobody", "secret": "t0p"}).raise_for_status()
    page.client.post(f"{hooks}/events", json={"event": "webhook_test"}).raise_for_status()
    row = page.wait_for("#calls > li", "webhook_test", "404", "failed", f"to {page.root}/nobody")

    assert "Convocore" in row
    assert "t0p" not in page.find("#calls").get_attribute("innerHTML")
    page.client.post("/_causerie/reset").raise_for_status()
    page.wait(lambda: not page.texts("#calls > li"))
    assert page.find("#no-calls").is_displayed()


def test_what_a_spy_has_found(browser: Chrome) -> None:
    """Where the server is, in place of credentials; each finding with its place, and nothing of what was said."""
    answer = Reply.json(200, [{"id": 7, "name": "Lovelace"}])
    with serve([Mock("raia", spy=lambda _: answer), Mock("zild")]) as urls:
        page = Page(browser, urls["raia"].removesuffix("/raia"))
        with page.client:
            browser.get(f"{page.root}/")
            page.client.get("/raia/external/conversations/states", headers=RAIA)

            found = page.wait_for("#found > li", "answer /0/id")

            assert "GET /external/conversations/states" in found
            assert "not as documented" in page.wait_for(ROWS, "list_conversation_states")
            card = page.wait_for(".card[data-vendor=raia]", "Spies on")
            assert not any(word in card + found for word in ("raia-mock-key", "Lovelace"))

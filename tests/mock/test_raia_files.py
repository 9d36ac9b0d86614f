"""raia's files: signed URLs, and what they lead to."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from causerie_mock import RAIA_KEYS, Mock, MockTransport, Request, serve
from causerie_mock._vendor import MAX_BODY
from causerie_mock.raia import files
from tests.mock.conftest import connect
from tests.mock.test_raia import CONVERSATIONS, DOCUMENTED, ID, create, refused


def upload_url(client: httpx.Client, path: str = DOCUMENTED, name: str = "image.png") -> dict[str, str]:
    """Where to upload a PNG to."""
    answer = client.post(f"{path}/message-files/upload-url", json={"fileName": name, "contentType": "image/png"})

    assert 200 == answer.status_code

    return dict(answer.json())


def put(url: str, vendor: Mock, content: bytes = b"png", media_type: str = "image/png") -> httpx.Response:
    """Return an upload by somebody without a key."""
    with httpx.Client(transport=MockTransport(vendor)) as anybody:
        return anybody.put(url, content=content, headers={"content-type": media_type})


def get(url: str, vendor: Mock) -> httpx.Response:
    """Return a download by somebody without a key."""
    with httpx.Client(transport=MockTransport(vendor)) as anybody:
        return anybody.get(url)


def download_url(client: httpx.Client, file_id: str, path: str = DOCUMENTED) -> str:
    """Where to download a file from."""
    answer = client.get(f"{path}/message-files/{file_id}/signed-url").json()

    assert file_id == answer["fileId"]

    return str(answer["signedUrl"])


def attach(client: httpx.Client, path: str, storage_path: str) -> str:
    """Return the id of a file that a message attaches."""
    files = [{"fileName": "image.png", "storagePath": storage_path}]
    sent = client.post(f"{path}/messages/async", json={"message": "Look", "files": files}).json()
    return str(sent["files"][0]["id"])


def test_a_file_for_a_prompt(raia_vendor: Mock, raia: httpx.Client) -> None:
    """It has a place of its own, even when it has the name of another, and takes the media type that was signed."""
    asked = {"fileName": "image.png", "contentType": "image/png"}
    first, second = (raia.post("/external/prompts/upload-url", json=asked).json() for _ in range(2))
    place, _, name = first["storagePath"].rpartition("/")

    assert ("image.png", True) == (name, place.startswith("prompt-files/conv_"))
    assert first["storagePath"] != second["storagePath"]
    assert 200 == put(first["signedUrl"], raia_vendor).status_code
    assert (403, "SignatureDoesNotMatch") == error(put(second["signedUrl"], raia_vendor, media_type="text/plain"))
    assert 400 == raia.post("/external/prompts/upload-url", json={"fileName": "a"}).status_code


def error(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error of the storage."""
    return answer.status_code, answer.text.partition("<Code>")[2].partition("</Code>")[0]


@settings(max_examples=25)
@given(content=st.binary(max_size=2000), name=st.text(max_size=20) | st.text("./\\%", max_size=6))
@example(content=b"x", name=".")
@example(content=b"x", name="../..")
def test_what_goes_up_comes_down(content: bytes, name: str) -> None:
    """To the byte, with its media type, whatever the file is called."""
    mock = Mock("raia", check=True)
    with connect(mock) as raia:
        path = f"{CONVERSATIONS}/{create(raia)['id']}"
        target = upload_url(raia, path, name)
        uploaded = put(target["signedUrl"], mock, content)
        answer = get(download_url(raia, attach(raia, path, target["storagePath"]), path), mock)

    assert (200, b"") == (uploaded.status_code, uploaded.content)
    assert (200, "image/png", content) == (answer.status_code, answer.headers["content-type"], answer.content)
    assert target["storagePath"].endswith(f"/{name}")


def test_the_documented_file_can_be_downloaded(raia_vendor: Mock, raia: httpx.Client) -> None:
    """The one that the document's example names; HEAD is not what was signed."""
    url = download_url(raia, ID)
    with httpx.Client(transport=MockTransport(raia_vendor)) as anybody:
        head = anybody.head(url)

    assert b"This is an example.\n" == get(url, raia_vendor).content
    assert (403, b"") == (head.status_code, head.content)


def test_over_a_port() -> None:
    """The URL leads to where the client has found the mock."""
    with serve([Mock("raia", check=True)]) as urls:
        with httpx.Client(base_url=urls["raia"], headers={"Agent-Secret-Key": RAIA_KEYS[0]}) as raia:
            target = upload_url(raia)
            file_id = attach(raia, DOCUMENTED, target["storagePath"])
            url = download_url(raia, file_id)
        uploaded = httpx.put(target["signedUrl"], content=b"png", headers={"content-type": "image/png"})

        assert (200, b"png") == (uploaded.status_code, httpx.get(url).content)
        assert target["signedUrl"].startswith(f"{urls['raia']}/storage/0/conversations%2Fconv_")


def test_without_a_host() -> None:
    """A request of which nobody knows where it came to has a URL all the same."""
    mock = Mock("raia", check=True)
    headers = [(name.encode(), value.encode()) for name, value in mock.headers().items()]
    reply = mock.handle(Request("GET", f"{DOCUMENTED}/message-files/{ID}/signed-url".encode(), headers=headers))

    assert json.loads(reply.body)["signedUrl"].startswith("http://localhost/storage/0/conversations%2F")


@pytest.mark.parametrize("change", ["signature", "expires", "path", "tenant", "method", "media type", "nothing"])
def test_only_what_was_signed(raia_vendor: Mock, raia: httpx.Client, change: str) -> None:
    """Another signature, time, path, agent, method or media type is refused, as is no signature at all."""
    signed = upload_url(raia)["signedUrl"]
    parts = urlsplit(signed)
    query = parse_qs(parts.query)
    changed = {
        "signature": signed[:-1] + ("0" if signed[-1] != "0" else "1"),
        "expires": signed.replace(query["expires"][0], str(int(query["expires"][0]) + 1)),
        "path": signed.replace("image.png", "other.png"),
        "tenant": signed.replace("/storage/0/", "/storage/1/"),
        "nothing": signed.partition("?")[0],
    }.get(change, signed)
    media_type = "text/html" if change == "media type" else "image/png"
    answer = get(changed, raia_vendor) if change == "method" else put(changed, raia_vendor, media_type=media_type)

    assert (403, "SignatureDoesNotMatch") == error(answer)
    assert 200 == put(signed, raia_vendor).status_code


def test_a_foreign_signature(raia_vendor: Mock, raia: httpx.Client) -> None:
    """A URL that another mock has signed is refused."""
    with connect(Mock("raia", seed=1)) as other:
        foreign = upload_url(other)["signedUrl"]

    assert (403, "SignatureDoesNotMatch") == error(put(foreign, raia_vendor))


def test_a_url_expires(raia_vendor: Mock, raia: httpx.Client) -> None:
    """After a quarter of an hour of mock time, or as long as a test says."""
    raia_vendor.clock.freeze()
    first = upload_url(raia)["signedUrl"]
    raia_vendor.options.signed_seconds = 10
    second = upload_url(raia)["signedUrl"]
    in_time = put(second, raia_vendor)
    raia_vendor.clock.advance(11)
    late = put(second, raia_vendor)
    still = put(first, raia_vendor)
    raia_vendor.clock.advance(890)

    assert (200, 200) == (in_time.status_code, still.status_code)
    assert (403, "AccessDenied") == error(late) == error(put(first, raia_vendor))


def test_no_key_no_url(raia_vendor: Mock, raia: httpx.Client, other_raia: httpx.Client) -> None:
    """A URL is for the agent of the conversation; a file for the conversation that it is in."""
    path = f"{CONVERSATIONS}/{create(raia)['id']}"
    body = {"fileName": "a", "contentType": "b"}
    answers = [
        other_raia.post(f"{DOCUMENTED}/message-files/upload-url", json=body),
        other_raia.get(f"{DOCUMENTED}/message-files/{ID}/signed-url"),
        raia.get(f"{path}/message-files/{ID}/signed-url"),
        raia.get(f"{DOCUMENTED}/message-files/nothing/signed-url"),
    ]

    assert {(404, "ENTITY_NOT_FOUND_ERROR", "ENTITY_NOT_FOUND")} == {refused(answer) for answer in answers}


def test_what_was_never_uploaded_is_not_there(raia_vendor: Mock, raia: httpx.Client) -> None:
    """An attachment is taken at its word, and its URL leads to nothing."""
    file_id = attach(raia, DOCUMENTED, "conversations/nowhere/image.png")

    assert (404, "NoSuchKey") == error(get(download_url(raia, file_id), raia_vendor))


def test_a_seeded_file_has_a_url(raia_vendor: Mock, raia: httpx.Client) -> None:
    """But nothing was uploaded for it."""
    message = {"message": "x", "files": [{"id": "f", "fileName": "a b.txt"}]}
    raia_vendor.seed(conversations=[{"id": "c", "messages": [message]}])
    url = download_url(raia, "f", f"{CONVERSATIONS}/c")

    assert url.partition("?")[0].endswith("%2Fa%20b.txt")
    assert (404, "NoSuchKey") == error(get(url, raia_vendor))


def test_an_upload_has_an_end(raia_vendor: Mock, raia: httpx.Client) -> None:
    """As long as any body, and no longer."""
    url = upload_url(raia)["signedUrl"]

    assert 200 == put(url, raia_vendor, b"x" * MAX_BODY).status_code
    assert 413 == put(url, raia_vendor, b"x" * (MAX_BODY + 1)).status_code


def test_the_oldest_uploads_make_room(raia_vendor: Mock, raia: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """But never the document's file. What is uploaded again is new."""
    monkeypatch.setattr(files, "_MAX_UPLOADED", 80)
    targets = [upload_url(raia, name=name) for name in "abc"]
    for index in (0, 1, 0, 2):
        put(targets[index]["signedUrl"], raia_vendor, b"x" * 20)
    there = [get(download_url(raia, attach(raia, DOCUMENTED, each["storagePath"])), raia_vendor) for each in targets]

    assert [404, 404, 200] == [answer.status_code for answer in there]
    assert 200 == get(download_url(raia, ID), raia_vendor).status_code


def test_two_files_of_one_name(raia: httpx.Client) -> None:
    """Are two files."""
    assert upload_url(raia)["storagePath"] != upload_url(raia)["storagePath"]


def test_files_are_saved_with_the_state(raia_vendor: Mock, raia: httpx.Client) -> None:
    """A copy serves them, and honours the URLs that were signed before."""
    target = upload_url(raia)
    put(target["signedUrl"], raia_vendor)
    url = download_url(raia, attach(raia, DOCUMENTED, target["storagePath"]))
    copy = Mock("raia", seed=5, check=True)
    copy.restore(json.loads(json.dumps(raia_vendor.snapshot())))

    assert b"png" == get(url, copy).content


def test_a_damaged_file_is_refused(raia_vendor: Mock) -> None:
    """The sentence names it."""
    snapshot: dict[str, Any] = raia_vendor.snapshot()
    (upload,) = snapshot["state"]["memory"]["agents"][0]["uploads"]["records"].values()
    upload["content"] = "?"

    with pytest.raises(ValueError, match=r"uploads/conversations/.*/example.txt/content: it is not base64"):
        raia_vendor.restore(snapshot)

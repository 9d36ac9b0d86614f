"""A receiver of webhooks in FastAPI: Convocore at /convocore, raia at /raia.

Run it with an ASGI server, such as uvicorn, from where your secrets are in the environment:

    CONVOCORE_WORKSPACE_SECRET=… RAIA_WEBHOOK_SECRET=… uvicorn --factory webhooks:from_environment
"""

import logging
import os
from collections.abc import Callable
from typing import Any

from fastapi import BackgroundTasks, FastAPI, Request, Response

from causerie import ArgumentError, WebhookVerificationError
from causerie.webhooks import convocore, raia

log = logging.getLogger("webhooks")

#: What is done with an event: it gets the vendor's name and the event's JSON, which has no secret.
Work = Callable[[str, dict[str, Any]], None]


def receiver(workspace_secret: str, raia_secret: str, work: Work) -> FastAPI:
    app = FastAPI(openapi_url=None)
    seen: set[str] = set()  # rather a table that all processes share, with the keys of the last days

    @app.post("/convocore")
    async def from_convocore(request: Request, later: BackgroundTasks) -> Response:
        try:
            event = convocore.parse(await request.body(), workspace_secret)
        except WebhookVerificationError:
            return Response(status_code=401)
        except ArgumentError:
            return Response(status_code=400)
        if event.key not in seen:  # a call may come twice
            seen.add(event.key)
            log.info("Convocore: %s", event.type)
            later.add_task(work, "convocore", event.json)  # Convocore waits 60 seconds, and does not call again
        return Response(status_code=200)

    @app.post("/raia")
    async def from_raia(request: Request, later: BackgroundTasks) -> Response:
        try:
            event = raia.parse(await request.body(), request.headers, {"Authorization": raia_secret})
        except WebhookVerificationError:
            return Response(status_code=401)
        except ArgumentError:
            return Response(status_code=400)
        log.info("raia: an event with %d fields", len(event.json))
        later.add_task(work, "raia", event.json)
        return Response(status_code=200)

    return app


def from_environment() -> FastAPI:
    secrets = os.environ["CONVOCORE_WORKSPACE_SECRET"], os.environ["RAIA_WEBHOOK_SECRET"]
    return receiver(*secrets, lambda vendor, event: log.info("%s has %d fields", vendor, len(event)))

"""What all REST routes share: the token, the log of requests, scripted failures, JSON in and out."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from .errors import DiscordError, Json
from .world import World

API = "/api/v10"
# Routes whose credential is the interaction's token in their path; discord.py sends no Authorization there.
BY_TOKEN = ("/webhooks/", "/interactions/")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Failure:
    """A scripted answer to the next requests that fit."""

    method: str
    path: re.Pattern[str]
    status: int
    times: int
    body: Json
    headers: dict[str, str]
    carried_out: bool


def reply(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return JSON with the bare Content-Type that discord.py compares with; `json_response` adds a charset."""
    text = json.dumps(data).encode()
    return web.Response(body=text, status=status, headers=headers, content_type="application/json")


async def read_body(request: web.Request, world: World) -> tuple[Json, list[Json]]:
    """Return a request's JSON and, of a multipart one, its files as attachment objects (the bytes are dropped)."""
    if not request.content_type.startswith("multipart/"):
        return (await request.json() if request.can_read_body else {}), []
    body: Json = {}
    attachments: list[Json] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = await part.read(decode=True)
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            attachments.append(_attachment(world.ids.next(), part, len(content)))
    # The payload names the files again under "attachments", with indices instead of ids.
    files_by_index = [one for one in body.get("attachments") or [] if int(one["id"]) < len(attachments)]
    for index, described in enumerate(files_by_index):
        attachments[index] |= {key: value for key, value in described.items() if key != "id"}
    return body, attachments


def _attachment(attachment_id: int, part: BodyPartReader, size: int) -> Json:
    """Return the object of an uploaded file."""
    name = part.filename or "file"
    url = f"https://cdn.discordapp.com/attachments/{attachment_id}/{name}"
    kind = part.headers.get("Content-Type", "application/octet-stream")
    return {
        "id": str(attachment_id),
        "filename": name,
        "size": size,
        "url": url,
        "proxy_url": url,
        "content_type": kind,
    }


class Rest:
    """The middleware around every route."""

    def __init__(self, token: str) -> None:
        """Accept `token` only."""
        self.requests: list[tuple[str, str]] = []
        self.unhandled: list[str] = []
        self._token = token
        self._failures: list[Failure] = []

    def fail_next(
        self,
        method: str,
        path: str,
        status: int,
        *,
        times: int,
        body: Json | None,
        headers: dict[str, str] | None,
        carried_out: bool,
    ) -> None:
        """Script a failure; see FakeDiscord.fail_next."""
        defaults: Json = {"message": f"{status}: scripted failure", "code": 0}
        if status == 429:
            defaults = {"message": "You are being rate limited.", "retry_after": 0.1, "global": False}
            # Without it discord.py takes a 429 for a ban by Cloudflare and gives up.
            headers = {"Via": "1.1 google", **(headers or {})}
        self._failures.append(
            Failure(
                method.upper(),
                re.compile(path),
                status,
                times,
                defaults if body is None else {**defaults, **body},
                headers or {},
                carried_out,
            )
        )

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer one request: log it, check the token, play a scripted failure or call the route."""
        if not request.path.startswith(f"{API}/"):
            return await self._call(request, handler, request.path)
        path = request.path.removeprefix(API)
        self.requests.append((request.method, path))
        allowed = request.headers.get("Authorization") == f"Bot {self._token}" or path.startswith(BY_TOKEN)
        if not allowed:
            return reply({"message": "401: Unauthorized", "code": 0}, 401)
        failure = self._failure(request.method, path)
        if failure is None:
            return await self._call(request, handler, path)
        if failure.carried_out:
            await self._call(request, handler, path)
        return reply(failure.body, failure.status, failure.headers)

    async def _call(self, request: web.Request, handler: Handler, path: str) -> web.StreamResponse:
        """Call a route and turn what it raises into an answer."""
        try:
            return await handler(request)
        except DiscordError as error:
            return reply(error.body, error.status)
        except web.HTTPException as error:
            if error.status not in (404, 405):
                raise
            self.unhandled.append(f"{request.method} {path}")
            return reply({"message": "404: Not Found", "code": 0}, 404)
        except Exception as error:  # noqa: BLE001
            # A body that the fake cannot read is noted like an unknown route, so that no test passes over it;
            # a 500 would make discord.py try for 25 s.
            self.unhandled.append(f"{request.method} {path}: {error!r}")
            return reply({"message": f"400: Bad Request ({error!r})", "code": 0}, 400)

    def _failure(self, method: str, path: str) -> Failure | None:
        """Return the first scripted failure that fits, and use it up by one."""
        for failure in self._failures:
            if failure.times > 0 and failure.method == method and failure.path.search(path):
                failure.times -= 1
                return failure
        return None

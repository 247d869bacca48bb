"""Requests one link: follows redirects itself, checks every step, sends nothing that identifies."""

from __future__ import annotations

import logging

from aiohttp import (
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientResponseError,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    ThreadedResolver,
)
from aiohttp.abc import AbstractResolver
from yarl import URL

from directory.linkcheck.judge import SiteAnswer, judged, same_path
from directory.linkcheck.policy import JudgingResolver, Policy
from directory.linkcheck.turns import HostTurns
from directory.links import url
from directory.links.address import SITE
from directory.links.outcome import Checked, CheckOutcome
from directory.model import Link

REDIRECTS = 5
"""Steps after the first that are followed."""

BODY_BYTES = 1_000_000
"""How much of an answer is read."""

_SENT_ON = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "official-pages/0.1 (checks whether links of a public directory still open)",
    "Accept": "text/html,*/*;q=0.5",
    "Accept-Language": "ru",
    # What is packed may unpack to gigabytes; nothing is unpacked here.
    "Accept-Encoding": "identity",
}

log = logging.getLogger(__name__)


class LinkChecker:
    """Asks for links. Used as an asynchronous context; `resolver` resolves names (the system's).

    Checkers that have the same `turns` are as gentle with each site together as one is.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        resolver: AbstractResolver | None = None,
        turns: HostTurns | None = None,
    ) -> None:
        self._policy = policy or Policy()
        self._resolver = resolver
        self._turns = turns or HostTurns(self._policy.pause, self._policy.at_once)

    async def __aenter__(self) -> LinkChecker:
        connector = TCPConnector(
            resolver=JudgingResolver(self._resolver or ThreadedResolver(), self._policy),
            socket_factory=self._policy.socket,
            use_dns_cache=False,
            force_close=True,
            limit=0,
        )
        self._session = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=self._policy.timeout),
            headers=_HEADERS,
            auto_decompress=False,
            trust_env=False,
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._session.close()

    async def check(self, link: Link) -> Checked:
        """Ask for the link and judge the answer; never raises for what a server does."""
        try:
            return await self._judged(link)
        except (ClientResponseError, ClientSSLError):
            # The answer is not understood. Browsers tolerate more, and many state sites have
            # certificates of the state's own authority, which few systems know.
            return Checked(link, CheckOutcome.NOT_CHECKED)
        except (ClientError, OSError, ValueError) as error:
            # ValueError: an address in a redirect that is none.
            log.debug("%s: %s", link.platform, type(error).__name__)
            return Checked(link, CheckOutcome.UNREACHABLE)

    async def text(self, link: Link) -> str:
        """What stands at the link, if it leads to the account itself; "" when it does not.

        A site must answer at the link's own path: a portal may send the page of one body on to the
        page of another, or to its front page.
        """
        try:
            end = await self._followed(link)
        except (ClientError, OSError, ValueError):
            return ""
        if isinstance(end, Checked) or judged(link, *end).outcome is not CheckOutcome.OK:
            return ""
        address, answer = end
        if link.platform == SITE and not same_path(address, URL(url(link))):
            return ""
        return answer.text

    async def _judged(self, link: Link) -> Checked:
        end = await self._followed(link)
        return end if isinstance(end, Checked) else judged(link, *end)

    async def _followed(self, link: Link) -> Checked | tuple[URL, SiteAnswer]:
        """The last step and its answer, or why there is none."""
        address, with_cookies = URL(url(link)), False
        for _step in range(REDIRECTS + 1):
            has_user = address.raw_user is not None or address.raw_password is not None
            if address.scheme not in ("http", "https") or not address.host or has_user:
                return Checked(link, CheckOutcome.UNREACHABLE)
            if not address.is_default_port():
                return Checked(link, CheckOutcome.NOT_CHECKED)
            answer = await self._asked(address)
            if answer.status not in _SENT_ON:
                return address, answer
            address = address.join(URL(answer.location)).with_fragment(None)
            with_cookies = with_cookies or answer.sets_cookie
        # Protection against robots redirects clients without cookies for ever; people get through.
        return Checked(link, CheckOutcome.NOT_CHECKED if with_cookies else CheckOutcome.UNREACHABLE)

    async def _asked(self, address: URL) -> SiteAnswer:
        async with (
            self._turns.turn(address.host or ""),
            self._session.get(address, allow_redirects=False) as response,
        ):
            return SiteAnswer(
                response.status,
                response.headers.get("Location", ""),
                "Set-Cookie" in response.headers,
                response.charset or "",
                b"" if response.status in _SENT_ON else await _body(response),
            )


async def _body(response: ClientResponse) -> bytes:
    """The beginning of the body, at most `BODY_BYTES`, whatever length it announces."""
    body = bytearray()
    try:
        async for chunk in response.content.iter_chunked(1 << 16):
            body += chunk
            if len(body) >= BODY_BYTES:
                response.close()
                break
    except ClientPayloadError:
        pass  # it ended before the length it had announced: what came is what is judged
    return bytes(body[:BODY_BYTES])

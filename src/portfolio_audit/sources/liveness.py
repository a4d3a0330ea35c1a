"""Whether addresses answer, as a visitor without an account would see; who cannot be judged is unknown, never gone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import anyio
import httpcore
import httpx

from portfolio_audit import __version__
from portfolio_audit.errors import ConfigError
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.sources.public_network import PORTS, NoSuchHost, NotPublic, Rules, connections

Answer = bool | Unavailable
MOST = 20
_AT_ONCE = 8
_SECONDS = 10.0
_REDIRECTS = 5
_LONGEST = 2_000
_START = 4_096
_STATED = 262_144
_CONTROL = "github.com"
"""A name that everybody has who has any: without it, nobody's absence means anything."""
_GONE = frozenset({404, 410})
_REDIRECTED = frozenset({301, 302, 303, 307, 308})
_WITHOUT_A_PERSON = {
    401: "it asks for a login",
    403: "it does not let us in, as places do that keep programs out",
    407: "the proxy asks for a login",
    429: "it had too many visitors",
}
_SLEEPERS = re.compile(
    r"(?:^|\.)(?:streamlit\.app|streamlit\.io|hf\.space|huggingface\.co|onrender\.com|replit\.app|repl\.co|glitch\.me"
    r"|herokuapp\.com|railway\.app|koyeb\.app|azurewebsites\.net)$",
    re.IGNORECASE,
)
_ASLEEP = re.compile(
    r"gone to sleep|zzzz|is sleeping|is asleep|spinning up|service waking up|waking up|application loading"
    r"|this space (?:is paused|has been paused)|service has been suspended|starting your (?:app|repl)"
    r"|(?:\"|&quot;)stage(?:\"|&quot;):(?:\"|&quot;)(?!RUNNING)[A-Z_]{3,30}(?:\"|&quot;)",
    re.IGNORECASE,
)
"""What places say of an application that is off until somebody comes, or until its owner does something."""
_UNASKABLE = (
    OSError,
    ValueError,
    ConfigError,
    httpx.InvalidURL,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
)
_LOGIN = re.compile(r"/-/auth/|/oauth/|/(?:users/)?(?:log|sign)[-_]?in(?:$|[/?])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """The start of what is at an address; ``host`` is where it is after all redirects."""

    host: str
    status: int
    location: str = ""
    text: str = ""


class _Unclear(Exception):
    """Nothing can be said of an address; the text is the reason."""


def answering(urls: Iterable[str], rules: Rules | None = None) -> dict[str, Answer]:
    """Ask each address, at most 20 of them, whether it answers; raises nothing."""
    asked = tuple(dict.fromkeys(urls))
    try:
        return anyio.run(ask, asked, rules or Rules())
    except ConfigError as error:
        return dict.fromkeys(asked, Unavailable(f"{error}"))


async def ask(urls: tuple[str, ...], rules: Rules) -> dict[str, Answer]:
    """Ask each address, a few at a time, in 10 seconds each."""
    answers: dict[str, Answer] = dict.fromkeys(urls, Unavailable(f"only {MOST} addresses are asked"))
    limit = anyio.Semaphore(_AT_ONCE)

    async def one(url: str, asker: _Asker) -> None:
        async with limit:
            answers[url] = await asker.answer(url)

    async with connections(rules) as pool, anyio.create_task_group() as group:
        for url in urls[:MOST]:
            group.start_soon(one, url, _Asker(pool, rules))
    return answers


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks as a program that says its name, and shows nobody a cookie or a password."""

    pool: httpcore.AsyncConnectionPool
    rules: Rules

    async def answer(self, url: str) -> Answer:
        """Whether an address answers, or why nobody can say."""
        try:
            with anyio.fail_after(_SECONDS):
                return await self._judged(url)
        except (_Unclear, NotPublic) as error:
            return Unavailable(f"{error}")
        except NoSuchHost:
            return await self._absent()
        except (TimeoutError, httpcore.TimeoutException):
            return Unavailable(f"it did not answer within {_SECONDS:.0f} seconds")
        except _UNASKABLE as error:
            return Unavailable(f"it cannot be asked ({_brief(error)})")

    async def _absent(self) -> Answer:
        """A name that nobody has is gone, where other names can be found."""
        try:
            with anyio.fail_after(_SECONDS):
                await self.rules.resolve(_CONTROL)
        except (NoSuchHost, OSError):
            return Unavailable("no name can be looked up from here")
        return False

    async def _judged(self, url: str) -> bool:
        page = await self._followed("HEAD", url)
        if not _answers(page) or _SLEEPERS.search(page.host):
            page = await self._followed("GET", url)
        if page.status in _GONE:
            return False
        if _SLEEPERS.search(page.host) and _ASLEEP.search(page.text):
            raise _Unclear("it is asleep, or waits for its owner")
        if _answers(page):
            return True
        raise _Unclear(_WITHOUT_A_PERSON.get(page.status, f"it answered {page.status}"))

    async def _followed(self, method: str, url: str) -> _Page:
        """The page at the end of at most five redirects, each checked like the first address."""
        here = _parsed(url)
        for _ in range(_REDIRECTS + 1):
            page = await self._fetched(method, here)
            if page.status not in _REDIRECTED or not page.location:
                return page
            here = _parsed(str(here.join(page.location)))
            if _LOGIN.search(here.path):
                raise _Unclear("it asks for a login")
        raise _Unclear("it leads from one address to the next without end")

    async def _fetched(self, method: str, url: httpx.URL) -> _Page:
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": f"portfolio-audit/{__version__} (asks whether a demo answers)",
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        timeout = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), _SECONDS)}
        async with self.pool.stream(method, target, headers=list(headers.items()), extensions=timeout) as response:
            found = {name.lower(): value.decode("latin-1") for name, value in response.headers}
            most = _STATED if _SLEEPERS.search(url.host) else _START
            text = await _start(response, most) if method == "GET" else ""
            return _Page(url.host, response.status, found.get(b"location", "")[:_LONGEST], text)


def _parsed(url: str) -> httpx.URL:
    """An address of a web site; raises NotPublic for any other, httpx.InvalidURL for what is none."""
    parsed = httpx.URL(url[: _LONGEST + 1])
    if len(url) > _LONGEST or parsed.scheme not in PORTS or not parsed.host or parsed.userinfo:
        raise NotPublic("only http:// and https:// without passwords are asked")
    return parsed


def _answers(page: _Page) -> bool:
    return 200 <= page.status < 400  # noqa: PLR2004  # success and redirection, RFC 9110 §15


async def _start(response: httpcore.Response, most: int) -> str:
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk
        if len(body) >= most:
            break
    return body[:most].decode("utf-8", "replace")


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

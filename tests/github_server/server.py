"""GitHub itself: one server on this machine that plays its four hosts."""

from __future__ import annotations

import time
from functools import partial
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self

from github_server import archive, raw
from github_server.faults import Faults
from github_server.graphql import app as graphql
from github_server.handling import Server
from github_server.limits import Limits
from github_server.log import Log, Logged
from github_server.messages import Reply, Request, json_reply
from github_server.outcome import Outcome
from github_server.rest import app as rest
from github_server.settings import Settings
from github_server.talk import Talk
from github_server.traffic import Traffic
from github_server.world import World

HOSTS = {"api": rest.answer, "graphql": graphql.answer, "raw": raw.answer, "archive": archive.answer}


def nowhere() -> Outcome:
    return Outcome(json_reply({"message": "Not Found"}, 404))


class Addresses(NamedTuple):
    """Where the hosts are."""

    api: str
    graphql: str
    raw: str
    archive: str


class GitHub:
    """A GitHub with a world of its own; use it in a ``with``, or call :meth:`start` and :meth:`close`."""

    def __init__(self, world: World, settings: Settings | None = None, *, port: int = 0) -> None:
        self.world = world
        self.settings = settings or Settings()
        self.limits = Limits(self.settings)
        self.log = Log()
        self.talk = Talk()
        self.faults = Faults()
        self.traffic = Traffic(self.settings)
        self._server = Server(("127.0.0.1", port), self.answer)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def addresses(self) -> Addresses:
        return Addresses(f"{self.base}/api", f"{self.base}/api/graphql", f"{self.base}/raw", f"{self.base}/archive")

    @property
    def environment(self) -> dict[str, str]:
        """The variables that send portfolio-audit here."""
        return {f"PORTFOLIO_AUDIT_{name.upper()}_URL": url for name, url in self.addresses._asdict().items()}

    def answer(self, request: Request) -> Reply:
        """Answer one request and write it down."""
        host = HOSTS.get(request.host)
        with self.traffic.entering(request) as refusal:
            time.sleep(self.settings.latency)
            genuine = partial(host, self, request) if host else nowhere
            outcome = refusal or self.faults.answer(request, genuine)
        self._record(request, outcome)
        return outcome.reply

    def _record(self, request: Request, outcome: Outcome) -> None:
        self.log.add(
            Logged(
                request.method,
                request.host,
                request.path,
                outcome.reply.status,
                outcome.resource if outcome.points else None,
                outcome.points,
                authorized=request.authorized,
                conditional="if-none-match" in request.headers,
            )
        )

    def start(self) -> Self:
        self._thread.start()
        return self

    def close(self) -> None:
        """End the server; what went wrong inside it comes up here."""
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
        if self._server.failures:
            raise self._server.failures[0]

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

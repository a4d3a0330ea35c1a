"""The page on this machine only: one address, one page, nobody else's questions answered."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from portfolio_audit.errors import ReportError

_HOST = "127.0.0.1"


class PageServer(ThreadingHTTPServer):
    """Serves one page on the loopback address; raises ReportError where the port is taken.

    Who asks under another name than this machine's own (a page elsewhere that had its name point here) gets nothing.
    """

    daemon_threads = True

    def __init__(self, page: bytes, port: int) -> None:
        self.page = page
        try:
            super().__init__((_HOST, port), _Handler)
        except OSError as error:
            raise ReportError(f"Port {port} cannot be used ({error.strerror}). Name another with --port.") from error

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{_HOST}:{self.server_port}/"

    def knows(self, host: str) -> bool:
        """Whether a Host header names this server."""
        return host in {f"{_HOST}:{self.server_port}", f"localhost:{self.server_port}"}


class _Handler(BaseHTTPRequestHandler):
    server: PageServer
    server_version, sys_version = "portfolio-audit", ""
    timeout = 10

    def do_GET(self) -> None:
        if not self.server.knows(self.headers.get("Host", "")):
            self._answer(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == "/":
            self._answer(HTTPStatus.OK, self.server.page)
        elif self.path == "/favicon.ico":
            self._answer(HTTPStatus.NO_CONTENT)
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def _answer(self, status: HTTPStatus, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing: what is asked here concerns nobody."""

"""Bytes in and out: HTTP/1.1 with connections that stay open."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from typing import Any

from github_server.messages import Reply, Request, request_of

Answer = Callable[[Request], Reply]
WORTH_PACKING = 1000
"""Bytes of a body below which it is not compressed."""


class Server(ThreadingHTTPServer):
    """A server whose every request is answered by one function."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], answer: Answer) -> None:
        self.answer = answer
        self.connections: set[socket] = set()
        self.failures: list[BaseException] = []
        """What went wrong inside, which no GitHub would do."""
        super().__init__(address, Handler)

    def process_request(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        assert isinstance(request, socket)
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket | tuple[bytes, socket]) -> None:
        super().shutdown_request(request)
        assert isinstance(request, socket)
        self.connections.discard(request)

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:  # noqa: ARG002
        """Keep a failure of our own; that a client hung up is none."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)

    def hang_up(self) -> None:
        """End the connections that clients left open."""
        for connection in tuple(self.connections):
            with suppress(OSError):
                connection.shutdown(SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Reads requests from one connection and writes the replies."""

    protocol_version = "HTTP/1.1"
    server_version = "github.com"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    server: Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = request_of(self.command, self.path, dict(self.headers.items()), self.rfile.read(length))
        self._send(request, self.server.answer(request))

    do_POST = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815

    def _send(self, request: Request, reply: Reply) -> None:
        try:
            self._write(request, reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _write(self, request: Request, reply: Reply) -> None:
        if reply.cut is not None:
            self.close_connection = True
            if reply.cut < 0:
                return
        pack_if_wished(request, reply)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        has_body = request.method != "HEAD" and reply.status not in {204, 304}
        if isinstance(reply.body, bytes):
            self._write_whole(reply.body, has_body=has_body, cut=reply.cut)
        else:
            self._write_pieces(reply.body, has_body=has_body, cut=reply.cut)
        self.wfile.flush()

    def _write_whole(self, body: bytes, *, has_body: bool, cut: int | None) -> None:
        if has_body or body:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if has_body:
            self.wfile.write(body[:cut])

    def _write_pieces(self, body: Iterable[bytes], *, has_body: bool, cut: int | None) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if not has_body:
            return
        for piece in body:
            if piece[:cut]:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece[:cut]), piece[:cut]))
                self.wfile.flush()
            if cut is not None:
                return
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the log of requests is kept elsewhere."""

    def finish(self) -> None:
        try:
            super().finish()
        except (BrokenPipeError, ConnectionResetError, ValueError):
            self.connection.close()


def pack_if_wished(request: Request, reply: Reply) -> None:
    """Compress JSON and text for those who can unpack it, as GitHub's API and its host of raw files do."""
    takes = "gzip" in request.headers.get("accept-encoding", "")
    if takes and isinstance(reply.body, bytes) and len(reply.body) > WORTH_PACKING and is_text(reply):
        reply.body = gzip.compress(reply.body, 1)
        reply.headers["Content-Encoding"] = "gzip"


def is_text(reply: Reply) -> bool:
    kind = reply.headers.get("Content-Type", "")
    return ("json" in kind or kind.startswith("text/")) and "Content-Encoding" not in reply.headers

"""Which addresses answer, and that no trick leads to a private one."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.sources import liveness
from portfolio_audit.sources.liveness import answering
from portfolio_audit.sources.public_network import NoSuchHost, Rules, is_public

Page = tuple[int, dict[str, str], str]
PRIVATE = Unavailable("it leads to a private address, which is not contacted")


@dataclass
class Site:
    """What the server on this machine shows, and who asked for what."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def rules(self, **names: str) -> Rules:
        """Lets this server be contacted as demo.example, and other names as said."""
        known = {"demo.example": "127.0.0.1", "github.com": "127.0.0.1", **names}

        async def resolve(host: str) -> tuple[str, ...]:
            if host not in known:
                raise NoSuchHost(host)
            return tuple(known[host].split())

        return Rules(resolve, lambda ip: ip == "127.0.0.1" or is_public(ip), frozenset({self.port}))

    def ask(self, path: str = "/", host: str = "demo.example", **names: str) -> bool | Unavailable:
        """The verdict about one page."""
        url = f"http://{host}:{self.port}{path}"
        return answering([url], self.rules(**names))[url]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.asked.append(f"{self.command} {self.path}")
            shown.headers.append({name.lower(): value for name, value in self.headers.items()})
            key = f"{self.command} {self.path}"
            status, headers, body = shown.pages.get(key) or shown.pages.get(self.path) or (404, {}, "")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        do_HEAD = do_GET  # noqa: N815  # http.server calls it so

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    shown = Site(server.server_port)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield shown
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("pages", "answer", "asked"),
    [
        ({"/": (200, {}, "")}, True, ["HEAD /"]),
        ({"/": (304, {}, "")}, True, ["HEAD /"]),
        ({"HEAD /": (405, {}, ""), "GET /": (200, {}, "ok")}, True, ["HEAD /", "GET /"]),
        ({"HEAD /": (404, {}, ""), "GET /": (200, {}, "ok")}, True, ["HEAD /", "GET /"]),
        ({"/": (404, {}, "no")}, False, ["HEAD /", "GET /"]),
        ({"/": (410, {}, "")}, False, ["HEAD /", "GET /"]),
        ({"/": (301, {"location": "/new"}, ""), "/new": (200, {}, "")}, True, ["HEAD /", "HEAD /new"]),
        ({"/": (302, {}, "")}, True, ["HEAD /"]),
    ],
)
def test_what_can_be_said(site: Site, pages: dict[str, Page], answer: bool, asked: list[str]) -> None:
    site.pages = pages
    assert site.ask() is answer
    assert site.asked == asked


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ((401, {}, ""), "it asks for a login"),
        ((403, {}, ""), "keep programs out"),
        ((429, {}, ""), "too many visitors"),
        ((500, {}, ""), "it answered 500"),
        ((503, {}, ""), "it answered 503"),
        ((302, {"location": "/login?next=/"}, ""), "it asks for a login"),
        ((302, {"location": "https://id.example/oauth/authorize"}, ""), "it asks for a login"),
        ((303, {"location": "https://share.example/-/auth/app"}, ""), "it asks for a login"),
        ((302, {"location": "/"}, ""), "from one address to the next without end"),
        ((302, {"location": "ftp://demo.example/"}, ""), "only http:// and https://"),
        ((302, {"location": "http://a:b@demo.example/"}, ""), "only http:// and https://"),
        ((302, {"location": "//[::zz]/"}, ""), "it cannot be asked"),
    ],
)
def test_what_nobody_can_say(site: Site, page: Page, reason: str) -> None:
    site.pages = {"/": page}
    answer = site.ask()
    assert isinstance(answer, Unavailable)
    assert reason in answer.reason


def test_a_name_that_nobody_has_is_gone(site: Site) -> None:
    assert site.ask(host="gone.example") is False


def test_without_any_names_nobodys_absence_is_known(site: Site) -> None:
    async def resolve(host: str) -> tuple[str, ...]:
        raise NoSuchHost(host)

    assert answering(["http://gone.example"], Rules(resolve)) == {
        "http://gone.example": Unavailable("no name can be looked up from here")
    }


def test_a_name_server_that_fails_says_nothing() -> None:
    async def resolve(host: str) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    answer = answering(["http://demo.example"], Rules(resolve))["http://demo.example"]
    assert isinstance(answer, Unavailable)
    assert "Temporary failure" in answer.reason


def test_a_machine_that_refuses_or_talks_nonsense_is_unknown(site: Site) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        site.port = closed.getsockname()[1]
        answer = site.ask()
    assert isinstance(answer, Unavailable)
    assert answer.reason.startswith("it cannot be asked (")


def test_a_slow_machine_is_unknown(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setattr(liveness, "_SECONDS", 0.1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        site.port = silent.getsockname()[1]
        assert site.ask() == Unavailable("it did not answer within 0 seconds")


@pytest.mark.parametrize(
    ("host", "text", "asleep"),
    [
        ("a.streamlit.app", "<h1>Zzzz</h1>This app has gone to sleep", True),
        ("a.onrender.com", "SERVICE WAKING UP", True),
        ("a.hf.space", '{"stage":"SLEEPING"}', True),
        ("huggingface.co", "&quot;stage&quot;:&quot;RUNTIME_ERROR&quot;", True),
        ("huggingface.co", "&quot;stage&quot;:&quot;RUNNING&quot;", False),
        ("a.herokuapp.com", "Predict your churn", False),
        ("demo.example", "a film: the cat has gone to sleep", False),
    ],
)
def test_places_that_sleep_are_looked_at(site: Site, host: str, text: str, asleep: bool) -> None:
    site.pages = {"/": (200, {}, text)}
    answer = site.ask(host=host, **{host: "127.0.0.1"})
    assert answer == (Unavailable("it is asleep, or waits for its owner") if asleep else True)


def test_nothing_of_ours_is_shown_but_our_name(site: Site) -> None:
    site.pages = {"/": (302, {"location": "/next", "set-cookie": "a=b"}, ""), "/next": (200, {"set-cookie": "c=d"}, "")}
    assert site.ask() is True
    assert [sorted(headers) for headers in site.headers] == [["accept", "accept-encoding", "host", "user-agent"]] * 2
    assert site.headers[0]["host"] == f"demo.example:{site.port}"
    assert re.fullmatch(r"portfolio-audit/\S+ \(.*\)", site.headers[0]["user-agent"])


def test_at_most_twenty_are_asked_and_each_once(site: Site) -> None:
    site.pages = {f"/{n}": (200, {}, "") for n in range(30)}
    urls = [f"http://demo.example:{site.port}/{n}" for n in range(30)]
    answers = answering([*urls, *urls], site.rules())
    assert [answers[url] for url in urls] == [True] * 20 + [Unavailable("only 20 addresses are asked")] * 10
    assert len(site.asked) == 20


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "0x7f000001", "017700000001", "127.1", "[::1]", "[::]",  # noqa: S104
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "10.0.0.1",
     "[fe80::1]", "[fd00::1]", "224.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_private_addresses_are_not_contacted(site: Site, host: str) -> None:
    url = f"http://{host}:{site.port}/"
    answer = answering([url], Rules(ports=frozenset({site.port})))[url]
    assert isinstance(answer, Unavailable)
    assert site.asked == []


@pytest.mark.parametrize("addresses", ["10.0.0.1", "127.0.0.1 192.168.0.1", "93.184.215.14 ::1", "::ffff:10.0.0.1"])
def test_names_of_private_addresses_are_not_contacted(site: Site, addresses: str) -> None:
    assert site.ask(host="inner.example", **{"inner.example": addresses}) == PRIVATE
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_not_followed(site: Site) -> None:
    site.pages = {"/": (302, {"location": f"http://inner.example:{site.port}/admin"}, "")}
    assert site.ask(**{"inner.example": "10.0.0.1"}) == PRIVATE
    assert site.asked == ["HEAD /"]


def test_only_the_ports_of_web_sites_are_contacted(site: Site) -> None:
    url = f"http://127.0.0.1:{site.port}/"
    assert answering([url])[url] == Unavailable(f"port {site.port} is not that of a web site")


def test_the_next_address_of_a_name_is_tried_when_one_refuses(site: Site) -> None:
    site.pages = {"/": (200, {}, "")}
    rules = Rules(
        site.rules(two="127.0.0.2 127.0.0.1").resolve, lambda ip: ip.startswith("127."), frozenset({site.port})
    )
    url = f"http://two:{site.port}/"
    assert answering([url], rules)[url] is True


@dataclass
class Proxy:
    """A proxy that lets through what it is told to, and remembers what it was asked."""

    answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n"
    heads: list[str] = field(default_factory=list)

    def serve(self, server: socket.socket) -> None:
        """Answer one client, and play the site behind."""
        connection, _ = server.accept()
        with connection:
            self.heads.append(connection.recv(4096).decode())
            connection.sendall(self.answer)
            if self.answer.endswith(b"established\r\n\r\n"):
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    played = Proxy()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        monkeypatch.setenv("HTTP_PROXY", f"http://ada:hush@127.0.0.1:{server.getsockname()[1]}")
        thread = Thread(target=played.serve, args=(server,), daemon=True)
        thread.start()
        yield played
        thread.join(5)


async def _public(host: str) -> tuple[str, ...]:
    return ("2606:2800:21f::1",) if host == "six.example" else ("93.184.215.14",)


@pytest.mark.parametrize(
    ("host", "to"), [("demo.example", "93.184.215.14:80"), ("six.example", "[2606:2800:21f::1]:80")]
)
def test_a_proxy_is_asked_for_the_checked_address(proxy: Proxy, host: str, to: str) -> None:
    url = f"http://{host}/"
    assert answering([url], Rules(_public))[url] is True
    assert proxy.heads == [f"CONNECT {to} HTTP/1.1\r\nHost: {to}\r\nProxy-Authorization: Basic YWRhOmh1c2g=\r\n\r\n"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 403 Not by number\r\n\r\n", "it cannot be asked (the proxy refused: 403 Not by number)"),
        (b"HTTP/1.1 200 OK\r\nx: y", "it cannot be asked (the proxy sent no answer)"),
    ],
)
def test_a_proxy_that_refuses_leaves_it_unknown(proxy: Proxy, answer: bytes, reason: str) -> None:
    proxy.answer = answer
    url = "http://demo.example/"
    assert answering([url], Rules(_public))[url] == Unavailable(reason)


def test_certificates_that_are_not_there_leave_all_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    answers = answering(["http://a.example", "http://b.example"])
    assert set(answers.values()) == {Unavailable("SSL_CERT_FILE names /nowhere.pem, which is not there.")}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::5db8:d70e", True),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("240.0.0.1", False),
        ("ff02::1", False),
        ("fe80::1%eth0", False),
        ("2001:db8::1", False),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


async def _nobody(host: str) -> tuple[str, ...]:
    raise NoSuchHost(host)


_pieces = st.sampled_from(
    ["http://", "https://", "demo.example", ":80", "/", "@", "[", "]", "%", "\n", "\x00", "é", "..", "#"]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(_pieces | st.text(max_size=5), max_size=8).map("".join))
def test_no_text_raises(text: str) -> None:
    assert isinstance(answering([text], Rules(_nobody))[text], Unavailable)

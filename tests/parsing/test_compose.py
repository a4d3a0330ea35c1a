"""Compose files: services, what they are built from, and what they run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.compose import Service, parse_compose


@pytest.mark.parametrize(
    ("service", "read"),
    [
        ("image: redis:7", Service("a", 2, "redis:7", 3)),
        ("build: .", Service("a", 2, context=".", build_line=3)),
        ("build: {context: ./api, dockerfile: api.Dockerfile}",
         Service("a", 2, context="./api", dockerfile="api.Dockerfile", build_line=3)),
        ("build: {args: [x]}", Service("a", 2, context=".", build_line=3)),
        ("build: [x]", Service("a", 2, build_line=3)),
        ("entrypoint: python -m\n    command: [app, '--port', 80]", Service("a", 2, command="python -m app --port 80")),
        ("command: {a: b}", Service("a", 2)),
        ("volumes: [./src:/app:ro, data, {type: bind, source: ./x}, {tmpfs: 1}]",
         Service("a", 2, mounts=("./src", "data", "./x", ""))),
        ("volumes: ./src:/app", Service("a", 2)),
        ("image: [x]", Service("a", 2, image_line=3)),
        ("deploy: {replicas: 3}", Service("a", 2)),
    ],
)  # fmt: skip
def test_what_a_service_says(service: str, read: Service) -> None:
    assert parse_compose(f"services:\n  a:\n    {service}\n") == (read,)


def test_shared_settings_are_filled_in() -> None:
    text = "x: &x\n  image: app:1\n  command: run\nservices:\n  a:\n    <<: *x\n    command: serve\n  b: *x\n"
    assert parse_compose(text) == (
        Service("a", 5, "app:1", 2, command="serve"),
        Service("b", 8, "app:1", 2, command="run"),
    )


@pytest.mark.parametrize("text", ["", "text", "[a]", "a: [", "\tservices:"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_compose(text)


@given(st.text(alphabet="services:\n  image buld-[]{}&*<'", max_size=80))
def test_any_text_gives_services_with_lines_or_is_refused(text: str) -> None:
    try:
        services = parse_compose("services:\n  " + text)
    except ParseError as error:
        assert error.reason
    else:
        assert all(2 <= service.line <= text.count("\n") + 2 for service in services)

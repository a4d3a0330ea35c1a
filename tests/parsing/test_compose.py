"""Compose files: services, what they are built from, and what they run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.compose import Service, parse_compose
from portfolio_audit.parsing.dependency import Stated


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
    assert parse_compose(f"services:\n  a:\n    {service}\n").services == (read,)


def test_shared_settings_are_filled_in() -> None:
    text = "x: &x\n  image: app:1\n  command: run\nservices:\n  a:\n    <<: *x\n    command: serve\n  b: *x\n"
    assert parse_compose(text).services == (
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
        services = parse_compose("services:\n  " + text).services
    except ParseError as error:
        assert error.reason
    else:
        assert all(2 <= service.line <= text.count("\n") + 2 for service in services)


def test_a_service_takes_what_it_extends_in_the_same_file() -> None:
    text = "services:\n  base: {build: ./app, command: a}\n  web:\n    extends: {service: base}\n    command: b\n"
    assert parse_compose(text).services[1] == Service(
        "web", 3, context="./app", build_line=2, command="b", extends=("", "")
    )


def test_a_service_that_extends_itself_ends() -> None:
    assert parse_compose("services: {a: {extends: a, image: x}}").services == (Service("a", 1, "x", 1),)


def test_a_service_of_another_file_is_named() -> None:
    (service,) = parse_compose("services: {a: {extends: {file: base.yml, service: b}}}").services
    assert service.extends == ("base.yml", "b")


@pytest.mark.parametrize(
    ("image", "filled"), [("app:${TAG:-1.2}", "app:1.2"), ("${IMAGE}", "${IMAGE}"), ("${I-a}", "a")]
)
def test_variables_stand_at_their_defaults(image: str, filled: str) -> None:
    (service,) = parse_compose(f"services: {{a: {{image: '{image}'}}}}").services
    assert service.image == filled


@pytest.mark.parametrize(
    ("text", "names"), [("web: {build: .}\ndb: {image: x}\n", ["web", "db"]), ("web: {build: .}\nname: x\n", [])]
)
def test_the_first_version_had_services_only(text: str, names: list[str]) -> None:
    assert [s.name for s in parse_compose(text).services] == names


def test_a_dockerfile_in_the_compose_file_itself() -> None:
    (service,) = parse_compose("services: {a: {build: {dockerfile_inline: FROM x}}}").services
    assert (service.inline, service.context) == (True, ".")


def test_keys_written_twice_are_told_and_the_last_counts() -> None:
    parsed = parse_compose("services:\n  a:\n    image: x\n    image: y\n")
    assert (parsed.services[0].image, parsed.repeated) == ("y", (Stated("image", 4),))

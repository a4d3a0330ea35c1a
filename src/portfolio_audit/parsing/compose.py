"""Compose files to services, with lines.

Source: https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml, repeated_keys

_VARIABLE = re.compile(r"\$\{\w{1,100}:?-([^${}]{0,200})\}")
_MAX_EXTENDED = 5
_STARTS = frozenset({"image", "build", "extends"})


@dataclass(frozen=True, slots=True)
class Service:
    """One service; ``context`` is set when it is built from the tree, ``mounts`` are its volumes' sources.

    Variables stand at their defaults. ``extends`` names the file and service it takes the rest from, where that is
    another file.
    """

    name: str
    line: int
    image: str = ""
    image_line: int = 0
    context: str = ""
    dockerfile: str = ""
    build_line: int = 0
    command: str = ""
    mounts: tuple[str, ...] = ()
    extends: tuple[str, str] = ("", "")
    inline: bool = False
    """Whether its Dockerfile stands in the compose file itself."""


@dataclass(frozen=True, slots=True)
class Compose:
    """The services of one file, and the keys it holds twice."""

    services: tuple[Service, ...]
    repeated: tuple[Stated, ...] = ()


def parse_compose(text: str) -> Compose:
    """Parse a compose file, also of the first version; raises ParseError for a file without a mapping."""
    documents = parse_yaml(text)
    document = next(iter(documents), None)
    if not isinstance(document, YamlMap):
        raise ParseError("is not a YAML mapping")
    services = document.get("services") if "services" in document.items else _first_version(document)
    repeated = tuple(Stated(key.value, key.line) for key in repeated_keys(documents))
    return Compose(_services(services) if isinstance(services, YamlMap) else (), repeated)


def _first_version(document: YamlMap) -> YamlMap | None:
    """The whole file, if it is a mapping of services as the first version wrote them."""
    nodes = document.items.values()
    return document if all(isinstance(n, YamlMap) and n.items.keys() & _STARTS for n in nodes) else None


def _services(nodes: YamlMap) -> tuple[Service, ...]:
    return tuple(
        _service(name, nodes.key_lines[name], _extended(node, nodes))
        for name, node in nodes.items.items()
        if isinstance(node, YamlMap)
    )


def _extended(node: YamlMap, siblings: YamlMap) -> YamlMap:
    """The service with what it takes from another of the same file."""
    for _ in range(_MAX_EXTENDED):
        extends = node.get("extends")
        base = siblings.get(extends.value if isinstance(extends, YamlText) else node.text("extends", "service"))
        if extends is None or node.text("extends", "file") or not isinstance(base, YamlMap):
            break
        own = {key: value for key, value in node.items.items() if key != "extends"}
        node = YamlMap({**base.items, **own}, node.line, {**base.key_lines, **node.key_lines})
    return node


def _service(name: str, line: int, node: YamlMap) -> Service:
    build = node.get("build")
    context, dockerfile, inline = "", "", False
    if isinstance(build, YamlText):
        context = build.value
    elif isinstance(build, YamlMap):
        context, dockerfile = build.text("context") or ".", build.text("dockerfile")
        inline = bool(build.text("dockerfile_inline"))
    return Service(
        name,
        line,
        _filled(node.text("image")),
        node.key_lines.get("image", 0),
        _filled(context),
        _filled(dockerfile) or node.text("dockerfile"),
        node.key_lines.get("build", 0),
        " ".join((*_texts(node.get("entrypoint")), *_texts(node.get("command")))),
        tuple(_source(v) for v in _children(node.get("volumes"))),
        (node.text("extends", "file"), node.text("extends", "service")),
        inline,
    )


def _filled(value: str) -> str:
    """The text with each variable that has a default replaced by it."""
    return _VARIABLE.sub(lambda match: match[1], value)


def _children(node: YamlNode | None) -> tuple[YamlNode, ...]:
    return node.items if isinstance(node, YamlList) else ()


def _texts(node: YamlNode | None) -> tuple[str, ...]:
    if isinstance(node, YamlText):
        return (node.value,)
    return tuple(n.value for n in _children(node) if isinstance(n, YamlText))


def _source(volume: YamlNode) -> str:
    if isinstance(volume, YamlMap):
        return volume.text("source")
    return volume.value.partition(":")[0] if isinstance(volume, YamlText) else ""

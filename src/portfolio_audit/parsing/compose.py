"""Compose files to services, with lines.

Source: https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml


@dataclass(frozen=True, slots=True)
class Service:
    """One service; ``context`` is set when it is built from the tree, ``mounts`` are its volumes' sources."""

    name: str
    line: int
    image: str = ""
    image_line: int = 0
    context: str = ""
    dockerfile: str = ""
    build_line: int = 0
    command: str = ""
    mounts: tuple[str, ...] = ()


def parse_compose(text: str) -> tuple[Service, ...]:
    """Parse the services of a compose file; raises ParseError for a file without a mapping."""
    document = next(iter(parse_yaml(text)), None)
    if not isinstance(document, YamlMap):
        raise ParseError("is not a YAML mapping")
    services = document.get("services")
    if not isinstance(services, YamlMap):
        return ()
    return tuple(
        _service(name, services.key_lines[name], node)
        for name, node in services.items.items()
        if isinstance(node, YamlMap)
    )


def _service(name: str, line: int, node: YamlMap) -> Service:
    build = node.get("build")
    context, dockerfile = "", ""
    if isinstance(build, YamlText):
        context = build.value
    elif isinstance(build, YamlMap):
        context, dockerfile = build.text("context") or ".", build.text("dockerfile")
    return Service(
        name,
        line,
        node.text("image"),
        node.key_lines.get("image", 0),
        context,
        dockerfile,
        node.key_lines.get("build", 0),
        " ".join((*_texts(node.get("entrypoint")), *_texts(node.get("command")))),
        tuple(_source(v) for v in _children(node.get("volumes"))),
    )


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

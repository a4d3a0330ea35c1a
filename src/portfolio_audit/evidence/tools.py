"""Tools as they show outside of code: among the dependencies, as the image of a container, by a file of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.container_files import images
from portfolio_audit.evidence.declarations import gather
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Tool


def declared(documents: Documents, *purposes: str) -> Iterator[tuple[Tool, Location]]:
    """Each tool for the purposes that a list of dependencies or a container names, once, with the place."""
    tools = documents.vocabulary.serving(*purposes)
    distributed = {name: tool for tool in tools for name in tool.distributions}
    contained = {name: tool for tool in tools for name in tool.images}
    found = [*_dependencies(documents, distributed), *_images(documents, contained)]
    yield from {tool.name: (tool, at) for tool, at in reversed(found)}.values()


def configured(documents: Documents, *purposes: str) -> Iterator[tuple[Tool, str]]:
    """Each tool for the purposes that has a file in the tree, with the path of every such file."""
    tools = [tool for tool in documents.vocabulary.serving(*purposes) if tool.files]
    if documents.matching(*(glob for tool in tools for glob in tool.files)):
        yield from ((tool, path) for tool in tools for path in documents.matching(*tool.files))


def _dependencies(documents: Documents, tools: dict[str, Tool]) -> Iterator[tuple[Tool, Location]]:
    for file in documents.once(gather).files:
        for dependency in file.declaration.dependencies:
            if dependency.name in tools:
                tool = tools[dependency.name]
                yield tool, Location(file.path, dependency.line, note=f"declares {dependency.name}")


def _images(documents: Documents, tools: dict[str, Tool]) -> Iterator[tuple[Tool, Location]]:
    for image in images(documents):
        if image.name in tools:
            yield tools[image.name], Location(image.at.path, image.at.line, note=f"uses the image {image.name}")

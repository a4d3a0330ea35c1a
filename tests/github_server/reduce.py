"""Cuts GitHub's published descriptions down to what this server speaks of.

``python -m github_server.reduce api.github.com.json schema.graphql`` writes ``schema/openapi.json`` and
``schema/schema.graphql``; the npm packages ``@octokit/openapi`` and ``@octokit/graphql-schema`` carry the originals.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from github_server.reduce_graphql import reduce_graphql
from github_server.reduce_openapi import reduce_openapi

SCHEMA = Path(__file__).parent / "schema"


def main(openapi: str, graphql: str) -> None:
    reduced = reduce_openapi(json.loads(Path(openapi).read_bytes()))
    text = json.dumps(reduced, indent=1, sort_keys=True, ensure_ascii=False)
    (SCHEMA / "openapi.json").write_text(text + "\n", encoding="utf-8")
    (SCHEMA / "schema.graphql").write_text(reduce_graphql(Path(graphql).read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

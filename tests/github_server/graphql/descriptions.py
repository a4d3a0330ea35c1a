"""What describes a repository: topics, licence, languages."""

from __future__ import annotations

from github_server.graphql.connections import connection
from github_server.graphql.nodes import Args, Context
from github_server.identity import database_id, node_id
from github_server.licenses import License, license_named
from github_server.messages import Json
from github_server.repository import Repository


def topics(repository: Repository, _context: Context, args: Args) -> Json:
    return connection([topic(name) for name in repository.topics], args)


def topic(name: str) -> Json:
    path = f"/topics/{name}"
    inner = {"id": node_id("T", database_id("topic", name)), "name": name, "stargazerCount": 0}
    about = {"id": node_id("RT", database_id("repository topic", name)), "resourcePath": path}
    return {**about, "topic": inner, "url": f"https://github.com{path}"}


def license_info(repository: Repository, _context: Context, _args: Args) -> Json:
    known = license_named(repository.license)
    return None if known is None else license_fields(known)


def license_fields(known: License) -> Json:
    url = None if known.is_other else f"https://choosealicense.com/licenses/{known.key}/"
    flags = {"featured": False, "hidden": known.is_other, "pseudoLicense": known.is_other, "nickname": None}
    named = {"id": known.node_id, "key": known.key, "name": known.name, "spdxId": known.spdx_id, "url": url}
    return {**named, **flags, "body": "", "description": None, "implementation": None}


def language(repository: Repository) -> Json:
    if repository.language is None:
        return None
    about = {"id": node_id("LA", database_id("language", repository.language)), "color": "#3572A5"}
    return {**about, "name": repository.language}


def languages(repository: Repository, _context: Context, args: Args) -> Json:
    found = [] if repository.language is None else [language(repository)]
    size = repository.size * 1024
    made = connection(found, args, totalSize=size)
    return {**made, "edges": [{**edge, "size": size} for edge in made["edges"]]}

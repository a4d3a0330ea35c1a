"""Repositories by name and by number."""

from __future__ import annotations

from github_server.caching import last_modified
from github_server.messages import Reply, json_reply
from github_server.rest.call import Call
from github_server.rest.repository_bodies import full_repository


def get_repository(call: Call) -> Reply:
    repository = call.repository()
    return json_reply(full_repository(call, repository), headers=last_modified(repository.updated))


def get_topics(call: Call) -> Reply:
    return json_reply({"names": list(call.repository().topics)})


def get_languages(call: Call) -> Reply:
    repository = call.repository()
    return json_reply({repository.language: repository.size * 1024} if repository.language else {})

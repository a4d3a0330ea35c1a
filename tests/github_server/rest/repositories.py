"""Repositories by name and by number."""

from __future__ import annotations

from github_server.messages import Reply, json_reply
from github_server.rest.call import Call, not_found
from github_server.rest.repository_bodies import full_repository


def get_repository(call: Call) -> Reply:
    return json_reply(full_repository(call, call.repository()))


def get_by_id(call: Call) -> Reply:
    number = call.path["id"]
    found = next((r for r in call.world.repositories if str(r.id) == number), None)
    return json_reply(full_repository(call, call.allowed(found))) if found else not_found()


def get_languages(call: Call) -> Reply:
    repository = call.repository()
    return json_reply({repository.language: repository.size * 1024} if repository.language else {})

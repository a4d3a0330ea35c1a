"""What is left of the limits; asking is free."""

from __future__ import annotations

from github_server.messages import Reply, json_reply
from github_server.rest.call import Call

META = {"verifiable_password_authentication": False}
RESOURCES = ("core", "search", "graphql", "integration_manifest", "code_search")


def get_meta(_call: Call) -> Reply:
    """What this GitHub is; one of an enterprise would name its version here."""
    return json_reply(META)


def get_rate_limit(call: Call) -> Reply:
    caller = None if call.token is None else call.token.login
    windows = {name: call.hub.limits.window(caller, name).body() for name in RESOURCES}
    return json_reply({"resources": windows, "rate": windows["core"]})

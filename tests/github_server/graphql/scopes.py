"""The fields that a classic token may not read without a scope."""

from __future__ import annotations

from graphql import FieldNode

from github_server.accounts import Token
from github_server.graphql.errors import TypedError

READ_ORG, READ_EMAIL = ("read:org",), ("user:email", "read:user")
NEEDED = {
    **{("Organization", name): READ_ORG for name in ("name", "description", "email", "location", "websiteUrl")},
    ("User", "email"): READ_EMAIL,
}
INCLUDED = {
    "admin:org": ("write:org", "read:org"),
    "write:org": ("read:org",),
    "user": ("read:user", "user:email"),
}
MESSAGE = (
    "Your token has not been granted the required scopes to execute this query. The '{field}' field requires one of "
    "the following scopes: {needed}, but your token has only been granted the: {granted} scopes. Please modify your "
    "token's scopes at: https://github.com/settings/tokens."
)


def missing_scope(token: Token, kind: str, asked: FieldNode) -> TypedError | None:
    """The error for a field of a type that the token's scopes do not open."""
    needed = NEEDED.get((kind, asked.name.value))
    if needed is None or token.scopes is None:
        return None
    granted = {*token.scopes, *(inner for scope in token.scopes for inner in INCLUDED.get(scope, ()))}
    if granted & set(needed):
        return None
    texts = {"field": asked.name.value, "needed": list(needed), "granted": sorted(token.scopes) or [""]}
    return TypedError("INSUFFICIENT_SCOPES", MESSAGE.format(**texts), asked)

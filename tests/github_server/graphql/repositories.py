"""Fields of repositories and of what lists them."""

from __future__ import annotations

from typing import Any

from github_server.accounts import Account
from github_server.graphql.connections import connection, ordered
from github_server.graphql.descriptions import language, languages, license_info, topics
from github_server.graphql.entries import submodules_of
from github_server.graphql.errors import forbidden
from github_server.graphql.git import commit_node, object_node, ref_node
from github_server.graphql.nodes import Args, Context, Fields, Node, Resolver
from github_server.graphql.pulls import received
from github_server.messages import Json
from github_server.repository import Repository, unknown


def may(permission: str, resolver: Resolver) -> Resolver:
    """A field that a fine-grained token reads of a private repository only with a permission."""

    def guarded(repository: Repository, context: Context, args: Args) -> Any:
        if permission in context.token.denied or not context.token.may(permission, repository):
            raise forbidden()
        return resolver(repository, context, args)

    return guarded


def default_branch(repository: Repository, _context: Context, _args: Args) -> Node | None:
    return ref_node(repository, f"refs/heads/{repository.default_branch}")


def refs(repository: Repository, _context: Context, args: Args) -> Json:
    """The branches or tags, by name unless ordered by the time of their commits."""
    prefix = args["refPrefix"].rstrip("/") + "/"
    names = sorted(name for name in repository.refs if name.startswith(prefix) and args.get("query", "") in name)
    keys = {"ALPHABETICAL": lambda name: name, "TAG_COMMIT_DATE": lambda name: repository.refs[name].at}
    kept = ordered(names, keys, args.get("orderBy"))
    if args.get("orderBy") is None and args.get("direction") == "DESC":
        kept.reverse()
    return connection([ref_node(repository, name) for name in kept], args)


def git_object(repository: Repository, _context: Context, args: Args) -> Node | None:
    """What ``object(oid:)`` or ``object(expression:)`` means: ``REF``, ``REF:PATH`` or an id."""
    if args.get("oid"):
        return object_node(repository, args["oid"])
    ref, colon, path = (args.get("expression") or "").partition(":")
    placed = repository.resolve(ref)
    if placed is None:
        return None if colon else object_node(repository, ref)
    if not colon:
        return commit_node(repository, placed)
    entry = placed.objects.find(path.strip("/"))
    return object_node(repository, entry.oid) if entry else None


def releases(repository: Repository, context: Context, args: Args) -> Json:
    """The releases, newest first; drafts only for those who may push."""
    owns = context.viewer.login == repository.owner
    kept = [Node("Release", repository, r) for r in repository.releases if owns or not r.draft]
    keys = {"CREATED_AT": lambda n: n.value.at, "NAME": lambda n: n.value.name or n.value.tag}
    order = args.get("orderBy") or {"field": "CREATED_AT", "direction": "DESC"}
    return connection(ordered(kept, keys, order), args)


def latest_release(repository: Repository, _context: Context, _args: Args) -> Node | None:
    final = [r for r in repository.releases if not r.draft and not r.prerelease]
    return Node("Release", repository, max(final, key=lambda r: r.at)) if final else None


def release(repository: Repository, _context: Context, args: Args) -> Node | None:
    return next((Node("Release", repository, r) for r in repository.releases if r.tag == args["tagName"]), None)


def deployments(repository: Repository, _context: Context, args: Args) -> Json:
    wanted = args.get("environments")
    kept = [d for d in repository.deployments if wanted is None or d.environment in wanted]
    order = args.get("orderBy") or {"field": "CREATED_AT", "direction": "ASC"}
    items = ordered(kept, {"CREATED_AT": lambda d: d.at}, order)
    return connection([Node("Deployment", repository, d) for d in items], args)


def environments(repository: Repository, _context: Context, args: Args) -> Json:
    wanted = args.get("names") or repository.all_environments
    kept = [name for name in repository.all_environments if name in wanted]
    keys = {"NAME": lambda name: name, "CREATED_AT": lambda name: name}
    return connection([Node("Environment", repository, n) for n in ordered(kept, keys, args.get("orderBy"))], args)


def environment(repository: Repository, _context: Context, args: Args) -> Node | None:
    return Node("Environment", repository, args["name"]) if args["name"] in repository.all_environments else None


def parent(repository: Repository, context: Context, _args: Args) -> Repository | None:
    """What it was forked from, of which nothing but the name may be known."""
    if repository.parent is None:
        return None
    found = context.world.repository(repository.parent)
    if found is None:
        return unknown(repository.parent)
    return found if context.sees(found) else None


def owner(repository: Repository, context: Context, _args: Args) -> Any:
    return context.world.account(repository.owner) or Account(repository.owner)


def permission(repository: Repository, context: Context, _args: Args) -> str:
    return "ADMIN" if context.viewer.login == repository.owner else "READ"


def submodules(repository: Repository, _context: Context, args: Args) -> Json:
    return connection(submodules_of(repository), args)


REPOSITORY: Fields = {
    "id": lambda r, _c, _: r.node_id,
    "databaseId": lambda r, _c, _: r.id,
    "name": lambda r, _c, _: r.name,
    "nameWithOwner": lambda r, _c, _: r.full_name,
    "owner": owner,
    "description": lambda r, _c, _: r.description,
    "homepageUrl": lambda r, _c, _: r.homepage,
    "url": lambda r, _c, _: f"https://github.com/{r.full_name}",
    "resourcePath": lambda r, _c, _: f"/{r.full_name}",
    "sshUrl": lambda r, _c, _: f"git@github.com:{r.full_name}.git",
    "mirrorUrl": lambda _r, _c, _: None,
    "createdAt": lambda r, _c, _: r.created_at,
    "pushedAt": lambda r, _c, _: r.pushed,
    "updatedAt": lambda r, _c, _: r.updated,
    "archivedAt": lambda r, _c, _: r.updated if r.archived else None,
    "diskUsage": lambda r, _c, _: r.size,
    "stargazerCount": lambda r, _c, _: r.stars,
    "forkCount": lambda _r, _c, _: 0,
    "isArchived": lambda r, _c, _: r.archived,
    "isDisabled": lambda r, _c, _: r.disabled,
    "isEmpty": lambda r, _c, _: r.head is None,
    "isFork": lambda r, _c, _: r.is_fork,
    "isInOrganization": lambda r, c, _: (a := c.world.account(r.owner)) is not None and not a.is_user,
    "isLocked": lambda _r, _c, _: False,
    "isMirror": lambda _r, _c, _: False,
    "isPrivate": lambda r, _c, _: r.private,
    "isTemplate": lambda r, _c, _: r.template,
    "isUserConfigurationRepository": lambda r, _c, _: r.owner.lower() == r.name.lower(),
    "visibility": lambda r, _c, _: "PRIVATE" if r.private else "PUBLIC",
    "viewerPermission": permission,
    "viewerCanAdminister": lambda r, c, _: c.viewer.login == r.owner,
    "hasIssuesEnabled": lambda _r, _c, _: True,
    "hasProjectsEnabled": lambda _r, _c, _: True,
    "hasSponsorshipsEnabled": lambda _r, _c, _: False,
    "forkingAllowed": lambda _r, _c, _: True,
    "viewerHasStarred": lambda _r, _c, _: False,
    "usesCustomOpenGraphImage": lambda _r, _c, _: False,
    "openGraphImageUrl": lambda r, _c, _: f"https://opengraph.githubassets.com/1/{r.full_name}",
    "pullRequests": received,
    "hasWikiEnabled": lambda _r, _c, _: True,
    "hasDiscussionsEnabled": lambda _r, _c, _: False,
    "primaryLanguage": lambda r, _c, _: language(r),
    "languages": languages,
    "licenseInfo": license_info,
    "repositoryTopics": topics,
    "parent": parent,
    "templateRepository": lambda _r, _c, _: None,
    "defaultBranchRef": may("contents", default_branch),
    "ref": may("contents", lambda r, _c, args: ref_named(r, args["qualifiedName"])),
    "refs": may("contents", refs),
    "object": may("contents", git_object),
    "submodules": may("contents", submodules),
    "releases": may("contents", releases),
    "latestRelease": may("contents", latest_release),
    "release": may("contents", release),
    "deployments": may("deployments", deployments),
    "environments": may("environments", environments),
    "environment": may("environments", environment),
    "stargazers": lambda r, _c, args: connection([], args, totalCount=r.stars),
    "forks": lambda _r, _c, args: connection([], args, totalDiskUsage=0),
}


def ref_named(repository: Repository, name: str) -> Node | None:
    for full in (name, f"refs/{name}", f"refs/heads/{name}", f"refs/tags/{name}"):
        if found := ref_node(repository, full):
            return found
    return None

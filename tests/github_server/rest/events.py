"""Releases, deployments, environments and workflow runs."""

from __future__ import annotations

from github_server.activity import Asset, Deployment, DeploymentStatus, Release
from github_server.identity import database_id, node_id
from github_server.messages import Json, Reply, json_reply
from github_server.repository import Repository
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import Call, not_found
from github_server.rest.checks import run_body
from github_server.rest.paging import page
from github_server.rest.repository_bodies import owner_of


def list_releases(call: Call) -> Reply:
    """The releases, newest first; drafts only for those who may push."""
    repository = call.repository("contents")
    pushes = call.token is not None and call.token.login == repository.owner
    kept = sorted((r for r in repository.releases if pushes or not r.draft), key=lambda r: r.at, reverse=True)
    found, links = page(call, kept)
    return json_reply([release_body(call, repository, release) for release in found], headers=links)


def get_latest_release(call: Call) -> Reply:
    """The newest release that is neither a draft nor a pre-release."""
    repository = call.repository("contents")
    final = [r for r in repository.releases if not r.draft and not r.prerelease]
    if not final:
        not_found()
    return json_reply(release_body(call, repository, max(final, key=lambda r: r.at)))


def release_body(call: Call, repository: Repository, release: Release) -> Json:
    number = database_id("release", repository.full_name, release.tag)
    url = f"{call.url(repository)}/releases/{number}"
    archives = {f"{kind}_url": f"{call.url(repository)}/{kind}/{release.tag}" for kind in ("tarball", "zipball")}
    return {
        "url": url,
        "assets_url": f"{url}/assets",
        "upload_url": f"{url}/assets{{?name,label}}".replace("api.", "uploads."),
        "html_url": f"https://github.com/{repository.full_name}/releases/tag/{release.tag}",
        "id": number,
        "node_id": node_id("RE", number),
        "author": simple_user(call, owner_of(call, repository)),
        "tag_name": release.tag,
        "target_commitish": repository.default_branch,
        "name": release.name,
        "body": release.body,
        "draft": release.draft,
        "prerelease": release.prerelease,
        "immutable": False,
        "created_at": release.at,
        "published_at": None if release.draft else release.at,
        "assets": [asset_body(call, repository, release, asset) for asset in release.assets],
        **archives,
    }


def asset_body(call: Call, repository: Repository, release: Release, asset: Asset) -> Json:
    number = database_id("asset", repository.full_name, release.tag, asset.name)
    download = f"https://github.com/{repository.full_name}/releases/download/{release.tag}/{asset.name}"
    return {
        "url": f"{call.url(repository)}/releases/assets/{number}",
        "id": number,
        "node_id": node_id("RA", number),
        "name": asset.name,
        "label": None,
        "uploader": simple_user(call, owner_of(call, repository)),
        "content_type": "application/octet-stream",
        "state": "uploaded",
        "size": asset.size,
        "digest": None,
        "download_count": asset.downloads,
        "created_at": release.at,
        "updated_at": release.at,
        "browser_download_url": download,
    }


def list_deployments(call: Call) -> Reply:
    """The deployments, newest first, perhaps to one environment."""
    repository = call.repository("deployments")
    wanted = call.query.get("environment")
    kept = [d for d in repository.deployments if wanted in {None, d.environment}]
    found, links = page(call, sorted(kept, key=lambda d: d.at, reverse=True))
    return json_reply([deployment_body(call, repository, deployment) for deployment in found], headers=links)


def deployment_id(repository: Repository, deployment: Deployment) -> int:
    return database_id("deployment", repository.full_name, deployment)


def deployment_body(call: Call, repository: Repository, deployment: Deployment) -> Json:
    number = deployment_id(repository, deployment)
    url = f"{call.url(repository)}/deployments/{number}"
    return {
        "url": url,
        "id": number,
        "node_id": node_id("DE", number),
        "task": deployment.task,
        "original_environment": deployment.environment,
        "environment": deployment.environment,
        "description": deployment.description,
        "created_at": deployment.at,
        "updated_at": deployment.statuses[0].at if deployment.statuses else deployment.at,
        "statuses_url": f"{url}/statuses",
        "repository_url": call.url(repository),
        "creator": simple_user(call, owner_of(call, repository)),
        "sha": repository.history[0].oid,
        "ref": deployment.ref,
        "payload": {},
        "transient_environment": False,
        "production_environment": deployment.environment == "production",
    }


def list_deployment_statuses(call: Call) -> Reply:
    repository = call.repository("deployments")
    wanted = call.path["deployment_id"]
    deployment = next((d for d in repository.deployments if str(deployment_id(repository, d)) == wanted), None)
    if deployment is None:
        not_found()
    found, links = page(call, deployment.statuses)
    return json_reply([status_body(call, repository, deployment, status) for status in found], headers=links)


def status_body(call: Call, repository: Repository, deployment: Deployment, status: DeploymentStatus) -> Json:
    number = database_id("deployment status", deployment_id(repository, deployment), status)
    parent = f"{call.url(repository)}/deployments/{deployment_id(repository, deployment)}"
    return {
        "url": f"{parent}/statuses/{number}",
        "id": number,
        "node_id": node_id("DES", number),
        "state": status.state,
        "creator": simple_user(call, owner_of(call, repository)),
        "description": status.description,
        "environment": deployment.environment,
        "target_url": "",
        "log_url": "",
        "environment_url": status.environment_url,
        "created_at": status.at,
        "updated_at": status.at,
        "deployment_url": parent,
        "repository_url": call.url(repository),
    }


def list_environments(call: Call) -> Reply:
    repository = call.repository("actions")
    found, links = page(call, repository.all_environments)
    bodies = [environment_body(call, repository, name) for name in found]
    return json_reply({"total_count": len(repository.all_environments), "environments": bodies}, headers=links)


def environment_body(call: Call, repository: Repository, name: str) -> Json:
    number = database_id("environment", repository.full_name, name)
    page_of = f"https://github.com/{repository.full_name}/deployments/activity_log?environments_filter={name}"
    about = {"id": number, "node_id": node_id("EN", number), "name": name, "protection_rules": []}
    times = {"created_at": repository.created_at, "updated_at": repository.updated}
    url = f"{call.url(repository)}/environments/{name}"
    return {**about, "url": url, "html_url": page_of, **times, "deployment_branch_policy": None}


def list_runs(call: Call) -> Reply:
    """The workflow runs, newest first, perhaps of one branch, event or status."""
    repository = call.repository("actions")
    wanted = call.query
    states = {None, wanted.get("status")}
    kept = [
        run
        for run in sorted(repository.runs, key=lambda r: r.at, reverse=True)
        if wanted.get("event") in {None, run.event}
        and wanted.get("branch") in {None, repository.default_branch}
        and (len(states) == 1 or {run.status, run.conclusion} & states)
    ]
    found, links = page(call, kept)
    bodies = [run_body(call, repository, repository.history[0], run) for run in found]
    return json_reply({"total_count": len(kept), "workflow_runs": bodies}, headers=links)

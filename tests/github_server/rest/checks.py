"""Check runs, statuses and workflow runs as the REST API writes them."""

from __future__ import annotations

from github_server.activity import THEN, Check, Run, Status
from github_server.history import PlacedCommit
from github_server.identity import database_id, node_id
from github_server.messages import Json
from github_server.repository import Repository
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import Call
from github_server.rest.repository_bodies import owner_of, repository_body
from github_server.talk import CheckRun

ACTIONS_ID = 15368
RUN_LINKS = ("jobs", "logs", "cancel", "rerun", "artifacts")


def check_body(call: Call, repository: Repository, placed: PlacedCommit, check: Check) -> Json:
    number = database_id("check", repository.full_name, check)
    suite = database_id("suite", repository.full_name, check.workflow)
    url = f"{call.url(repository)}/check-runs/{number}"
    page = f"https://github.com/{repository.full_name}/actions/runs/{suite}/job/{number}"
    empty = {"title": None, "summary": None, "text": None, "annotations_count": 0}
    return {
        "id": number,
        "node_id": node_id("CR", number),
        "head_sha": placed.oid,
        "name": check.name,
        "url": url,
        "html_url": page,
        "details_url": page,
        "status": check.status,
        "conclusion": check.conclusion,
        "started_at": check.at,
        "completed_at": check.at if check.conclusion else None,
        "external_id": "",
        "check_suite": {"id": suite},
        "output": {**empty, "annotations_url": f"{url}/annotations"},
        "app": actions_app(call, repository),
        "pull_requests": [],
    }


def made_check_body(call: Call, repository: Repository, check: CheckRun) -> Json:
    asked, url = check.asked, f"{call.url(repository)}/check-runs/{check.id}"
    output = asked.get("output") or {}
    page = f"https://github.com/{repository.full_name}/runs/{check.id}"
    is_done = asked.get("status") == "completed" or "conclusion" in asked
    return {
        "id": check.id,
        "node_id": node_id("CR", check.id),
        "head_sha": check.sha,
        "name": asked["name"],
        "url": url,
        "html_url": page,
        "details_url": asked.get("details_url") or page,
        "status": "completed" if is_done else asked.get("status", "queued"),
        "conclusion": asked.get("conclusion"),
        "started_at": THEN,
        "completed_at": THEN if is_done else None,
        "external_id": asked.get("external_id", ""),
        "check_suite": {"id": database_id("suite", repository.full_name, check.sha)},
        "output": {
            "title": output.get("title"),
            "summary": output.get("summary"),
            "text": output.get("text"),
            "annotations_count": len(output.get("annotations", ())),
            "annotations_url": f"{url}/annotations",
        },
        "app": actions_app(call, repository),
        "pull_requests": [],
    }


def actions_app(call: Call, repository: Repository) -> Json:
    """The app that makes the checks of workflows."""
    return {
        "id": ACTIONS_ID,
        "slug": "github-actions",
        "node_id": node_id("A", ACTIONS_ID),
        "owner": simple_user(call, owner_of(call, repository)),
        "name": "GitHub Actions",
        "description": "Automate your workflow from idea to production",
        "external_url": "https://help.github.com/en/actions",
        "html_url": "https://github.com/apps/github-actions",
        "created_at": "2018-07-30T09:30:17Z",
        "updated_at": "2024-04-10T20:33:16Z",
        "permissions": {"checks": "write", "contents": "read", "metadata": "read"},
        "events": [],
    }


def status_body(call: Call, repository: Repository, placed: PlacedCommit, status: Status) -> Json:
    number = database_id("status", repository.full_name, status)
    return {
        "id": number,
        "node_id": node_id("SC", number),
        "state": status.state,
        "context": status.context,
        "description": status.description or None,
        "target_url": status.target_url or None,
        "avatar_url": None,
        "url": f"{call.url(repository)}/statuses/{placed.oid}",
        "created_at": status.at,
        "updated_at": status.at,
    }


def run_body(call: Call, repository: Repository, placed: PlacedCommit, run: Run) -> Json:
    """A run of a workflow on the newest commit."""
    number = database_id("run", repository.full_name, run)
    workflow = database_id("workflow", repository.full_name, run.path)
    suite = database_id("suite", repository.full_name, run.workflow)
    url = f"{call.url(repository)}/actions/runs/{number}"
    whole = repository_body(call, repository)
    return {
        "id": number,
        "node_id": node_id("WFR", number),
        "name": run.workflow,
        "head_branch": repository.default_branch,
        "head_sha": placed.oid,
        "path": run.path,
        "run_number": run.number,
        "run_attempt": 1,
        "display_title": placed.headline,
        "event": run.event,
        "status": run.status,
        "conclusion": run.conclusion,
        "workflow_id": workflow,
        "check_suite_id": suite,
        "url": url,
        "html_url": f"https://github.com/{repository.full_name}/actions/runs/{number}",
        "pull_requests": [],
        "created_at": run.at,
        "updated_at": run.at,
        "run_started_at": run.at,
        **{f"{name}_url": f"{url}/{name}" for name in RUN_LINKS},
        "check_suite_url": f"{call.url(repository)}/check-suites/{suite}",
        "workflow_url": f"{call.url(repository)}/actions/workflows/{workflow}",
        "head_commit": head_commit(placed),
        "repository": whole,
        "head_repository": whole,
    }


def head_commit(placed: PlacedCommit) -> Json:
    who = {"name": placed.commit.author, "email": placed.commit.email}
    about = {"id": placed.oid, "tree_id": placed.objects.root, "message": placed.commit.message}
    return {**about, "timestamp": placed.at, "author": who, "committer": who}

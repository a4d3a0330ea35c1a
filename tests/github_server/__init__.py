"""A GitHub for tests: REST, GraphQL, raw files and archives on one port of this machine.

README.md beside this file says what it emulates and what not.
"""

from __future__ import annotations

from github_server.accounts import Account, PullRequest, Token
from github_server.activity import Asset, Check, Deployment, DeploymentStatus, Pull, Release, Run, Status
from github_server.folders import from_folders
from github_server.generated import generated
from github_server.history import Commit, Tag
from github_server.objects import Content, Executable, Submodule, Symlink
from github_server.repository import Repository
from github_server.server import Addresses, GitHub
from github_server.settings import Settings
from github_server.world import World

__all__ = [
    "Account",
    "Addresses",
    "Asset",
    "Check",
    "Commit",
    "Content",
    "Deployment",
    "DeploymentStatus",
    "Executable",
    "GitHub",
    "Pull",
    "PullRequest",
    "Release",
    "Repository",
    "Run",
    "Settings",
    "Status",
    "Submodule",
    "Symlink",
    "Tag",
    "Token",
    "World",
    "from_folders",
    "generated",
]

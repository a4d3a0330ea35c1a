"""What the owner of a portfolio shows beside the repositories."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_audit.model.snapshot import NOT_FROM_FILES, Unavailable


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's page: ``login`` is empty when unknown, ``blog`` the address of their site.

    ``contributions_elsewhere`` are the repositories of others they contributed to, as ``owner/name``. ``links`` are the
    addresses of their other pages (social accounts), ``organizations`` the logins of those they show to belong to.
    """

    login: str = ""
    bio: str | Unavailable = NOT_FROM_FILES
    blog: str | Unavailable = NOT_FROM_FILES
    contributions_elsewhere: tuple[str, ...] | Unavailable = NOT_FROM_FILES
    name: str | Unavailable = NOT_FROM_FILES
    links: tuple[str, ...] | Unavailable = NOT_FROM_FILES
    organizations: tuple[str, ...] | Unavailable = NOT_FROM_FILES

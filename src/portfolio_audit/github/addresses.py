"""Where the parts of a GitHub are: github.com, an Enterprise server, or a server of the tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """The base addresses of one GitHub, none with a slash at its end; the defaults are github.com's.

    ``raw`` serves ``/OWNER/NAME/COMMIT/PATH`` and ``archive`` ``/OWNER/NAME/tar.gz/REF``, both without being counted;
    one that is empty does not exist there, and the API is asked instead.
    """

    api: str = "https://api.github.com"
    graphql: str = "https://api.github.com/graphql"
    raw: str = "https://raw.githubusercontent.com"
    archive: str = "https://codeload.github.com"
    web: str = "https://github.com"

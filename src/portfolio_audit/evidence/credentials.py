"""Credentials written into code, notebooks and settings, told by their form; never quoted."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_CONNECTION = re.compile(
    r"://([^\s:/@'\"<>{}$%*]{1,64}):([^\s:/@'\"<>{}$*]{4,100})@((?:[\w-]{1,63}\.){1,8}[A-Za-z0-9]{1,20})"
)
"""Linear: it starts at a literal, and each part ends where the next begins."""

_FORMS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("AKIA", "an access key of AWS", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("AIza", "an API key of Google", re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b")),
    ("ghp_", "a token of GitHub", re.compile(r"\bghp_[0-9A-Za-z]{36}\b")),
    ("github_pat_", "a token of GitHub", re.compile(r"\bgithub_pat_\w{50,255}\b")),
    ("hf_", "a token of Hugging Face", re.compile(r"\bhf_[0-9A-Za-z]{30,50}\b")),
    ("sk-", "a key of a language model's API", re.compile(r"\bsk-(?:proj-|ant-|or-|svcacct-)?[0-9A-Za-z_-]{32,250}")),
    ("gsk_", "a key of a language model's API", re.compile(r"\bgsk_[0-9A-Za-z]{40,80}\b")),
    ("pcsk_", "a key of a vector store", re.compile(r"\bpcsk_[0-9A-Za-z_]{40,120}\b")),
    ("lsv2_", "a key of a tracing service", re.compile(r"\blsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{8,20}\b")),
    ("xox", "a token of Slack", re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{20,200}")),
    ("hooks.slack.com", "a web hook of Slack", re.compile(r"hooks\.slack\.com/services/T\w{8,12}/B\w{8,12}/\w{20,30}")),
    ("sk_live_", "a key of a payment service", re.compile(r"\bsk_live_[0-9A-Za-z]{20,100}\b")),
    ("AccountKey=", "a key of Azure", re.compile(r"AccountKey=[0-9A-Za-z/+]{80,100}={0,2}")),
    ("PRIVATE KEY-----", "a private key", re.compile(r"-----BEGIN [A-Z ]{0,12}PRIVATE KEY-----\W{0,12}[\w/+]{20}")),
)  # fmt: skip
_ASSIGNED = re.compile(
    r"(?:(?:api|access|secret|auth|private|account|bot)[_-]?(?:key|token|secret)|\btoken|client[_-]?secret)\w{0,20}"
    r"['\"]?\s{0,4}[:=]\s{0,4}[rb]?['\"]([0-9A-Za-z/+=_.:-]{24,200})['\"]",
    re.IGNORECASE,
)
_NAMING = ("key", "token", "secret")
_PLACEHOLDER = re.compile(
    r"your|change|example|sample|xxx|\*\*|dummy|test|fake|mock|\.\.\.|placeholder|abcdef|12345|00000|redacted|insert|https?:",
    re.IGNORECASE,
)
_UNSAID = re.compile(r"your|change|example|xxx|dummy|placeholder|\.\.\.|insert|redacted|passw|secret", re.IGNORECASE)
_WEAK = frozenset({
    "password", "pass", "passwd", "pwd", "secret", "admin", "root", "user", "username", "postgres", "mysql", "mongo",
    "guest", "changeme", "mlflow", "airflow", "prefect", "mage", "minio", "minioadmin", "redis", "token", "pw",
})  # fmt: skip
_NO_HOST = re.compile(
    r"localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|(?:\d{1,3}\.){0,2}\d{1,3}$"
    r"|(?:.{0,150}\b)?(?:example|internal|local|host|hostname|server|domain)\b"
)
_LEAST_ENTROPY = 3.2
_LEAST_KINDS = 3
_MOST_TEXT = 400_000
_MOST_LINE = 2_000


@dataclass(frozen=True, slots=True)
class Credential:
    """What kind of credential stands on which line of a text; not which."""

    kind: str
    line: int


def credentials(text: str) -> Iterator[Credential]:
    """The credentials in a text, the first of each kind; placeholders and the passwords of local services are none."""
    text = text[:_MOST_TEXT]
    told: set[str] = set()
    for kind, start in _found(text):
        if kind not in told:
            told.add(kind)
            yield Credential(kind, text.count("\n", 0, start) + 1)


def _found(text: str) -> Iterator[tuple[str, int]]:
    for needle, kind, form in _FORMS:
        if needle in text:
            yield from ((kind, m.start()) for m in form.finditer(text) if _is_random(m[0][len(needle) :]))
    if "://" in text:
        yield from (("a connection string with a password", m.start()) for m in _CONNECTION.finditer(text) if _opens(m))
    yield from _assigned(text)


def _assigned(text: str) -> Iterator[tuple[str, int]]:
    """Literals that are given to a key, token or secret; only lines that name one are looked at closely."""
    lowered = text.lower()
    if not any(word in lowered for word in _NAMING):
        return
    start = 0
    for line, low in zip(text.split("\n"), lowered.split("\n"), strict=False):
        if any(word in low for word in _NAMING):
            found = _ASSIGNED.finditer(line[:_MOST_LINE])
            yield from (("a key as a literal", start + m.start(1)) for m in found if _looks_drawn(m[1]))
        start += len(line) + 1


def _opens(match: re.Match[str]) -> bool:
    """Whether a connection string leads to another machine, with a password that somebody chose."""
    user, password, host = (part.lower() for part in match.groups())
    if _NO_HOST.match(host) or _UNSAID.search(password):
        return False
    return password not in _WEAK and password != user


def _is_random(text: str) -> bool:
    return not _PLACEHOLDER.search(text) and len(set(text)) > len(text) ** 0.5


def _looks_drawn(text: str) -> bool:
    """Whether a literal was drawn by chance, as keys are: letters and digits mixed, and few of them twice."""
    digits = sum(c.isdigit() for c in text)
    letters = sum(c.isalpha() for c in text)
    counts = Counter(text).values()
    entropy = -sum(n / len(text) * math.log2(n / len(text)) for n in counts)
    mixed = min(digits, letters) >= _LEAST_KINDS
    return mixed and entropy >= _LEAST_ENTROPY and "." not in text and not _PLACEHOLDER.search(text)

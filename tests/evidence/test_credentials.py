"""Credentials by their form, and the many things that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.evidence.credentials import Credential, credentials

DRAWN = "q7Zp2Kx9Lm4Vt8Rb3Wn6Yc1Hd5Fg0JsQaEuTiOoPkXvBzMrC"
"""Drawn once; the tests put the keys together, so that no scanner takes them for real ones."""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"key = 'AKIA{DRAWN[:16].upper()}'", "an access key of AWS"),
        (f"maps = 'AIza{DRAWN[:35]}'", "an API key of Google"),
        (f"gh = 'ghp_{DRAWN[:36]}'", "a token of GitHub"),
        (f"login('hf_{DRAWN[:34]}')", "a token of Hugging Face"),
        (f"client = OpenAI('sk-proj-{DRAWN[:40]}')", "a key of a language model's API"),
        (f"-----BEGIN RSA PRIVATE KEY-----\\n{DRAWN}", "a private key"),
        (f"AccountKey={(DRAWN * 2)[:86]}==;", "a key of Azure"),
        (f"weather_api_key = '{DRAWN[:32]}'", "a key as a literal"),
        (f'"client_secret": "{DRAWN[:32]}"', "a key as a literal"),
        ("db = 'postgresql://ada:tide-level-7@db.shop.io:5432/x'", "a connection string with a password"),
        ("mongodb+srv://ada:p4ss.w0rd@cluster0.mongodb.net", "a connection string with a password"),
        ("redis://ada:levels7@34.72.10.9:6379", "a connection string with a password"),
    ],
)
def test_credentials_by_their_form(text: str, kind: str) -> None:
    assert list(credentials(f"import os\n{text}\n")) == [Credential(kind, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "key = 'AKIAIOSFODNN7EXAMPLE'",
        "OPENAI_API_KEY = 'sk-your-key-goes-here-your-key-goes-here'",
        "token = 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
        "api_key = os.environ['A_LONG_ENVIRONMENT_VARIABLE_7_NAME']",
        "token_uri = 'https://oauth2.googleapis.com/token/2/3/4/5'",
        "tokenizer = 'sentence-transformers/all-MiniLM-L6-v2-cased'",
        "secret_key = 'change-me-0a1b2c3d4e5f6a7b8c9d0e'",
        "postgresql://user:password@localhost:5432/x",
        "postgresql://ada:tide-level-7@postgres:5432/x",
        "postgresql://ada:tide-level-7@10.28.1.5/x",
        "postgresql://ada:tide-level-7@db.example.com/x",
        "postgresql://postgres:postgres@db.shop.io/x",
        "postgresql://ada:ada@db.shop.io/x",
        "f'postgresql://{user}:{password}@{host}/x'",
        "postgresql://$USER:$PASSWORD@db.shop.io/x",
        "postgresql://ada:******@db.shop.io/x",
        "postgresql://ada:mlflow_password@db.shop.io/x",
        "https://shop.io:8080/users@example",
    ],
)
def test_placeholders_and_local_services_are_none(text: str) -> None:
    assert list(credentials(text)) == []


def test_each_kind_is_told_once_where_it_first_stands() -> None:
    line = "mysql://ada:tide-level-7@db.shop.io/x\n"
    assert list(credentials("\n" + line * 3)) == [Credential("a connection string with a password", 2)]


@given(st.text(alphabet="sk-:/@.aA1=' \n", max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert all(found.line <= text.count("\n") + 1 for found in credentials(text))

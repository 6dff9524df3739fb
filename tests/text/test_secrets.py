"""Secrets in a text: what is one, and what only looks like one."""

import pytest

from wslgo.text.secrets import is_secret, secret_spans

TOKEN = "ghp_" + "aB3" * 12


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANY", TOKEN),
        ("X", "AKIA" + "ABCD2345" * 2),
        ("X", "sk-proj-" + "a1B2c3D4e5" * 3),
        ("X", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x"),
        ("DB_PASSWORD", "q7Zk29xPlm4RtW0v"),
        ("openai_api_key", "q7Zk29xPlm4RtW0v"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYQ2rT8z/Kw1"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCY"),
    ],
)
def test_a_secret(name: str, value: str) -> None:
    assert is_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_KEY", "${env:API_KEY}"),
        ("API_KEY", "<your key here 12345>"),
        ("DB_PASSWORD", "postgres"),
        ("DB_PASSWORD", "correct-horse-battery"),
        ("DB_PASSWORD", "test1234567890"),
        ("TOKEN_FILE", "q7Zk29xPlm4RtW0v"),
        ("MAX_TOKENS", "q7Zk29xPlm4RtW0v"),
        ("SECRET", "/run/secrets/a7b8c9d0e1f2"),
        ("SECRET_KEY", "config/keys/prod1.pem"),
        ("COMMIT", "3f2a91c0de4b5a6978"),
        ("API_KEY", ""),
    ],
)
def test_not_a_secret(name: str, value: str) -> None:
    assert not is_secret(name, value)


@pytest.mark.parametrize(
    "text",
    ['"env": {"API_KEY": "q7Zk29xPlm4RtW0v"}', "export API_KEY=q7Zk29xPlm4RtW0v", f"curl -H {TOKEN}"],
)
def test_secrets_have_a_place(text: str) -> None:
    (span,) = secret_spans(text)
    assert text[span.start : span.end] in ("q7Zk29xPlm4RtW0v", TOKEN)

"""Masks hide every password and no host."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.text.message import redact
from wslgo.text.passwords import is_doubtful, without_passwords

SECRET = "hunter2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://evil.example|x@goproxy.cn", "https://evil.example|xxxxx@goproxy.cn"),
        ("https://evil.example,x@goproxy.cn", "https://evil.example,xxxxx@goproxy.cn"),
        ("https://evil.example:8443|off|x@goproxy.cn", "https://evil.example:8443|off|xxxxx@goproxy.cn"),
        ("https://u:p@evil.example|x@goproxy.cn", "https://xxxxx@evil.example|xxxxx@goproxy.cn"),
        ("https://evil.example?x@goproxy.cn", "https://evil.example?x@goproxy.cn"),
        ("https://evil.example#x@goproxy.cn", "https://evil.example#x@goproxy.cn"),
        ("https://evil.example\\@goproxy.cn", "https://evil.example\\@goproxy.cn"),
        ("https://evil.example/x@goproxy.cn", "https://evil.example/x@goproxy.cn"),
        ("https://a.example,https://u:p@b.example|direct", "https://a.example,https://xxxxx@b.example|direct"),
        ("http://[::1]:8080/@v/list@latest", "http://[::1]:8080/@v/list@latest"),
    ],
)
def test_masks_hide_no_host(text: str, expected: str) -> None:
    assert redact(text) == expected
    assert not is_doubtful(text)


@pytest.mark.parametrize(
    "password", [SECRET, f"a,{SECRET}", f"{SECRET},a", f"a|{SECRET}|b", f"a@{SECRET}", f"{SECRET}@a"]
)
@pytest.mark.parametrize("user", ["me", "me@corp.example", "%40"])
@pytest.mark.parametrize("behind", ["", "/path", ",direct", "|https://b.example", ":8080/x?y=z"])
def test_masks_hide_every_password(user: str, password: str, behind: str) -> None:
    shown = redact(f"https://{user}:{password}@proxy.example{behind}")
    assert SECRET not in shown
    assert f"@proxy.example{behind}" in shown


@pytest.mark.parametrize("mark", ["/", "?", "#", "\\"])
def test_a_password_that_no_program_could_read_is_masked_too(mark: str) -> None:
    text = f"https://me:a{mark}{SECRET}@proxy.example"
    assert without_passwords(text) == "https://xxxxx@proxy.example"
    assert is_doubtful(text)


@pytest.mark.parametrize(
    "text", ["https://evil|x@goproxy.cn", "https://me:a,b@goproxy.cn", "https://evil?x@goproxy.cn"]
)
def test_a_mask_that_could_hide_a_host_is_doubtful(text: str) -> None:
    assert is_doubtful(text)


@given(st.text(alphabet="ab.:/@,|?#\\ '\"\n"))
def test_any_text_is_masked_and_only_in_its_urls(text: str) -> None:
    assert without_passwords(text.replace("://", "")) == text.replace("://", "")
    assert without_passwords(f"https://{text}").count("\n") <= text.count("\n")

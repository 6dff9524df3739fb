"""Each verdict about a module proxy is what the real `go mod download` does at the same server."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from moduleservers import STATUSES, Certificates, Server, certificates, closed_port, go_download, serving, socks_proxy
from wslgo.machine.host import Answer
from wslgo.network.asking import answers_to
from wslgo.network.questions import GoValues, Wanted, questions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("go") and shutil.which("openssl")), reason="needs go and openssl"),
]

LIMIT = 1.5  # seconds: go would wait for a server that hangs without end

# What a server does, and how that is called.
BEHAVIOURS = {
    "good": "answers",
    **{str(status): "refuses" for status in STATUSES},
    "404": "not-found",
    "410": "not-found",
    "511": "login-page",
    "hang": "times-out",
    "hang in body": "times-out",
    "close": "unreachable",
    "cut": "bad-answer",
    "login page": "login-page",
    "403 with a page": "refuses",
    "garbage": "bad-answer",
    "empty": "bad-answer",
    "another version": "bad-answer",
    "not http": "bad-answer",
    "endless redirect": "bad-answer",
    "redirect": "answers",
}
OF_CERTIFICATES = {
    "good": "answers",
    **dict.fromkeys(("another host", "unknown authority", "expired"), "bad-certificate"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def good() -> Iterator[Server]:
    with serving("good") as server:
        yield server


def first_answer(goproxy: str, **environment: str) -> Answer:
    asked = questions(GoValues(goproxy, "off"), Wanted(), (), lambda _: None)
    return answers_to(asked, {"SSL_CERT_DIR": "/nowhere", **environment}, LIMIT)[0]


def compare(folder: Path, url: str, good: Server, outcome: str, **environment: Any) -> None:
    """Compare the answer of a first proxy with what go does there, for both separators."""
    for separator in ",|":
        goproxy = f"{url}{separator}{good.url}"
        answer = first_answer(goproxy, **environment)
        assert answer.outcome == outcome
        good.asked.clear()
        go = go_download(folder / ("comma" if separator == "," else "pipe"), goproxy, 2.5, **environment)
        is_from_next = bool(good.asked)
        assert (outcome == "answers") == (go.is_done and not is_from_next), go
        assert answer.falls_back == (go.is_done and is_from_next), go
        assert answer.is_endless == go.is_killed, go


def _serving(behaviour: str, other: Server) -> AbstractContextManager[Server]:
    return serving(behaviour, target=other.url if behaviour == "redirect" else "")


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_verdict_is_what_go_does(behaviour: str, good: Server, tmp_path: Path) -> None:
    with serving("good") as other, _serving(behaviour, other) as server:
        compare(tmp_path, server.url, good, BEHAVIOURS[behaviour])


@pytest.mark.parametrize("name", OF_CERTIFICATES)
def test_a_certificate_is_verified_as_go_does(name: str, good: Server, made: Certificates, tmp_path: Path) -> None:
    with serving("good", made.contexts[name]) as server:
        compare(tmp_path, server.url, good, OF_CERTIFICATES[name], SSL_CERT_FILE=str(made.authority))


def test_a_redirect_from_https_to_http_is_an_error(good: Server, made: Certificates, tmp_path: Path) -> None:
    with serving("good") as other, serving("redirect", made.contexts["good"], other.url) as server:
        compare(tmp_path, server.url, good, "bad-answer", SSL_CERT_FILE=str(made.authority))


def test_a_server_that_speaks_no_tls(good: Server, tmp_path: Path) -> None:
    with serving("good") as server:
        compare(tmp_path, server.url.replace("http:", "https:"), good, "unreachable")


def test_a_port_on_which_nothing_listens(good: Server, tmp_path: Path) -> None:
    compare(tmp_path, f"http://127.0.0.1:{closed_port()}", good, "unreachable")


def test_a_host_without_address(good: Server, tmp_path: Path) -> None:
    compare(tmp_path, "http://no..such.host.invalid", good, "unreachable")


def test_a_login_is_not_sent_without_encryption(good: Server, tmp_path: Path) -> None:
    with serving("good") as server:
        compare(tmp_path, server.url.replace("//", "//me:secret@"), good, "refuses")
        assert server.asked == []


def test_folders(good: Server, tmp_path: Path) -> None:
    compare(tmp_path, f"file://{tmp_path}/nowhere", good, "not-found")


@pytest.mark.parametrize(
    ("behaviour", "outcome"), [("502", "refuses"), ("close", "unreachable"), ("hang", "times-out")]
)
def test_a_proxy_of_the_environment_that_passes_nothing_on(
    behaviour: str, outcome: str, good: Server, tmp_path: Path
) -> None:
    with serving(behaviour) as proxy:
        answer = first_answer(f"https://goproxy.example|{good.url}", HTTPS_PROXY=proxy.url)
        assert (answer.outcome, answer.via) == (outcome, proxy.url)
        if behaviour != "hang":  # go waits a minute for a tunnel
            compare(tmp_path, "https://goproxy.example", good, outcome, HTTPS_PROXY=proxy.url)
        assert not answer.is_endless


def test_a_handshake_without_answer_has_an_end() -> None:
    with serving("silent handshake") as server:
        answer = first_answer(server.url.replace("http:", "https:") + "|https://a.example")
    assert (answer.outcome, answer.is_endless, answer.falls_back) == ("times-out", False, True)


def test_a_certificate_that_is_trusted_itself(good: Server, made: Certificates, tmp_path: Path) -> None:
    """Go accepts a server's own certificate among the trusted ones; OpenSSL does so only if it is told to."""
    own = made.authority.parent / "foreign.pem"
    with serving("good", made.contexts["unknown authority"]) as server:
        compare(tmp_path, server.url, good, "answers", SSL_CERT_FILE=str(own))


def test_certificates_in_a_folder(good: Server, made: Certificates, tmp_path: Path) -> None:
    folder = tmp_path / "trusted"
    folder.mkdir()
    shutil.copy(made.authority, folder / "company.txt")
    with serving("good", made.contexts["good"]) as server:
        compare(tmp_path, server.url, good, "answers", SSL_CERT_DIR=f"/nowhere:{folder}")


@pytest.mark.parametrize(("excluded", "outcome"), [("", "answers"), ("goproxy.example", "unreachable")])
def test_a_socks_proxy_is_used_as_go_uses_it(excluded: str, outcome: str, good: Server, tmp_path: Path) -> None:
    with serving("good") as server, socks_proxy(server.port) as port:
        proxy = {"HTTP_PROXY": f"socks5://127.0.0.1:{port}", "NO_PROXY": excluded}
        compare(tmp_path, "http://goproxy.example", good, outcome, **proxy)
        assert bool(server.asked) == (outcome == "answers")


@pytest.mark.parametrize("goauth", ["", "off", "netrc"])
@pytest.mark.parametrize("is_with_port", [False, True])
def test_a_login_of_netrc_is_sent_as_go_sends_it(
    goauth: str, is_with_port: bool, made: Certificates, tmp_path: Path
) -> None:
    with serving("good", made.contexts["good"]) as server:
        host = f"127.0.0.1:{server.port}" if is_with_port else "127.0.0.1"
        (tmp_path / "netrc").write_text(
            f"machine {host} login me password f%41rst\nmachine {host} login me password second\n"
        )
        variables = {"SSL_CERT_FILE": str(made.authority), "NETRC": str(tmp_path / "netrc"), "GOAUTH": goauth}
        first_answer(server.url, **variables)
        ours = server.logins.copy()
        go_download(tmp_path / "go", server.url, **variables)
        assert ours == server.logins[len(ours) : len(ours) + 1]

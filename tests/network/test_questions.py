"""The hosts of private modules, and the address that git asks in place of another."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wslgo.machine.host import Answer
from wslgo.network.asking import answers_to
from wslgo.network.live import allowed_proxies, other_questions
from wslgo.network.outcome import go_import_in
from wslgo.network.questions import GoValues, Wanted, questions
from wslgo.network.repository import Repository, replacement, repository_of


@pytest.mark.parametrize(
    ("module", "address"),
    [
        ("github.com/acme/tool", "https://github.com/acme/tool"),
        ("github.com/acme/tool/v2/sub", "https://github.com/acme/tool"),
        ("bitbucket.org/acme/tool", "https://bitbucket.org/acme/tool"),
        ("git.corp.example/team/app.git/sub", "https://git.corp.example/team/app.git"),
        ("git.corp.example/team/app", ""),
        ("hg.corp.example/team/app.hg", ""),
        ("github.com/acme", ""),
    ],
)
def test_the_repository_of_a_module_as_go_knows_it(module: str, address: str) -> None:
    assert repository_of(module) == address


INSTEAD = '[url "git@git.corp.example:"]\n\tinsteadOf = https://git.corp.example/\n'
LONGER = '[url "https://mirror.corp.example/x/"]\n\tinsteadOf = https://git.corp.example/x/\n'


@pytest.mark.parametrize(
    ("text", "url", "found"),
    [
        ("", "https://git.corp.example/a/b", Repository("https://git.corp.example/a/b")),
        (INSTEAD, "https://git.corp.example/a/b", Repository(host="git.corp.example", port=22)),
        (INSTEAD, "https://other.example/a/b", Repository("https://other.example/a/b")),
        (INSTEAD + LONGER, "https://git.corp.example/x/y", Repository("https://mirror.corp.example/x/y")),
        ("", "ssh://git@git.corp.example:2222/a/b", Repository(host="git.corp.example", port=2222)),
        ('[url "work:"]\n\tinsteadOf = https://git.corp.example/\n', "https://git.corp.example/a", None),
        ('[url "/srv/git/"]\n\tinsteadOf = https://git.corp.example/\n', "https://git.corp.example/a", None),
    ],
)
def test_git_may_ask_another_address(text: str, url: str, found: Repository | None, tmp_path: Path) -> None:
    (tmp_path / ".gitconfig").write_text(text)
    assert replacement({"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": str(tmp_path / ".gitconfig")})(url) == found


def test_a_host_that_ssh_may_reach_elsewhere_is_not_asked(tmp_path: Path) -> None:
    (tmp_path / ".gitconfig").write_text(INSTEAD)
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_text("Host *\n  ProxyJump gate.corp.example\n")
    replaced = replacement({"HOME": str(tmp_path)})
    assert replaced("https://git.corp.example/a") is None
    values = GoValues("off", "off", private="git.corp.example")
    modules = ("git.corp.example/a.git",)
    assert [question.url for question in questions(values, Wanted(), modules, replaced)] == ["off"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (
            b'<meta name="go-import" content="a.example git https://a.example/x">',
            ("a.example", "git", "https://a.example/x"),
        ),
        (
            b"<META name='go-import' content='a.example mod https://p.example'>",
            ("a.example", "mod", "https://p.example"),
        ),
        (b'<meta name="description" content="x"><meta name="go-import" content="a b c">', ("a", "b", "c")),
        (b'<meta content="a b c">', ()),
        (b"<meta " * 10_000, ()),
    ],
)
def test_the_page_of_a_module_names_its_repository(page: bytes, words: tuple[str, ...]) -> None:
    assert go_import_in(page) == words


@contextmanager
def speaking(greeting: bytes) -> Iterator[int]:
    """Run a server that speaks first; yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(greeting)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def answer_at(port: int) -> Answer:
    values = GoValues("off", "off", private="127.0.0.1")
    place = Repository(host="127.0.0.1", port=port)
    asked = questions(values, Wanted(), ("127.0.0.1/team/app.git",), lambda _: place)
    return answers_to(asked, {}, 2)[-1]


@pytest.mark.parametrize(
    ("greeting", "outcome"),
    [(b"SSH-2.0-OpenSSH_9.6\r\n", "answers"), (b"220 ftp\r\n", "bad-answer"), (b"", "unreachable")],
)
def test_a_server_of_ssh_is_known_by_its_first_line(greeting: bytes, outcome: str) -> None:
    with speaking(greeting) as port:
        answer = answer_at(port)
    assert (answer.url, answer.serves, answer.outcome) == ("ssh://127.0.0.1", "origin", outcome)


def answer(url: str, serves: str, outcome: str) -> Answer:
    return Answer(url, serves, outcome=outcome)


@pytest.mark.parametrize(
    ("goproxy", "outcomes", "allowed", "asked"),
    [
        ("", ("times-out", "answers"), None, ["https://goproxy.cn", "https://goproxy.io"]),
        ("", ("times-out", "answers"), ("https://goproxy.io",), ["https://goproxy.io"]),
        ("", ("times-out", "answers"), (), []),
        ("", ("answers", "times-out"), None, ["https://sum.golang.google.cn"]),
        ("", ("answers", "answers"), None, []),
        ("https://go.corp.example", ("times-out", "answers"), None, []),
    ],
)
def test_others_are_asked_only_in_place_of_a_default_and_within_the_policy(
    goproxy: str, outcomes: tuple[str, str], allowed: tuple[str, ...] | None, asked: list[str]
) -> None:
    modules, checksums = outcomes
    answers = (
        answer("https://proxy.golang.org", "modules", modules),
        answer("https://sum.golang.org", "checksums", checksums),
    )
    found = other_questions(GoValues(goproxy, "sum.golang.org"), Wanted(), answers, allowed)
    assert [question.url for question in found] == asked


def test_the_policy_is_that_of_the_user_and_never_of_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "wslgo").mkdir()
    (tmp_path / "wslgo" / "wslgo.yaml").write_text('policy:\n  proxies: ["https://go.corp.example/"]\n')
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    elsewhere = tmp_path / "code"
    elsewhere.mkdir()
    assert allowed_proxies(environment, (elsewhere,)) == ("https://go.corp.example",)
    assert allowed_proxies(environment, (tmp_path / "wslgo",)) is None

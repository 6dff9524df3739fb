"""The walk along GOPROXY by live answers, and the better order."""

import pytest

from wslgo.goenv.proxy_walk import better_order, walk_of
from wslgo.machine.host import Host, Network, Variable
from wslgo.network.outcome import Outcome
from wslgo.syntax.go import goproxy

_FAILS = {"answers": False, "not-found": True, "unreachable": True, "times-out": False, "login-page": False}


def machine(value: str, *outcomes: str) -> Host:
    """Return a machine whose entries of GOPROXY have these outcomes."""
    answers = [
        Outcome(name, fails=_FAILS[name], is_endless=name == "times-out").answer(step.url, "modules", 0.1, step.next_on)
        for step, name in zip(goproxy.parse(value).steps, outcomes, strict=True)
    ]
    variables = (Variable("GOPROXY", value, "default"),)
    return Host(go_variables=variables, network=Network(answers=tuple(answers)))


@pytest.mark.parametrize(
    ("value", "outcomes", "better"),
    [
        # Public proxies change places, and one that fails is left out.
        (
            "https://goproxy.io,https://goproxy.cn,direct",
            ("unreachable", "answers", "answers"),
            "https://goproxy.cn,direct",
        ),
        ("https://goproxy.io|https://goproxy.cn", ("times-out", "answers"), "https://goproxy.cn"),
        ("https://goproxy.io,https://goproxy.cn", ("unreachable", "answers"), "https://goproxy.cn"),
        # A private proxy never comes after a public one, and is never left out.
        ("https://go.corp.example,https://goproxy.cn", ("unreachable", "answers"), None),
        ("https://go.corp.example|https://goproxy.cn", ("unreachable", "answers"), None),
        (
            "https://goproxy.cn,https://go.corp.example",
            ("unreachable", "answers"),
            "https://go.corp.example",
        ),
        # Nor does one that is not known to be public.
        ("https://go.unknown.example,https://goproxy.cn,direct", ("login-page", "answers", "answers"), None),
        # Private proxies change places among themselves.
        (
            "https://a.corp.example,https://b.corp.example,https://goproxy.cn",
            ("unreachable", "answers", "answers"),
            "https://b.corp.example,https://a.corp.example,https://goproxy.cn",
        ),
        # Nothing to improve.
        ("https://goproxy.cn,direct", ("answers", "unreachable"), None),
        ("https://goproxy.io,https://goproxy.cn", ("not-found", "answers"), None),
        ("https://goproxy.io,off", ("unreachable", "unreachable"), None),
        # A password is masked, so the value cannot be written.
        ("https://goproxy.io,https://me:secret@go.corp.example", ("unreachable", "answers"), None),
    ],
)
def test_the_better_order(value: str, outcomes: tuple[str, ...], better: str | None) -> None:
    walk = walk_of(machine(value, *outcomes))
    assert walk is not None
    assert better_order(walk) == better


@pytest.mark.parametrize(
    ("value", "outcomes", "at", "served"),
    [
        ("https://a.example,https://b.example", ("answers", "answers"), 0, True),
        ("https://a.example,https://b.example", ("not-found", "answers"), 1, True),
        ("https://a.example,https://b.example", ("unreachable", "answers"), 0, False),
        ("https://a.example|https://b.example", ("unreachable", "answers"), 1, True),
        ("https://a.example|https://b.example", ("times-out", "answers"), 0, False),
        ("https://a.example,https://a.example", ("not-found", "answers"), 1, True),
        ("https://a.example", ("not-found",), 0, False),
    ],
)
def test_the_walk(value: str, outcomes: tuple[str, ...], at: int, served: bool) -> None:
    walk = walk_of(machine(value, *outcomes))
    assert walk is not None
    assert (walk.at, walk.served) == (at, served)


def test_without_answers_nothing_is_known() -> None:
    assert walk_of(Host(go_variables=(Variable("GOPROXY", "https://a.example", "default"),))) is None

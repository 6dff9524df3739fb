"""Whom GOPROXY lets us ask, and whom not."""

import pytest

from wslgo.provision.model.facts import Release, Source
from wslgo.provision.toolchain.policy import SITES, Candidate, Policy, candidates
from wslgo.provision.toolchain.source import Answer, choice

PROXY = "https://goproxy.company"


def urls(goproxy: str, *sources: str) -> list[str]:
    return [candidate.url for candidate in candidates(Policy(goproxy, sources=sources))]


@pytest.mark.parametrize(
    ("goproxy", "asked"),
    [
        ("", ["https://proxy.golang.org", *SITES]),
        ("https://proxy.golang.org,direct", ["https://proxy.golang.org", *SITES]),
        ("direct", [*SITES]),
        (f"{PROXY},direct", [PROXY, *SITES]),
        (f"{PROXY}|direct", [PROXY, *SITES]),
        (PROXY, [PROXY]),
        (f"{PROXY},off", [PROXY]),
        (f"{PROXY},off,direct", [PROXY]),
        ("off", []),
        ("goproxy.company/go,https://b.company", ["https://goproxy.company/go", "https://b.company"]),
        ("bogus,direct", []),
    ],
)
def test_who_may_be_asked(goproxy: str, asked: list[str]) -> None:
    assert urls(goproxy) == asked


def test_what_is_named_comes_first_and_may_be_asked_whatever_goproxy_says() -> None:
    assert urls("off", "https://b", "https://a") == ["https://b", "https://a"]
    assert urls(PROXY, "https://b") == ["https://b", PROXY]


@pytest.mark.parametrize(
    ("goproxy", "sources", "source", "exempt"),
    [
        ("file:///p", (), "file:///p", True),
        ("file:///p,direct", (), "file:///p", False),
        ("file:///p|file:///q", (), "file:///p", False),
        ("", ("file:///p",), "file:///p", True),
        ("", ("https://p",), "https://p", False),
        ("file:///p", ("https://p",), "https://p", False),
    ],
)
def test_only_one_folder_alone_needs_no_checksum_database(
    goproxy: str, sources: tuple[str, ...], source: str, exempt: bool
) -> None:
    assert Policy(goproxy, sources=sources).exempts(source) is exempt


def answer(candidate: Candidate, seconds: float | None, is_error: bool = False) -> Answer:
    source = Source(candidate.url, candidate.kind, seconds)
    return Answer(candidate, source, None if seconds is None else Release("go1.99.3", source, ""), is_error)


def url_of_choice(goproxy: str, *seconds: float | str, sources: tuple[str, ...] = ()) -> str:
    """Return the chosen URL if each candidate takes so long, is `missing` the release, or `fails`."""
    asked = candidates(Policy(goproxy, sources=sources))
    answers = [
        answer(candidate, took if isinstance(took, float) else None, took == "fails")
        for candidate, took in zip(asked, seconds, strict=True)
    ]
    found = choice(answers)
    return found.source.url if found else ""


@pytest.mark.parametrize(
    ("goproxy", "seconds", "url"),
    [
        ("", (0.3, 0.1, 0.2), SITES[0]),
        ("", (0.1, "fails", "fails"), "https://proxy.golang.org"),
        ("", ("fails", "fails", 0.2), SITES[1]),
        (f"{PROXY},direct", (0.9, 0.1, 0.1), PROXY),
        (f"{PROXY},direct", ("missing", 0.2, 0.1), SITES[1]),
        (f"{PROXY},direct", ("fails", 0.1, 0.1), ""),
        (f"{PROXY}|direct", ("fails", 0.1, 0.2), SITES[0]),
        (f"{PROXY},https://b", ("fails", 0.1), ""),
        (f"{PROXY},https://b", ("missing", 0.1), "https://b"),
        (f"{PROXY},https://b", (0.9, 0.1), PROXY),
    ],
)
def test_the_choice_of_a_source(goproxy: str, seconds: tuple[float | str, ...], url: str) -> None:
    assert url_of_choice(goproxy, *seconds) == url


def test_a_source_that_is_named_is_never_replaced_by_one_that_is_not() -> None:
    assert url_of_choice(PROXY, 0.9, 0.1, 0.1, sources=("https://a", "https://b")) == "https://a"
    assert url_of_choice(PROXY, "missing", 0.1, 0.1, sources=("https://a", "https://b")) == "https://b"
    assert url_of_choice(PROXY, "missing", "fails", 0.1, sources=("https://a", "https://b")) == ""

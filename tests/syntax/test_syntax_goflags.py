"""GOFLAGS as go1.26.8 was recorded to read it: `go version` for what it rejects at once, `go build` for values."""

import pytest

from wslgo.syntax.go.goflags import first_error, parse


def error(value: str) -> str:
    entry = first_error(parse(value))
    return entry.error if entry else ""


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "-tags=integration -mod=mod",
        "--tags=a",
        "-ldflags=-s",
        "'-ldflags=-s -w'",
        '"-tags=a b"',
        "-race -race",
        '"-tags=a"-race',
        "-count=1 -test.run=X -benchmem",
        "-v=1",
    ],
)
def test_go_accepts_these(value: str) -> None:
    assert error(value) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("-tags integration", 'parsing $GOFLAGS: non-flag "integration"'),
        ('-tags="a b"', 'parsing $GOFLAGS: non-flag "b\\""'),
        ("-mod=mod -no-debug", "parsing $GOFLAGS: unknown flag -no-debug"),
        ("-ldflags -s -w", "parsing $GOFLAGS: unknown flag -s"),
        ("-l", "parsing $GOFLAGS: unknown flag -l"),
        ("---x", 'parsing $GOFLAGS: non-flag "---x"'),
        ("-", 'parsing $GOFLAGS: non-flag "-"'),
        ("=x", 'parsing $GOFLAGS: non-flag "=x"'),
        ("-=x", 'parsing $GOFLAGS: non-flag "-=x"'),
        ('"-tags=a b', 'parsing $GOFLAGS: unterminated " string'),
        ("-C=x", 'invalid value "x" for flag -C (from $GOFLAGS): -C flag must be first flag on command line'),
        ("-tags", "flag needs an argument: -tags (from $GOFLAGS)"),
    ],
)
def test_go_rejects_these_with_these_words(value: str, words: str) -> None:
    assert error(value) == words

"""`# wslgo: ignore[...]` ignores a rule inline, and nothing else."""

import pytest

from wslgo.linter.check import check
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import Source

WARNING = "wslconfig/invalid-size"


def rules_found(text: str, path: str = ".wslconfig") -> list[str]:
    family = family_of(path)
    assert family is not None
    return [reported.rule for reported in check(read(path, family, Source(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "[wsl2]\nmemory=8gb # wslgo: ignore[wslconfig/invalid-size]\n",
        "[wsl2]\nmemory=8gb # wslgo: ignore[invalid-size]\n",
        "[wsl2]\nmemory=8gb # wslgo: ignore[wslconfig]\n",
        "[wsl2]\nmemory=8gb # for the tests; wslgo: ignore\n",
        "[wsl2]\n# wslgo: ignore[unknown-key, invalid-size]\nmemory=8gb\n",
        "[wsl2]\n# wslgo: ignore[invalid-size]\n# because\nmemory=8gb\n",
        "[wsl2]\nmemory=8gb\n# wslgo: ignore-file[invalid-size]\n",
    ],
)
def test_a_comment_ignores_a_rule(text: str) -> None:
    assert rules_found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[wsl2]\nmemory=8gb # wslgo: ignore[unknown-key]\n",
        "[wsl2]\nmemory=8gb # wslgo: ignore[]\n",
        "[wsl2]\nmemory=8gb # wslgo ignore\n",
        "# wslgo: ignore[invalid-size]\n[wsl2]\nmemory=8gb\n",
        "[wsl2]\nmemory=8gb\n# wslgo: ignore[invalid-size]\n",
        '[wsl2]\nkernelCommandLine="# wslgo: ignore-file"\nmemory=8gb\n',
    ],
)
def test_another_comment_ignores_nothing(text: str) -> None:
    assert rules_found(text) == [WARNING]


def test_a_go_mod_ignores_rules_in_its_own_comments() -> None:
    assert rules_found("\ufeffmodule m\n", "go.mod") == ["gomod/byte-order-mark"]
    assert rules_found("\ufeffmodule m // wslgo: ignore[byte-order-mark]\n", "go.mod") == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ('package p\n\n// // wslgo: ignore[malformed-line]\n// #cgo LDFLAGS -lm\nimport "C"\n', False),
        ('package p\n\n/*\n  // wslgo: ignore[cgo/malformed-line]\n  #cgo LDFLAGS -lm\n*/\nimport "C"\n', False),
        ('// wslgo: ignore-file[malformed-line]\n\npackage p\n\n// #cgo LDFLAGS -lm\nimport "C"\n', False),
        ('package p\n\n// // wslgo: ignore[rejected-flag]\n// #cgo LDFLAGS -lm\nimport "C"\n', True),
        ('package p\n\n// // wslgo: ignore\n// int x;\n// #cgo LDFLAGS -lm\nimport "C"\n', True),
    ],
)
def test_a_comment_of_the_c_code_in_a_go_file(text: str, is_found: bool) -> None:
    for end in ("\n", "\r\n"):
        assert rules_found(text.replace("\n", end), "p.go") == ["cgo/malformed-line"] * is_found

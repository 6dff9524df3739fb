"""Hover and completion in `wslgo.yaml`, also in a text that is not YAML yet."""

import pytest

from wslgo.ide.completion.completion import complete
from wslgo.ide.hover.hover import hover
from wslgo.knowledge.team_keys import KEYS
from wslgo.linter.scene import Scene
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source
from wslgo.text.span import Edit, apply


def file_of(text: str) -> File:
    family = family_of("wslgo.yaml")
    assert family is not None
    return read("wslgo.yaml", family, Source(text))


def completions(marked: str) -> dict[str, str]:
    """Return the labels offered at the `|`, each with the text after it is chosen."""
    text, offset = marked.replace("|", ""), marked.index("|")
    found = complete(Scene(file_of(text)), offset)
    return {item.label: apply(text, [Edit(item.span, item.new)]) for item in found}


@pytest.mark.parametrize(
    ("text", "some", "others"),
    [
        ("|", {"check", "provision", "policy", "doctor"}, {"proxies"}),
        ("pol|", {"policy"}, set()),
        ("policy:\n  |", {"proxies", "checksums", "wslconfig"}, {"select"}),
        ("policy:\n  checksums: required\n  |\n", {"proxies"}, {"checksums", "select"}),
        ("check:\n  ig|", {"ignore", "severity"}, {"proxies"}),
        ("policy:\n  versions:\n    |", {"go", "gopls", "dlv"}, {"proxies"}),
        ("policy:\n  versions:\n    go: 1.26\n  |", {"proxies"}, {"go", "versions"}),
        ("policy:\n  wslconfig:\n    mem|", {"memory", "networkingMode"}, {"min"}),
        ("policy:\n  wslconfig:\n    memory:\n      |", {"min", "max"}, {"memory"}),
        ("policy:\n  checksums: |", {"required"}, {"linux"}),
        ("policy:\n  caches: l|", {"linux"}, set()),
        ("policy:\n  wslconfig:\n    networkingMode: |", {"Mirrored"}, {"true"}),
        ("policy:\n  never-ignore: [goenv, |]", {"goenv/verification-off", "wslconfig"}, {"direct"}),
        ("check:\n  ignore:\n    - |", {"goenv/verification-off"}, {"select"}),
        ("check:\n  ignore:\n  - |", {"goenv/verification-off"}, {"select"}),
        ("check:\n  severity:\n    goenv: |", {"error", "off"}, set()),
        ("provision:\n  steps: [|]", {"toolchain", "caches"}, set()),
        ("policy:\n  proxies: [|", {"direct"}, set()),
        ("# policy: |", set(), {"check"}),
        ("policy:\n  caches: linux # |", set(), {"linux"}),
        ("other:\n  |", set(), {"check", "proxies"}),
        ("provision:\n  go: |", set(), {"required"}),
    ],
)
def test_what_fits_is_offered(text: str, some: set[str], others: set[str]) -> None:
    found = set(completions(text))
    assert some <= found
    assert not found & others
    assert some or not found


def test_a_choice_replaces_the_word_alone() -> None:
    assert completions("policy:\n  check|\n")["checksums"] == "policy:\n  checksums: \n"
    assert completions("check:\n  ignore: [goenv/ver|, wsl]\n")["goenv/verification-off"] == (
        "check:\n  ignore: [goenv/verification-off, wsl]\n"
    )


def hovered(marked: str) -> str:
    found = hover(Scene(file_of(marked.replace("|", ""))), marked.index("|"))
    return "" if found is None else found.markdown()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pol|icy: {}", "What everyone who works here must keep to"),
        ("policy: {check|sums: required}", "policy.checksums"),
        ("policy:\n  wslconfig: {mem|ory: {max: 1GB}}", "policy.wslconfig.memory"),
        ("policy:\n  wslconfig: {memory: {ma|x: 1GB}}", "The greatest value"),
        ("policy:\n  ca|ches: [", "no folder that go uses"),
        ("doctor:\n  fail|-under: 80\n", "The least score"),
    ],
)
def test_a_key_says_what_it_means(text: str, words: str) -> None:
    assert words in hovered(text)


@pytest.mark.parametrize("text", ["policy: {checksums: req|uired}", "oth|er: {}", "# pol|icy: x", "|", "policy: [|"])
def test_nothing_else_has_a_hover(text: str) -> None:
    assert hovered(text) == ""


def test_every_key_of_the_table_is_offered_and_has_a_hover_in_both_languages() -> None:
    for key in KEYS:
        names = ["memory" if name == "*" else name for name in key.path]
        lines = [f"{'  ' * depth}{name}:" for depth, name in enumerate(names)]
        above = "\n".join(lines[:-1])
        marked = f"{above}\n{'  ' * (len(names) - 1)}|" if above else "|"
        if key.path != ("check", "severity", "*"):
            assert names[-1] in completions(marked)
        found = hover(Scene(file_of("\n".join(lines))), len("\n".join(lines)) - 2)
        assert found is not None
        assert found.markdown("zh") != found.markdown("en")

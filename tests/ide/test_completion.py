"""Completion in WSL files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wslgo.ide.completion.item import CompletionItem, CompletionKind
from wslgo.ide.completion.wsl_key import complete
from wslgo.ide.document_symbol import document_symbols
from wslgo.ide.hover.wsl_key import hover
from wslgo.syntax.family import family_of
from wslgo.syntax.file import read
from wslgo.text.source import UTF16_LE, Source


def items(marked: str, path: str = ".wslconfig") -> tuple[tuple[CompletionItem, ...], str]:
    """Return the completions at the `|`, and the text without it."""
    family = family_of(path)
    assert family is not None
    text = marked.replace("|", "", 1)
    return complete(read(path, family, Source(text)), marked.index("|")), text


def labels(marked: str, path: str = ".wslconfig") -> list[str]:
    return [item.label for item in items(marked, path)[0]]


def text_after(marked: str, label: str, path: str = ".wslconfig") -> str:
    """Return the text after a completion was accepted."""
    found, text = items(marked, path)
    item = next(item for item in found if item.label == label)
    return text[: item.span.start] + item.new + text[item.span.end :]


@pytest.mark.parametrize(
    ("marked", "label", "after"),
    [
        ("[|", "wsl2", "[wsl2]"),
        ("[ws|", "wsl2", "[wsl2]"),
        ("[w|s]\n", "wsl2", "[wsl2]\n"),
        ("[wsl2]\n|", "memory", "[wsl2]\nmemory="),
        ("[wsl2]\n  mem|", "memory", "[wsl2]\n  memory="),
        ("[wsl2]\nme|mo=8GB", "memory", "[wsl2]\nmemory=8GB"),
        ("[wsl2]\nmemory=|", "8GB", "[wsl2]\nmemory=8GB"),
        ("[wsl2]\nmemory = 8|", "8GB", "[wsl2]\nmemory = 8GB"),
        ("[wsl2]\nmemory=4|GB # half", "8GB", "[wsl2]\nmemory=8GB # half"),
        ("[wsl2]\nguiApplications=t|", "true", "[wsl2]\nguiApplications=true"),
        ("[wsl2]\r\nnetworkingMode=mir|\r\n", "Mirrored", "[wsl2]\r\nnetworkingMode=Mirrored\r\n"),
        ("[experimental]\nnetworkingMode=|", "Mirrored", "[experimental]\nnetworkingMode=Mirrored"),
        ("|", "[wsl2]", "[wsl2]"),
        ("[wsl2]\nmemory=8GB\n|", "[experimental]", "[wsl2]\nmemory=8GB\n[experimental]"),
        ("\ufeff[|", "wsl2", "\ufeff[wsl2]"),
        ("\ufeff|", "[wsl2]", "\ufeff[wsl2]"),
    ],
)
def test_accepting_a_completion(marked: str, label: str, after: str) -> None:
    assert text_after(marked, label) == after


@pytest.mark.parametrize(
    "marked",
    [
        "# mem|",
        "[wsl2]\nmemory=8GB # me|",
        "[wsl2]\nkernelCommandLine=a \\\nme|",
        "[wsl2]\nnosuchkey=|",
        "[wsl2] me|",
        "[nosuch]\nmemory=|",
        "[wsl2]\nsome words |",
    ],
)
def test_comments_and_unknown_places_have_no_completions(marked: str) -> None:
    assert labels(marked) == []


def test_a_hash_in_quotes_does_not_start_a_comment() -> None:
    assert labels('[wsl2]\nmemory="#" |') != []


def test_a_key_that_is_set_is_not_offered_again() -> None:
    assert "memory" not in labels("[wsl2]\nmemory=8GB\n|")
    assert "memory" not in labels("[wsl2]\n|\nmemory=8GB")
    assert "networkingMode" not in labels("[experimental]\nnetworkingMode=nat\n[wsl2]\n|")


def test_only_keys_of_the_section_are_offered() -> None:
    assert "sparseVhd" not in labels("[wsl2]\n|")
    assert "sparseVhd" in labels("[wsl2]\nmemory=8GB\n[EXPERIMENTAL]\n|")


def test_existing_sections_are_not_offered_again() -> None:
    assert "[wsl2]" not in labels("[WSL2]\n|")


def test_each_file_has_its_own_keys() -> None:
    assert labels("[boot]\nsys|", "wsl.conf")[-1] != "memory"
    assert "systemd" in labels("[boot]\nsys|", "wsl.conf")
    assert "boot" not in labels("[|")


def test_internal_and_deprecated_keys_come_last() -> None:
    keys = [item for item in items("[wsl2]\n|")[0] if item.kind is CompletionKind.KEY]
    ranks = {key.label: key.rank for key in keys}
    assert ranks["memory"] < ranks["gpuSupport"] < ranks["virtio9p"]
    assert {key.rank for key in keys if key.is_deprecated} == {ranks["virtio9p"]}


def test_a_snippet_offers_the_default_last() -> None:
    snippets = {item.label: item.snippet for item in items("[wsl2]\n|")[0]}
    assert snippets["guiApplications"] == "guiApplications=${1|false,true|}"
    assert snippets["debugConsole"] == "debugConsole=${1|true,false|}"
    assert snippets["kernelCommandLine"] == "kernelCommandLine=$1"


def test_a_snippet_of_a_path_keeps_both_backslashes() -> None:
    snippets = {item.label: item.snippet for item in items("[wsl2]\n|")[0]}
    assert snippets["kernel"] == r"kernel=${1|C:\\\\wsl\\\\kernel|}"


def test_a_key_before_a_value_has_no_snippet() -> None:
    (memory,) = (item for item in items("[wsl2]\nmem|=8GB")[0] if item.label == "memory")
    assert (memory.new, memory.snippet) == ("memory", "")


def test_the_default_is_marked() -> None:
    details = {
        item.label: item.detail.render("zh") if item.detail else "" for item in items("[wsl2]\nguiApplications=|")[0]
    }
    assert details == {"true": "默认值", "false": ""}


def test_descriptions_of_keys_are_translated() -> None:
    for item in items("[wsl2]\n|")[0]:
        assert item.about is None or (item.about.render("en") and item.about.render("zh"))


def test_a_file_that_wsl_cannot_read_has_no_completions() -> None:
    family = family_of("wsl.conf")
    assert family is not None
    assert complete(read("wsl.conf", family, Source("\ufeff[boot]\n", UTF16_LE)), 8) == ()


def test_other_families_have_no_completions() -> None:
    assert labels("module |", "go.mod") == []


@pytest.mark.parametrize("offset", [-5, 0, 7, 10_000])
def test_completion_works_at_any_offset(offset: int) -> None:
    family = family_of(".wslconfig")
    assert family is not None
    complete(read(".wslconfig", family, Source("[wsl2]\nme")), offset)


LINES = st.sampled_from(
    [
        "[wsl2]",
        "[",
        "mem",
        "memory=",
        "memory=8GB # a",
        'kernel="C:\\\\a',
        "x=\\",
        "\ufeff",
        "😀",
        " \t",
        "#",
        "\x1a",
        "\0",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", ""])


@given(st.lists(st.builds(str.__add__, LINES, ENDS)), st.integers(0, 80), st.sampled_from([".wslconfig", "wsl.conf"]))
def test_completion_works_in_any_text(lines: list[str], offset: int, path: str) -> None:
    family = family_of(path)
    assert family is not None
    text = "".join(lines)
    file = read(path, family, Source(text))
    offset = min(offset, len(text))
    for item in complete(file, offset):
        assert item.span.start <= offset <= item.span.end
        assert not {"\r", "\n"} & set(text[item.span.start : item.span.end])
    hover(file, offset)
    document_symbols(file)

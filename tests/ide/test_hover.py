"""Hovers in WSL files, in both languages."""

import pytest

from wslgo.ide.hover.wsl_key import hover
from wslgo.linter.check import check
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.message import Language
from wslgo.text.source import Source


def file(text: str, path: str = "/mnt/c/Users/me/.wslconfig") -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), path)


def hover_text(
    marked: str, path: str = "/mnt/c/Users/me/.wslconfig", language: Language = "en", *, rules: bool = False
) -> str:
    """Return the hover at the `|`."""
    offset = marked.index("|")
    parsed = file(marked.replace("|", "", 1), path)
    found = hover(parsed, offset, check(parsed) if rules else (), language)
    return found.markdown(language) if found else ""


def test_a_key_has_its_type_description_default_and_release() -> None:
    words = hover_text("[wsl2]\nmem|ory=8GB\n")
    assert words.startswith("**wsl2.memory** · size\n\nUpper limit of memory")
    assert "- Default: 50% of host memory" in words
    assert "- Since Windows 10 build 18945" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[wsl2]\nmemory=8|GB", "WSL reads `8GB` as 8 GiB = 8,589,934,592 bytes"),
        ("[wsl2]\nmemory=1000|0", "WSL reads `10000` as 10,000 B = 10,000 bytes"),
        ("[wsl2]\nprocessors=01|0", "WSL reads `010` as `8`"),
        ("[wsl2]\nguiApplications=FAL|SE", "WSL reads `FALSE` as `false`"),
        ("[wsl2]\nguiApplications=o|ff", "WSL rejects `off`: the default stays in effect"),
        ("[wsl2]\nmemory=1GB\nmemory=2|GB", "the first occurrence of the key, `memory=1GB`, wins"),
        ("[wsl2]\nmem|ry=2GB", "WSL does not know the key `wsl2.memry` and ignores it"),
        ("[experimental]\nnetworkingMode=mir|rored", "WSL reads `mirrored` as `Mirrored`"),
        ("[wsl2]\nkernel=C:\\\\wsl\\\\ker|nel", r"WSL reads `C:\\wsl\\kernel` as `C:\wsl\kernel`"),
    ],
)
def test_a_value_shows_how_wsl_reads_it(text: str, words: str) -> None:
    assert words in hover_text(text)


def test_a_value_that_wsl_reads_as_written_is_not_explained() -> None:
    assert "WSL reads" not in hover_text("[wsl2]\nguiApplications=fal|se")


def test_a_key_shows_its_status_and_limits() -> None:
    assert "- Only on Windows 11" in hover_text("[wsl2]\nnested|Virtualization=true")
    assert "WSL from the Store does not check" in hover_text("[wsl2]\ndebug|Console=true")
    assert "- Deprecated" in hover_text("[wsl2]\nvirtio9|p=true")
    assert "- Internal" in hover_text("[wsl2]\ngpu|Support=true")
    assert "- Experimental" in hover_text("[experimental]\nsparse|Vhd=true")
    assert "- Also works under `[experimental]`" in hover_text("[wsl2]\nnetworking|Mode=nat")
    assert "`Mirrored`" in hover_text("[wsl2]\nnetworking|Mode=nat")
    assert "- Not in Microsoft's documentation" in hover_text("[gpu]\nappend|LibPath=true", "/etc/wsl.conf")


def test_a_section_names_its_keys() -> None:
    words = hover_text("[ws|l2]\n")
    assert words.startswith("**[wsl2]**\n\n- `kernel`:")
    assert "virtio9p" not in words


def test_an_unknown_section_is_ignored() -> None:
    assert "WSL does not know the section `wsl3`" in hover_text("[ws|l3]\n")


@pytest.mark.parametrize("text", ["# mem|ory", "|", "[wsl2]\nmemory=8GB # co|mment", "nonsense|"])
def test_comments_and_other_text_have_no_hover(text: str) -> None:
    assert hover_text(text) == ""


def test_a_finding_shows_its_reason_without_the_examples_of_its_rule() -> None:
    words = hover_text("[wsl2]\nguiApplications=o|ff", rules=True)
    assert "**wslconfig/invalid-boolean**: A switch has a value" in words
    assert "```" not in words
    assert "Example" not in words


def test_a_finding_shows_its_reason_in_chinese() -> None:
    words = hover_text("[wsl2]\nguiApplications=o|ff", language="zh", rules=True)
    assert "**wslconfig/invalid-boolean**：开关的值不是 `true` 或 `false`。\n\nWSL 只认识" in words
    assert "示例" not in words


def test_a_finding_outside_a_key_has_a_hover() -> None:
    words = hover_text("[wsl2]\n|; note\n", rules=True)
    assert words.startswith("**wslconfig/")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_languages_have_all_facts(language: Language) -> None:
    words = hover_text("[wsl2]\nmemory=8|GB", language=language)
    assert ("默认值" in words) == (language == "zh")
    assert "8,589,934,592" in words


def test_backticks_of_a_value_do_not_end_the_code() -> None:
    assert "`` a`b ``" in hover_text("[wsl2]\nguiApplications=a`|b")
    assert "``` a``b ```" in hover_text("[wsl2]\nguiApplications=a``|b")


def test_passwords_and_controls_are_not_shown() -> None:
    assert "secret" not in hover_text("[wsl2]\nguiApplications=http://me:secret@ho|st")
    assert r"\t" in hover_text("[wsl2]\nkernel=C:\\t|mp")

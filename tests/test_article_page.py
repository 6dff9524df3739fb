"""The article as a page: its files in fences have the findings that the files have, as far as a page can show them."""

import pytest

from tree import TESTS
from wslgo.linter.check import check
from wslgo.syntax.family import DOCUMENT
from wslgo.syntax.file import read
from wslgo.text.source import Source

ARTICLE = TESTS / "article"

# Each file with the language of its fence, the words before it, and the rules with the text that they point to.
FENCES = {
    "etc/resolv.conf": ("text", "Then edit `/etc/resolv.conf`:", ["resolvconf/wsl-key generateResolvConf"]),
    "etc/wsl.conf": ("ini", "This is our `/etc/wsl.conf`:", []),
    "home/.bashrc": (
        "bash",
        "Append this to `~/.bashrc`:",
        [
            "goenv/redundant-module-mode GO111MODULE=on",
            "goenv/malformed-checksum-database sum.golang.org+https://sum.golang.org",
            "goenv/folder-on-windows-drive /mnt/c/go-cache",
            "goenv/folder-on-windows-drive /mnt/d/go-workspace",
        ],
    ),
    # Whether program leaves out a file of the package, a page does not show.
    "repo/.vscode/launch.json": ("json", "`launch.json`:", ['launch/legacy-attribute "dlvLoadConfig"']),
    "repo/go.mod": ("go.mod", "The module:", []),
    "windows/.wslconfig": ("ini", "Limit the virtual machine in `%USERPROFILE%\\.wslconfig`:", []),
}


def page(paths: list[str]) -> str:
    parts = ["# Go on WSL2"]
    for path in paths:
        language, before, _ = FENCES[path]
        parts.append(f"{before}\n\n```{language}\n{(ARTICLE / path).read_text(encoding='utf-8')}```")
    return "\n\n".join(parts) + "\n"


def shown(text: str) -> list[str]:
    found = check(read("article.md", DOCUMENT, Source(text)))
    return [f"{reported.rule} {text[slice(*reported.finding.span)]}" for reported in found]


@pytest.mark.parametrize("path", FENCES)
@pytest.mark.parametrize("indent", ["", "> ", "   "], ids=["plain", "quoted", "indented"])
def test_a_file_of_the_article_has_its_findings_on_a_page(path: str, indent: str) -> None:
    text = "".join(f"{indent}{line}\n" for line in page([path]).splitlines())
    assert shown(text) == FENCES[path][2]


def test_all_files_together_have_the_same_findings() -> None:
    assert shown(page([*FENCES])) == [finding for _, _, findings in FENCES.values() for finding in findings]

"""A wsl.exe between two command lines: its words are joined as interop joins them for Windows, and split again as
CommandLineToArgvW splits them, before it runs what stands behind `--exec`.

How interop quotes is not documented, so there are two of it: one that escapes as Windows reads it, and one that only
puts quotes around a word with blanks. What a real wsl.exe does beyond that cannot be seen here.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

QUOTINGS = ("windows", "naive")


def joined(words: Sequence[str], quoting: str = "windows") -> str:
    """The words as one command line."""
    if quoting == "windows":
        return subprocess.list2cmdline(words)
    return " ".join(f'"{word}"' if not word or " " in word else word for word in words)


def split(line: str) -> list[str]:
    """The words of a command line behind the program's name, by the rules of CommandLineToArgvW."""
    words: list[str] = []
    word, is_quoted = None, False
    for slashes, sign in re.findall(r"(\\*)(.|\Z)", line, re.DOTALL):
        if not slashes and not sign:
            break
        is_blank = sign in (" ", "\t") and not is_quoted
        if slashes or (sign and not is_blank):
            word = (word or "") + "\\" * (len(slashes) // 2 if sign == '"' else len(slashes))
        if sign == '"' and len(slashes) % 2 == 0:
            is_quoted = not is_quoted
        elif is_blank and word is not None:
            words.append(word)
            word = None
        elif sign and not is_blank:
            word = (word or "") + sign
    return words if word is None else [*words, word]


def main(words: Sequence[str], quoting: str) -> int:
    """Run what `-d NAME -u root --exec` wants run, with the environment that root gets."""
    line = joined(words, quoting)
    if len(line) >= 32767:
        return 87
    flag, name, user, root, exec_, *rest = split(line)
    if (flag, user, root, exec_) != ("-d", "-u", "root", "--exec") or not name:
        return 255
    return subprocess.run(rest, check=False, env={"PATH": "/mnt/c/Windows/System32"}).returncode


def stand_in(path: Path, quoting: str = "windows") -> Path:
    """Such a program at `path`."""
    path.parent.mkdir(parents=True)
    path.write_text(
        f"#!{sys.executable}\nimport sys\n\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nimport windowsline\n\n"
        f"sys.exit(windowsline.main(sys.argv[1:], {quoting!r}))\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path

"""A fake wsl.exe that joins its arguments as interop does, and splits them again as CommandLineToArgvW does.

Then it runs the command after `--exec`. The quoting of interop is not documented, so there are two variants: one that
escapes for Windows, and one that only puts quotes around a word with spaces. Nothing else of a real wsl.exe is tested.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

QUOTINGS = ("windows", "naive")


def joined(words: Sequence[str], quoting: str = "windows") -> str:
    """Return the words as one command line."""
    if quoting == "windows":
        return subprocess.list2cmdline(words)
    return " ".join(f'"{word}"' if not word or " " in word else word for word in words)


def split(line: str) -> list[str]:
    """Return the arguments of a command line after the program's name, by the rules of CommandLineToArgvW."""
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
    """Run the command after `-d NAME -u root --exec`, with root's environment."""
    line = joined(words, quoting)
    if len(line) >= 32767:
        return 87
    flag, name, user, root, exec_, *rest = split(line)
    if (flag, user, root, exec_) != ("-d", "-u", "root", "--exec") or not name:
        return 255
    return subprocess.run(rest, check=False, env={"PATH": "/mnt/c/Windows/System32"}).returncode


def write_program(path: Path, quoting: str = "windows") -> Path:
    """Write such a program at `path`."""
    path.parent.mkdir(parents=True)
    path.write_text(
        f"#!{sys.executable}\nimport sys\n\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nimport windowsline\n\n"
        f"sys.exit(windowsline.main(sys.argv[1:], {quoting!r}))\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path

"""Files that set Go variables, and the findings about them."""

from wslgo.linter.check import check
from wslgo.linter.finding import Reported
from wslgo.linter.settings import Settings
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

BAD = "direct,https://goproxy.cn"
MODULE = "gomod/broken-environment"


def file(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), path if path.startswith("/") else "")


def launch(env: str, rest: str = "") -> File:
    return file(".vscode/launch.json", f'{{"configurations": [{{"type": "go", "env": {env}{rest}}}]}}')


def module(path: str = "go.mod") -> File:
    return file(path, "module example.com/m\n\ngo 1.25\n")


def bashrc(value: str = BAD, path: str = ".bashrc") -> File:
    return file(path, f"export GOPROXY={value}\n")


def settings(value: str, path: str = ".vscode/settings.json") -> File:
    return file(path, f'{{"go.toolsEnvVars": {{"GOPROXY": "{value}"}}}}')


def goenv(value: str) -> File:
    return file("/home/me/.config/go/env", f"GOPROXY={value}\n")


def broken_environment(root: File, *others: File, host: Host = UNKNOWN) -> list[Reported]:
    """Return the findings of a module about its environment."""
    return [reported for reported in check(root, Settings(), others, host) if reported.rule == MODULE]

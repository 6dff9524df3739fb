"""Names of files in prose, labels and comments."""

from wslgo.knowledge.shell_startup import SH_FILES
from wslgo.text.pattern import pattern

# Each name with the path that the family of the file is known by.
_PATHS = {
    ".wslconfig": ".wslconfig",
    "wsl.conf": "etc/wsl.conf",
    "resolv.conf": "etc/resolv.conf",
    "fstab": "etc/fstab",
    "go.mod": "go.mod",
    "go.work": "go.work",
    "launch.json": ".vscode/launch.json",
    "tasks.json": ".vscode/tasks.json",
    "settings.json": ".vscode/settings.json",
    "devcontainer.json": ".devcontainer/devcontainer.json",
    "config.fish": ".config/fish/config.fish",
    "go/env": ".config/go/env",
    "dockerfile": "Dockerfile",
    "containerfile": "Containerfile",
    "makefile": "Makefile",
    "compose.yaml": "compose.yaml",
    "compose.yml": "compose.yaml",
    "docker-compose.yml": "docker-compose.yml",
    "docker-compose.yaml": "docker-compose.yml",
    ".gitlab-ci.yml": ".gitlab-ci.yml",
    ".tool-versions": ".tool-versions",
    ".envrc": ".envrc",
    "/etc/environment": "etc/environment",
    "/etc/profile": "etc/profile",
    **{name: name for name in SH_FILES},
}
_WORDS = "|".join(sorted((name.replace(".", r"\.") for name in _PATHS), key=len, reverse=True))
_NAME = pattern(
    rf"(?<![\w.$-])({_WORDS})(?![\w-]|\.[a-z0-9]|/)"
    r"|\.github[/\\]workflows[/\\]([\w.-]{1,60}\.ya?ml)"
    r"|/etc/profile\.d/([\w.-]{1,60}\.sh)",
    2,
)


def paths_in(text: str) -> tuple[str, ...]:
    """Return the paths of the files that a text names, each once, in order."""
    found = []
    for match in _NAME.finditer(text):
        if match[1]:
            found.append(_PATHS[match[1].lower()])
        else:
            found.append(f".github/workflows/{match[2]}" if match[2] else f"etc/profile.d/{match[3]}")
    return tuple(dict.fromkeys(found))


def path_of(word: str) -> str:
    """Return the path for the file at the end of a path as people write it, "" if wslgo does not know it."""
    slashed = word.strip("\"'`").replace("\\", "/")
    found = paths_in(slashed)
    return found[0] if len(found) == 1 and slashed.lower().endswith(found[0].rpartition("/")[2].lower()) else ""

"""Families of files by their paths: one table for the server, the command line and package.json."""

import re

from wslgo.knowledge.shell_startup import SH_FILES
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

WSLCONFIG = "wslconfig"
WSLCONF = "wslconf"
GOMOD = "gomod"
GOWORK = "gowork"
VENDOR = "vendor"
LAUNCH = "launch"
TASKS = "tasks"
SETTINGS = "settings"
WORKSPACE = "workspace"
GOENV = "goenv"
SHIPPED = "go.env"
DOTENV = "dotenv"
SHELL = "shell"
SCRIPT = "script"
FISH = "fish"
ENVIRONMENT = "environment"
SERVICES = "environment.d"
ENVRC = "envrc"
MAKEFILE = "makefile"
DOCKERFILE = "dockerfile"
DEVCONTAINER = "devcontainer"
COMPOSE = "compose"
WORKFLOW = "workflow"
GITLAB = "gitlab"
MISE = "mise"
TOOLVERSIONS = "tool-versions"
GOVERSION = "go-version"
RESOLVCONF = "resolvconf"
CGO = "cgo"
FSTAB = "fstab"
AIR = "air"
TEAM = "team"
DOCS = "docs"  # Markdown, which is read only with `--docs`

# The two files of WSL: a setting in the wrong one belongs in the other.
OTHER = {WSLCONFIG: WSLCONF, WSLCONF: WSLCONFIG}

# Families that set Go variables for whole modules, in the editor or in every terminal.
OF_MODULES = (SETTINGS, WORKSPACE, GOENV, SHELL, FISH, ENVIRONMENT)
# Families that set Go variables only for some programs, on this machine or on another.
OF_PROGRAMS = (
    LAUNCH,
    TASKS,
    DOTENV,
    SERVICES,
    ENVRC,
    MAKEFILE,
    DOCKERFILE,
    DEVCONTAINER,
    COMPOSE,
    WORKFLOW,
    GITLAB,
    MISE,
    SHIPPED,
)
# Of these the families for programs of this machine, which have its environment, too.
OF_THIS_MACHINE = (TASKS, SERVICES, ENVRC, MAKEFILE, MISE)
# Families that can set a Go variable.
SETTERS = (*OF_MODULES, *OF_PROGRAMS)

# The languages whose every document is ours, whatever its name.
OWN_LANGUAGES = ("wslconf", "go.mod", "go.work")


class Family(NamedTuple):
    """A kind of file: a pattern for its paths (with `/`, matched at the end) and the language id of VS Code."""

    name: str
    pattern: re.Pattern[str]
    language: str
    syntax: str


def _family(name: str, path: str, language: str, syntax: str = "") -> Family:
    return Family(name, pattern(rf"(?:^|/){path}$", re.IGNORECASE), language, syntax or name)


FAMILIES = (
    # Names that people give the file although WSL never reads them belong to the family too, so that a rule can say so.
    _family(WSLCONFIG, r"(?:[._]?wslconfig(?:\.(?:txt|conf|ini|cfg))?|\.wslconf|\.wsl\.config)", "wslconf"),
    _family(WSLCONF, r"(?:\.?wsl\.conf(?:\.txt|ig|\.ini)?|wslconf|wsl\.cfg)", "wslconf"),
    _family(GOMOD, r"go\.mod", "go.mod"),
    _family(GOWORK, r"go\.work", "go.work"),
    _family(VENDOR, r"vendor/modules\.txt", "plaintext"),
    _family(LAUNCH, r"\.vscode/launch\.json", "jsonc", "jsonc"),
    _family(TASKS, r"\.vscode/tasks\.json", "jsonc", "jsonc"),
    # Remote-WSL keeps the settings of the machine with its server, the user's are on the Windows side.
    _family(
        SETTINGS,
        r"(?:\.vscode(?:-server[^/]*/data/(?:Machine|User))?"
        r"|(?:Code(?: - Insiders)?|VSCodium|Cursor|Windsurf|code-server)/User)/settings\.json",
        "jsonc",
        "jsonc",
    ),
    _family(WORKSPACE, r"[^/]+\.code-workspace", "jsonc", "jsonc"),
    _family(GOENV, r"\.config/go/env", "properties"),
    # The file of a Go installation; before env files, whose names it has.
    _family(
        SHIPPED,
        r"(?:(?:local|opt|lib|share|sdk|root|home/[^/]+|golang/[^/]+)/go|golang|goroot|go-?\d[\w.]*"
        r"|toolchain@[^/]+|(?:installs|versions)/go(?:lang)?/[^/]+|snap/go/[^/]+)/go\.env",
        "properties",
    ),
    _family(DOTENV, r"(?:\.env|[^/]+\.env)", "dotenv"),
    _family(
        SHELL,
        rf"(?:{'|'.join(map(re.escape, SH_FILES))}"
        r"|etc/(?:profile|profile\.d/[^/]+\.sh|bash\.bashrc|zsh/z(?:shrc|shenv|profile)))",
        "shellscript",
    ),
    _family(FISH, r"\.config/fish/(?:config|conf\.d/[^/]+)\.fish", "fish"),
    _family(ENVIRONMENT, r"etc/environment", "properties"),
    _family(SERVICES, r"environment\.d/[^/]+\.conf", "properties"),
    _family(ENVRC, r"\.envrc", "shellscript", SHELL),
    _family(MAKEFILE, r"(?:(?:GNU)?makefile|[^/]+\.mk)", "makefile"),
    _family(
        DOCKERFILE,
        r"(?:(?:Docker|Container)file(?:\.(?!dockerignore)[^/]+)?|[^/]+\.(?:docker|container)file)",
        "dockerfile",
    ),
    _family(DEVCONTAINER, r"(?:\.devcontainer/(?:[^/]+/)?|\.)devcontainer\.json", "jsonc", "jsonc"),
    _family(COMPOSE, r"(?:docker-)?compose(?:\.[^/]+)?\.ya?ml", "yaml"),
    _family(WORKFLOW, r"(?:\.github/workflows/[^/]+|action)\.ya?ml", "yaml"),
    _family(GITLAB, r"(?:[^/]+)?\.gitlab-ci\.ya?ml", "yaml"),
    _family(
        MISE,
        r"(?:\.?mise(?:\.[^/]+)?|(?:\.?mise|\.config/mise)/(?:(?:config|mise)(?:\.[^/]+)?|conf\.d/[^/]+))\.toml",
        "toml",
    ),
    _family(TOOLVERSIONS, r"\.tool-versions", "properties"),
    _family(GOVERSION, r"\.go-version", "plaintext"),
    # Any other script: it sets nothing for terminals, but may look for the address of Windows.
    _family(SCRIPT, r"[^/]+\.(?:sh|bash|zsh)", "shellscript", SHELL),
    _family(RESOLVCONF, r"resolv\.conf", "properties"),
    _family(FSTAB, r"etc/fstab", "properties"),
    # The default name, and those that people give to `air -c`.
    _family(AIR, r"\.?air(?:\.[^/]+)?\.toml", "toml"),
    _family(TEAM, r"wslgo\.yaml", "yaml"),
    # Only the comments above `import "C"`; the go command builds no file whose name begins with `_` or `.`.
    _family(CGO, r"[^/_.][^/]*\.go", "go"),
)

# Not in the table: documents are checked only when a user asks for it.
DOCUMENT = _family(DOCS, r"[^/]+\.(?:md|markdown|mdown|mkdn?)", "markdown")

# Paths of the documents that have none of our language ids.
GLOBS = (
    "**/.vscode/{launch,tasks,settings}.json",
    "**/data/{Machine,User}/settings.json",
    "**/{Code,Code - Insiders,VSCodium,Cursor,Windsurf,code-server}/User/settings.json",
    "**/*.code-workspace",
    "**/.config/go/env",
    "**/{.env,*.env}",
    f"**/{{{','.join(SH_FILES)}}}",
    "**/etc/{profile,bash.bashrc,environment}",
    "**/environment.d/*.conf",
    "**/.envrc",
    "**/{Makefile,makefile,GNUmakefile,*.mk}",
    "**/{Dockerfile,Containerfile,Dockerfile.*,*.Dockerfile,*.dockerfile}",
    "**/{.devcontainer.json,.devcontainer/devcontainer.json,.devcontainer/*/devcontainer.json}",
    "**/{compose,docker-compose,compose.*,docker-compose.*}.{yml,yaml}",
    "**/.github/workflows/*.{yml,yaml}",
    "**/action.{yml,yaml}",
    "**/{.gitlab-ci,*.gitlab-ci}.{yml,yaml}",
    "**/{mise,.mise,mise.*,.mise.*}.toml",
    "**/{mise,.mise}/{config,config.*,mise,mise.*}.toml",
    "**/{mise,.mise}/conf.d/*.toml",
    "**/.tool-versions",
    "**/.go-version",
    "**/etc/profile.d/*.sh",
    "**/etc/zsh/{zshrc,zshenv,zprofile}",
    "**/.config/fish/{config.fish,conf.d/*.fish}",
    "**/*.{sh,bash,zsh}",
    "**/resolv.conf",
    "**/etc/fstab",
    "**/{air,.air,air.*,.air.*}.toml",
    "**/wslgo.yaml",
)


# Names that are those of a family in every folder; the patterns of the others take a while to compile.
_BY_FILE_NAME = {
    **dict(zip((".wslconfig", "wsl.conf", "go.mod", "go.work"), FAMILIES, strict=False)),
    **{f".vscode/{family.name}.json": family for family in FAMILIES if family.name in (LAUNCH, TASKS, SETTINGS)},
}


def family_of(path: str, *, with_documents: bool = False) -> Family | None:
    """Return the family of a path by its name, or None; Windows separators are accepted."""
    return _family_of(path) or (DOCUMENT if with_documents and is_document(path) else None)


def is_document(path: str) -> bool:
    """Return whether a path is one of Markdown."""
    return DOCUMENT.pattern.search(path.replace("\\", "/")) is not None


def _family_of(path: str) -> Family | None:
    slashed = path.replace("\\", "/")
    parts = slashed.rsplit("/", 2)
    named = _BY_FILE_NAME.get(parts[-1]) or _BY_FILE_NAME.get("/".join(parts[-2:]))
    return named or next((family for family in FAMILIES if family.pattern.search(slashed)), None)


def by_name(name: str) -> Family | None:
    """Return the family called `name`."""
    return next((family for family in (*FAMILIES, DOCUMENT) if family.name == name), None)


def of_language(language: str, path: str) -> Family | None:
    """Return the family of an open document: by its name, else by its language id."""
    if language not in OWN_LANGUAGES:
        return family_of(path)
    return family_of(path) or next((family for family in FAMILIES if family.language == language), None)

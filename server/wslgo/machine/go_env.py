"""The values of Go variables as `go env` prints them, computed from what sets them (cmd/go/internal/cfg, go1.27.3).

An environment variable wins unless it is empty, then the go env file, then `$GOROOT/go.env`, then a default. An empty
line of the go env file hides that of `go.env`, and the default takes its place if there is one.
"""

import posixpath
from collections.abc import Mapping

from wslgo.knowledge import go_variable_names
from wslgo.machine.host import DEFAULT, ENVIRONMENT, Variable
from wslgo.syntax.go import env_file
from wslgo.syntax.go.env_file import LineStatus
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple

# Defaults that depend on nothing (internal/buildcfg; "" is the default of all that are not here).
CONSTANTS = {"AR": "ar", "GCCGO": "gccgo", "GOAUTH": "netrc", "GOFIPS140": "off", "PKG_CONFIG": "pkg-config"}
_FLAGS = {"CGO_CFLAGS": "-O2 -g", "CGO_CXXFLAGS": "-O2 -g", "CGO_FFLAGS": "-O2 -g", "CGO_LDFLAGS": "-O2 -g"}
# Each exists for its processors only.
_OF_PROCESSORS = {
    "GO386": (("386",), "sse2"),
    "GOAMD64": (("amd64",), "v1"),
    "GOARM": (("arm",), "7"),
    "GOARM64": (("arm64",), "v8.0"),
    "GOMIPS": (("mips", "mipsle"), "hardfloat"),
    "GOMIPS64": (("mips64", "mips64le"), "hardfloat"),
    "GOPPC64": (("ppc64", "ppc64le"), "power8"),
    "GORISCV64": (("riscv64",), "rva20u64"),
}
_WITH_CLANG = ("darwin", "ios", "freebsd", "openbsd")
_OF_COMPILERS = {"CC": ("gcc", "clang"), "CXX": ("g++", "clang++")}
# The folders whose defaults are in the home folder.
FOLDERS = ("GOCACHE", "GOMODCACHE", "GOPATH")
# The go command computes these from its folder or from the C compiler.
_UNKNOWN = frozenset(("CGO_ENABLED", "GOROOT", "GOARCH", "GOWORK"))


def lines_of(source: Source) -> dict[str, str]:
    """Return the values of a go env file by their names."""
    return {line.key: line.value for line in env_file.parse(source).lines if line.use is LineStatus.TAKEN}


def shipped_lines_of(source: Source) -> dict[str, str]:
    """Return the values of `$GOROOT/go.env` by their names: of two lines the first one wins there."""
    used = (LineStatus.TAKEN, LineStatus.OVERRIDDEN)
    return {line.key: line.value for line in reversed(env_file.parse(source).lines) if line.use in used}


def path_of_file(environment: Mapping[str, str]) -> str | None:
    """Return the path of the go env file as `go env GOENV` prints it; None if go reads none."""
    named = environment.get("GOENV", "")
    if named:
        return None if named == "off" else named
    folder = environment.get("XDG_CONFIG_HOME", "")
    home = environment.get("HOME", "")
    if folder:
        return posixpath.normpath(f"{folder}/go/env") if folder.startswith("/") else None
    return posixpath.normpath(f"{home}/.config/go/env") if home else None


def shipped_folder(environment: Mapping[str, str], user: Mapping[str, str], own: str | None) -> str | None:
    """Return the GOROOT whose `go.env` is read; `own` is that of the go command itself.

    Here the go env file comes before the environment.
    """
    named = user.get("GOROOT") or environment.get("GOROOT")
    return posixpath.normpath(named) if named else own


def printed(name: str, value: str) -> str:
    """Return what `go env` prints for a text that sets a variable; "" if the text counts as none."""
    if name == "GOCACHE" and value:
        return value if value.startswith("/") else "off"
    if name == "CGO_ENABLED":
        return value if value in ("0", "1") else ""
    if name == "PKG_CONFIG":
        return (value.split() or [""])[0]
    if (name, value) in (("GOWORK", "auto"), ("GOENV", "off")):
        return ""
    if (name in _FLAGS or name == "CGO_CPPFLAGS") and not {"'", '"'} & set(value):
        return " ".join(value.split())
    return value


class GoEnvironment(NamedTuple):
    """The sources of Go variables: the environment, the go env file (`user`) and `$GOROOT/go.env` (`shipped`).

    `folder` is the GOROOT of the go command itself, `processor` that of the machine in Go's names, and `has_compiler`
    whether the default C compiler is in PATH. Each is None if it is not known.
    """

    environment: Mapping[str, str]
    user: Mapping[str, str] = {}
    shipped: Mapping[str, str] = {}
    user_path: str = ""
    shipped_path: str = ""
    folder: str | None = None
    processor: str | None = None
    has_compiler: bool | None = None

    def set_value(self, name: str) -> Variable | None:
        """Return the text that sets a variable and where it is from; None if nothing sets it."""
        if name in go_variable_names.COMPUTED:
            return None
        if self.environment.get(name):
            return Variable(name, self.environment[name], ENVIRONMENT)
        if name in go_variable_names.FIXED:
            return None
        if name in self.user and not (name == "GOROOT" and not self.user[name]):
            value = posixpath.normpath(self.user[name]) if name == "GOROOT" else self.user[name]
            return Variable(name, value, self.user_path)
        if name in self.shipped and name != "GOROOT":
            return Variable(name, self.shipped[name], self.shipped_path)
        return None

    def variable(self, name: str) -> Variable | None:
        """Return a variable as `go env` prints it; None if that depends on something unknown."""
        found = self.set_value(name)
        if found is not None and not self.is_default(name):
            return found._replace(value=printed(name, found.value))
        default = self.default(name)
        return None if default is None else Variable(name, default, DEFAULT)

    def is_default(self, name: str) -> bool:
        """Return whether a variable has its default: nothing sets it, or the text that does counts as none."""
        found = self.set_value(name)
        return found is None or not (printed(name, found.value) or self.default(name) == "" or name == "GOENV")

    def value(self, name: str) -> str | None:
        """Return the value of a variable as `go env` prints it; None if it is unknown."""
        found = self.variable(name)
        return None if found is None else found.value

    def default(self, name: str) -> str | None:
        """Return the value of a variable that nothing sets, given all others; None if that is unknown."""
        if name in _UNKNOWN:
            return self._computed(name)
        if name in _OF_PROCESSORS:
            processors, value = _OF_PROCESSORS[name]
            target = self.value("GOARCH")
            return None if target is None else value if target in processors else ""
        if name in _OF_COMPILERS:
            return _OF_COMPILERS[name][self.value("GOOS") in _WITH_CLANG]
        if name in ("GONOPROXY", "GONOSUMDB"):
            return self.value("GOPRIVATE")
        if name in FOLDERS:
            return self._folder(name)
        if name == "GOENV":
            return path_of_file({**self.environment, "GOENV": ""}) or ""
        if name in ("GOOS", "GOHOSTOS"):
            return "linux"
        if name == "GOHOSTARCH":
            return self.processor
        if name in go_variable_names.COMPUTED:
            return None
        return CONSTANTS.get(name, _FLAGS.get(name, ""))

    def _computed(self, name: str) -> str | None:
        if name == "GOROOT":
            return self.folder
        if name == "GOARCH":
            return self.processor
        if name == "CGO_ENABLED":
            target, system = self.value("GOARCH"), self.value("GOOS")
            if system != "linux" or (target and self.processor and target != self.processor):
                return "0"
            if not target or not self.processor:
                return None
            is_found = True if self.environment.get("CC") else self.has_compiler
            return None if is_found is None else str(int(is_found))
        return None

    def _folder(self, name: str) -> str:
        """Return the default of a folder."""
        home, cache = self.environment.get("HOME", ""), self.environment.get("XDG_CACHE_HOME", "")
        if name == "GOCACHE":
            folder = cache or (f"{home}/.cache" if home else "")
            return posixpath.normpath(f"{folder}/go-build") if folder.startswith("/") else "off"
        if name == "GOPATH":
            return self._unless_goroot(posixpath.normpath(f"{home}/go")) if home else ""
        first = (self.value("GOPATH") or "").partition(":")[0]
        return posixpath.normpath(f"{first}/pkg/mod") if first else ""

    def _unless_goroot(self, folder: str) -> str:
        """Return the default GOPATH: none where Go itself is installed there."""
        return "" if self.folder is not None and folder == posixpath.normpath(self.folder) else folder

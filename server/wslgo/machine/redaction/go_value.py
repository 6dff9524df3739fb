"""The values of Go variables with placeholders, each read as the go command reads it."""

from wslgo.knowledge import public_names
from wslgo.knowledge.go_variables import BY_NAME
from wslgo.machine.redaction import text
from wslgo.machine.redaction.names import Names
from wslgo.text.pattern import pattern

# Variables that hold lists of module paths, most of them internal.
PATTERNS = frozenset({"GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS"})
PATHS = frozenset(
    {
        *("GOPATH", "GOROOT", "GOBIN", "GOCACHE", "GOMODCACHE", "GOTMPDIR", "GOENV", "GOTOOLDIR", "GOTELEMETRYDIR"),
        *("GOMOD", "GOWORK"),
    }
)
# Names that `go env` and the environment have.
NAMES = frozenset(
    name.lower()
    for name in (
        *(*BY_NAME, *PATTERNS, *PATHS),
        *(
            "GO386",
            "GOAMD64",
            "GOARM",
            "GOARM64",
            "GOMIPS",
            "GOPPC64",
            "GORISCV64",
            "GOWASM",
            "GOEXPERIMENT",
            "GOFIPS140",
        ),
        *("GOCACHEPROG", "GOCOVERDIR", "GOEXE", "GOGCCFLAGS", "GOHOSTARCH", "GOHOSTOS", "GOTELEMETRY", "GOVERSION"),
        *("AR", "CC", "CXX", "FC", "GCCGO", "PKG_CONFIG", "CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS"),
        *("CGO_LDFLAGS", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "GIT_TERMINAL_PROMPT", "GIT_SSH"),
    )
)

# The key of sum.golang.org, which is in the go command (cmd/go/internal/modfetch/key.go, go 1.27).
_PUBLIC_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
_DATABASE = pattern(r"([+\s]+)")


def redacted_value(name: str, value: str, names: Names) -> str:
    """Return the value of a variable with placeholders for its hosts, folders and other names."""
    if name in PATHS:
        return ":".join(text.path(part, names) for part in value.split(":"))
    if name in PATTERNS:
        return text.each(text.LIST, value, _pattern, names)
    if name == "GOPROXY":
        return text.each(text.LIST, value, _entry, names)
    if name == "GOSUMDB":
        key = _PUBLIC_KEY if value.startswith(_PUBLIC_KEY) else ""
        return key + text.each(_DATABASE, value.removeprefix(key), _entry, names)
    return text.prose(value, public_names.GO, names)


def _entry(part: str, names: Names) -> str:
    """Return an entry of GOPROXY or a part of GOSUMDB: a URL, a host, a folder, or a word."""
    if part.startswith("/"):
        return text.path(part, names)
    is_host = "." in part.partition("/")[0] and "://" not in part
    return text.hosts(part, names) if is_host or "://" in part else text.words(part, public_names.GO, names)


def _pattern(part: str, names: Names) -> str:
    """Return a pattern of module paths; after its host comes a team or a product."""
    if "://" in part:
        return text.url(part, names)
    host, slash, rest = part.partition("/")
    end = ("/path/*" if rest.endswith("*") else "/path") if rest.strip("/") not in ("", "*") else slash + rest
    return text.hosts(host, names) + end

"""The values of GOOS, GOARCH and the variables for one processor (`go tool dist list` and internal/buildcfg, go1.26.8).

Each was tried with `go version` and `go build`: with some bad values no go command runs, others it replaces silently.
"""

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

SYSTEMS = frozenset(
    [
        "aix",
        "android",
        "darwin",
        "dragonfly",
        "freebsd",
        "illumos",
        "ios",
        "js",
        "linux",
        "netbsd",
        "openbsd",
        "plan9",
        "solaris",
        "wasip1",
        "windows",
    ]
)
PROCESSORS = frozenset(
    [
        "386",
        "amd64",
        "arm",
        "arm64",
        "loong64",
        "mips",
        "mips64",
        "mips64le",
        "mipsle",
        "ppc64",
        "ppc64le",
        "riscv64",
        "s390x",
        "wasm",
    ]
)

# The processors of each system (internal/platform/zosarch.go of go1.26.8, with the ports that are marked as broken: go
# builds for them, too).
PAIRS = {
    "aix": ("ppc64",),
    "android": ("386", "amd64", "arm", "arm64"),
    "darwin": ("amd64", "arm64"),
    "dragonfly": ("amd64",),
    "freebsd": ("386", "amd64", "arm", "arm64", "riscv64"),
    "illumos": ("amd64",),
    "ios": ("amd64", "arm64"),
    "js": ("wasm",),
    "linux": (
        *("386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle"),
        *("ppc64", "ppc64le", "riscv64", "s390x"),
    ),
    "netbsd": ("386", "amd64", "arm", "arm64"),
    "openbsd": ("386", "amd64", "arm", "arm64", "mips64", "ppc64", "riscv64"),
    "plan9": ("386", "amd64", "arm"),
    "solaris": ("amd64",),
    "wasip1": ("wasm",),
    "windows": ("386", "amd64", "arm64"),
}
# The last 1.N with a pair that newer ones lack (release notes of Go 1.15 and 1.26).
LAST_WITH = {("darwin", "386"): 14, ("darwin", "arm"): 14, ("windows", "arm"): 25}

# Their programs run in a browser or in another host program, never by themselves.
OF_WASM = ("js", "wasip1")

# The names that other tools have for the same.
MEANT = {
    "GOOS": {
        "mac": "darwin",
        "macos": "darwin",
        "osx": "darwin",
        "win": "windows",
        "win32": "windows",
        "win64": "windows",
        "gnu/linux": "linux",
        "wsl": "linux",
        "wasm": "js",
        "wasi": "wasip1",
    },
    "GOARCH": {
        "x86_64": "amd64",
        "x86-64": "amd64",
        "x64": "amd64",
        "aarch64": "arm64",
        "armv8": "arm64",
        "arm64v8": "arm64",
        "armv7": "arm",
        "armv7l": "arm",
        "armv6": "arm",
        "armhf": "arm",
        "i386": "386",
        "i686": "386",
        "x86": "386",
        "wasm32": "wasm",
    },
}


class Level(NamedTuple):
    """The values of a variable: `valid` in full, `shown` for users. `is_fatal`: with others no go command runs."""

    valid: str
    shown: str
    is_fatal: bool = False


_FLOAT = r"(?:,(?:soft|hard)float)?"

_LEVELS = {
    "GO386": Level("sse2|softfloat", "sse2 or softfloat"),
    "GOAMD64": Level("v[1-4]", "v1, v2, v3 or v4"),
    "GOARM": Level(f"[567]{_FLOAT}", "5, 6 or 7"),
    "GOARM64": Level(r"v(?:8\.[0-9]|9\.[0-5])(?:,lse|,crypto)*", "v8.0 to v8.9 or v9.0 to v9.5", is_fatal=True),
    "GOMIPS": Level("hardfloat|softfloat", "hardfloat or softfloat", is_fatal=True),
    "GOMIPS64": Level("hardfloat|softfloat", "hardfloat or softfloat", is_fatal=True),
    "GOPPC64": Level("power(?:8|9|10)", "power8, power9 or power10", is_fatal=True),
    "GORISCV64": Level("rva2[023]u64", "rva20u64, rva22u64 or rva23u64", is_fatal=True),
    "GOFIPS140": Level(
        r"off|latest|inprocess|certified|v1\.[0-9]+\.[0-9]+(?:-rc[0-9]+|-.{8})?",
        "off, latest, inprocess, certified or v1.Y.Z",
        is_fatal=True,
    ),
}

LEVELS = {name: (level, pattern(level.valid)) for name, level in _LEVELS.items()}

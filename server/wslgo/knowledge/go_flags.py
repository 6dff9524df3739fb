"""The flags of the go command (go1.26.8: each was tried in GOFLAGS, 2026-11)."""

from typing import NamedTuple

# Flags of `go build` that stand alone, and those that need a value; `go help build`, `go help test`.
BUILD_SWITCHES = frozenset(
    [
        "a",
        "asan",
        "buildvcs",
        "cover",
        "i",
        "json",
        "linkshared",
        "modcacherw",
        "msan",
        "n",
        "race",
        "trimpath",
        "v",
        "work",
        "x",
    ]  # `-i` is of old releases
)
BUILD_VALUES = frozenset(
    [
        "C",
        "asmflags",
        "buildmode",
        "compiler",
        "covermode",
        "coverpkg",
        "debug-actiongraph",
        "debug-runtime-trace",
        "debug-trace",
        "gccgoflags",
        "gcflags",
        "installsuffix",
        "ldflags",
        "mod",
        "modfile",
        "o",
        "overlay",
        "p",
        "pgo",
        "pkgdir",
        "tags",
        "toolexec",
    ]
)

# The value of these is a list, in which a comma separates.
LISTS = frozenset(("tags",))

# Flags of any other command, which GOFLAGS may hold as well: a command overlooks those of others.
_OTHERS = """
    artifacts bench benchmem benchtime blockprofile blockprofilerate c cache changed compat compiled count coverprofile
    cpu cpuprofile d deps diff dropexclude dropgodebug dropignore dropreplace droprequire dropretract droptool dropuse e
    exclude exec export f failfast find fix fmt fullpath fuzz fuzzcache fuzzminimizetime fuzztime go godebug ignore
    insecure list m memprofile memprofilerate modcache module mutexprofile mutexprofilefraction outputdir parallel print
    r replace require retract retracted reuse run short shuffle skip t test testcache timeout tool toolchain trace u use
    vendor versions vet vettool w
"""

# Go has each flag of a test under a second name, `test.run`, as well.
IN_GOFLAGS = BUILD_SWITCHES | BUILD_VALUES | frozenset(_OTHERS.split())

# What strconv.ParseBool accepts.
BOOLEANS = ("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False")

# The switches that take only a boolean in each command that has them; `-json` of `go list` also takes a list, and
# `-v` of `go test` takes `test2json`, but `go build` fails with it.
REAL_SWITCHES = BUILD_SWITCHES - {"buildvcs", "i", "json"}


class Choice(NamedTuple):
    """The values of a flag, and the go command's words about another one."""

    values: tuple[str, ...]
    words: str


CHOICES = {
    "mod": Choice(
        ("", "mod", "readonly", "vendor"), "-mod={value} not supported (can be '', 'mod', 'readonly', or 'vendor')"
    ),
    "compiler": Choice(("gc", "gccgo"), 'invalid {wrong} unknown compiler "{value}"'),
    "covermode": Choice(("", "set", "count", "atomic"), 'invalid {wrong} valid modes are "set", "count", or "atomic"'),
    "buildmode": Choice(
        ("archive", "c-archive", "c-shared", "default", "exe", "pie", "plugin", "shared"),
        "buildmode={value} not supported",
    ),
}

# Flags that take flags of another tool, perhaps with a pattern of packages and `=` before them.
OF_PACKAGES = ("asmflags", "gccgoflags", "gcflags", "ldflags")

# Flags of `go env` itself: with one of them in GOFLAGS `go env NAME` writes or removes, and `go env -json` fails.
OF_ENV = ("u", "w")

"""The flags of the go command (go1.26.8: each was tried in GOFLAGS, 2026-11)."""

from wslgo.text.typing import NamedTuple

# Flags of `go build` that stand alone, and those that need a value; `go help build`, `go help test`.
BUILD_SWITCHES = frozenset(
    [
        "a",
        "asan",
        "buildvcs",
        "cover",
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
    ]
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

# Flags that `go test` has besides those of `go build`. Each has a second name, `test.run`, with which it also works as an
# argument of the test program.
TEST_SWITCHES = frozenset(["artifacts", "benchmem", "c", "failfast", "fullpath", "short"])
_TEST_VALUES = """
    bench benchtime blockprofile blockprofilerate count coverprofile cpu cpuprofile exec fuzz fuzzminimizetime fuzztime
    list memprofile memprofilerate mutexprofile mutexprofilefraction outputdir parallel run shuffle skip timeout trace
    vet
"""
TEST_VALUES = frozenset(_TEST_VALUES.split())

# The value of these is a list, in which a comma separates.
LISTS = frozenset(("tags",))

# Flags of any other command, which GOFLAGS may hold as well: a command overlooks those of others.
_OTHERS = """
    cache changed compat compiled d deps diff dropexclude dropgodebug dropignore dropreplace droprequire dropretract
    droptool dropuse e exclude export f find fix fmt fuzzcache go godebug i ignore insecure m modcache module print r
    replace require retract retracted reuse t test testcache tool toolchain u use vendor versions vettool w
"""

IN_GOFLAGS = BUILD_SWITCHES | BUILD_VALUES | TEST_SWITCHES | TEST_VALUES | frozenset(_OTHERS.split())

# What strconv.ParseBool accepts.
TRUE = ("1", "t", "T", "TRUE", "true", "True")
FALSE = ("0", "f", "F", "FALSE", "false", "False")
BOOLEANS = (*TRUE, *FALSE)

# The switches that take only a boolean in each command that has them; `-json` of `go list` also takes a list, and
# `-v` of `go test` takes `test2json`, but `go build` fails with it.
REAL_SWITCHES = BUILD_SWITCHES - {"buildvcs", "json"}


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

"""The flags of the go command (go1.26.8: each was tried in GOFLAGS, 2026-11)."""

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
IN_GOFLAGS = (BUILD_SWITCHES | BUILD_VALUES | frozenset(_OTHERS.split())) - {"C"}

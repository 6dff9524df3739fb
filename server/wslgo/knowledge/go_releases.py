"""Releases of Go: which are supported, and since which one go.mod, the go command and programs have something.

Sources: go.dev/doc/devel/release (dates; each release is supported until there are two newer ones), go.dev/doc/toolchain
and the release notes of Go 1.16 to 1.27. Tried with go1.18.10, 1.20.14, 1.21.6 to 1.21.13, 1.22.2 to 1.22.12, 1.23.0
and 1.26.8: unknown directives, go lines, and the name of the toolchain that go downloads (golang/go#62278 in
cmd/go/internal/toolchain/select.go). As of 2026-11.
"""

from collections.abc import Mapping

from wslgo.knowledge.version import ABSENT, GoVersion

# The day of each 1.N.0.
RELEASED: Mapping[int, str] = {
    18: "2022-03-15",
    19: "2022-08-02",
    20: "2023-02-01",
    21: "2023-08-08",
    22: "2024-02-06",
    23: "2024-08-13",
    24: "2025-02-11",
    25: "2025-08-12",
    26: "2026-02-10",
    27: "2026-08-19",
}
# The last release of each series without support (golang.org/toolchain, go.dev/doc/devel/release).
LAST_PATCH: Mapping[int, int] = {
    16: 15,
    17: 13,
    18: 10,
    19: 13,
    20: 14,
    21: 13,
    22: 12,
    23: 12,
    24: 13,
}
SUPPORTED = 2  # the newest releases get security fixes

# The first go command with `go install PACKAGE@VERSION`.
INSTALLS_VERSIONS_SINCE = GoVersion(1, 16)
# Older ones reject a go line with three numbers, too: `go 1.24.0`.
SWITCHES_SINCE = GoVersion(1, 21)
# From here on the first release of a series is 1.N.0, and the toolchains of releases are modules.
FIRST_TOOLCHAIN_MODULE = GoVersion(1, 21, 0)
# cgocheck=2 became GOEXPERIMENT=cgocheck2.
NO_CGOCHECK_2_SINCE = GoVersion(1, 21)

# For `go 1.N` these download go1.N.0. Others download go1.N, which does not exist.
COMPLETES_GO_LINE_SINCE: Mapping[int, int] = {21: 11, 22: 4}

# The directives that an older Go rejects: `unknown directive: tool`.
DIRECTIVES: Mapping[str, GoVersion] = {
    "toolchain": GoVersion(1, 21),
    "godebug": GoVersion(1, 23),
    "tool": GoVersion(1, 24),
    "ignore": GoVersion(1, 25),
}


def switches_toolchains(go: GoVersion) -> bool:
    """Return whether a Go can get the newer Go that a go.mod asks for."""
    return go >= SWITCHES_SINCE


def completes_go_line(go: GoVersion) -> bool:
    """Return whether a Go that switches gets go1.N.0 for a go.mod with `go 1.N`."""
    return go.patch >= COMPLETES_GO_LINE_SINCE.get(go.minor, ABSENT)


def end_of_support(go: GoVersion) -> str | None:
    """Return the day since which a Go gets no security fixes; None if it still does, or is newer than this table."""
    return RELEASED.get(max(go.minor, min(RELEASED) - SUPPORTED) + SUPPORTED) if go.major == 1 else None

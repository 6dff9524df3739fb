"""Which Go downloads the toolchain that a module asks for (go.dev/doc/toolchain; release notes of Go 1.21)."""

from wslgo.knowledge.version import GoVersion

# Older ones reject a go line with three numbers, too: `go 1.24.0`.
SWITCHES_SINCE = GoVersion(1, 21)


def switches_toolchains(go: GoVersion) -> bool:
    """Return whether a Go can get the newer Go that a go.mod asks for."""
    return go >= SWITCHES_SINCE

"""Amounts of memory, in bytes."""

GIB = 2**30

# WSL raises smaller values of `memory` to this: src/windows/common/WslCoreConfig.cpp, Initialize (2026-08).
LEAST_MEMORY = 256 * 2**20

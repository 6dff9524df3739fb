"""Mistaken beliefs about Go on WSL2, in English and Chinese; sources are those of their topics (2026-11)."""

from wslgo.knowledge.beliefs import debugging, go, network, windows, wsl

BELIEFS = (*go.BELIEFS, *wsl.BELIEFS, *debugging.BELIEFS, *windows.BELIEFS, *network.BELIEFS)

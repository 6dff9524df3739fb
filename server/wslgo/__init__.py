"""wslgo: what decides whether Go on WSL2 is fast and correct, read exactly, said plainly, fixed with one key."""

__version__ = "0.1.0"

"""The addresses of proxies."""

from wslgo.text.pattern import pattern

_LOOPBACK = pattern(r"(?:\w+://)?(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|\Z)")


def is_loopback(proxy: str) -> bool:
    """Return whether a proxy listens on the loopback address."""
    return _LOOPBACK.match(proxy) is not None

"""Logins in `.netrc`, parsed as the go command does (cmd/go/internal/auth/netrc.go, go1.27)."""

from wslgo.text.typing import NamedTuple

LARGEST = 1 << 20  # bytes


class Login(NamedTuple):
    """A name and a password for one host."""

    host: str
    name: str
    password: str


def parse(text: str) -> tuple[Login, ...]:
    """Return each login with a host, a name and a password; skip macros and everything from `default` on."""
    found: list[Login] = []
    host = name = password = ""
    in_macro = False
    for line in text.split("\n"):
        if in_macro:
            in_macro = bool(line)
            continue
        words = line.split()
        for key, value in zip(words[::2], words[1::2], strict=False):
            if key == "machine":
                host, name, password = value, "", ""
            elif key == "login":
                name = value
            elif key == "password":
                password = value
            elif key == "macdef":
                in_macro = True
            if host and name and password:
                found.append(Login(host, name, password))
                host = name = password = ""
        if len(words) % 2 and words[-1] == "default":
            break
    return tuple(found)

"""Generated inputs of the go command: environments, go env files and `go.env`, and what the real `go env` prints."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from smalltools import GO
from wslgo.knowledge.go_variable_names import KNOWN

PATH = "/usr/local/bin:/usr/bin:/bin"
# go starts the C compiler for the first ones; what it prints for the others depends on the current folder or on PATH.
LEFT_OUT = {"CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "PKG_CONFIG", "GCCGO", "GOWORK"}
NAMES = (*sorted(KNOWN - LEFT_OUT), "GOENV", "GODEBUG", "GOHOSTARCH", "GOHOSTOS")

VALUES = {
    "GOPROXY": (
        "https://goproxy.cn,direct",
        "direct",
        "off",
        " ",
        "https://a.test|b.test",
        '"https://a.test"',
        "x # y",
    ),
    "GOSUMDB": ("off", "sum.golang.google.cn", "junk"),
    "GOPRIVATE": ("git.corp", "*.corp,git.x.test", "git.corp\t"),
    "GONOPROXY": ("none", "git.corp"),
    "GONOSUMDB": ("none", "*"),
    "GOINSECURE": ("git.corp",),
    "GOFLAGS": ("-mod=mod", "-tags=a", "'-ldflags=-s -w'", "-count=1"),
    "GO111MODULE": ("on", "off", "auto", "yes", "ON"),
    "GOCACHE": ("/tmp/c", "rel", "off", "~/c", "C:\\c", "/tmp//c/"),
    "GOMODCACHE": ("/tmp/m", "rel", "/mnt/c/m"),
    "GOPATH": ("/tmp/p", "/a:/b", ":/b", "/tmp/p/", "/a//b"),
    "GOBIN": ("/tmp/b", "rel", "$HOME/bin"),
    "GOTMPDIR": ("/tmp", "/nowhere"),
    "GOOS": ("linux", "windows", "darwin", "freebsd", "js"),
    "GOARCH": ("amd64", "arm64", "386", "arm", "wasm", "riscv64", "ppc64le", "mips"),
    "GOAMD64": ("v1", "v2", "v3"),
    "GOARM": ("5", "7"),
    "GOARM64": ("v8.0", "v9.0"),
    "GO386": ("sse2", "softfloat"),
    "GOAUTH": ("netrc", "off", "git /x"),
    "GOCACHEPROG": ("/bin/cacheprog",),
    "GOVCS": ("*:off", "public:git"),
    "GOTOOLCHAIN": ("local", "auto", "path"),
    "GOEXPERIMENT": ("none", "jsonv2", "nosuch"),
    "GODEBUG": ("http2client=0", "madvdontneed=1"),
    "CGO_ENABLED": ("0", "1", "2", "true"),
    "CC": ("gcc", "clang", "/usr/bin/cc -m64"),
    "CXX": ("g++", "clang++"),
    "AR": ("ar", "llvm-ar"),
    "FC": ("gfortran",),
    "GO_EXTLINK_ENABLED": ("1", "0"),
    "CGO_CFLAGS_ALLOW": (".*",),
    "GOFIPS140": ("off",),
    "GOWASM": ("satconv",),
    "GOENV": ("off", "x"),
    "GOMAXPROCS": ("4",),
    "GOHOSTARCH": ("arm",),
    "GOMOD": ("/x/go.mod",),
    "GOVERSION": ("go1.2",),
    "GOPROXI": ("direct",),
    "GONOSUMCHECK": ("1",),
    "HTTPS_PROXY": ("http://proxy.test:3128",),
}


class Input(NamedTuple):
    """The sources of variables: the environment, and the bytes of the go env file and of `go.env`."""

    environment: dict[str, str]
    user: bytes
    shipped: bytes


def value(random_: random.Random, name: str) -> str:
    return "" if random_.random() < 0.15 else random_.choice(VALUES[name])


def line(random_: random.Random) -> str:
    name = random_.choice([*VALUES])
    made = f"{name}={value(random_, name)}"
    return random_.choice(
        (*[made] * 12, f"export {made}", f" {made}", f"# {made}", made.replace("=", " = ", 1), made.lower(), name, "")
    )


def env_file(random_: random.Random) -> bytes:
    """Return a file with duplicates, comments, a byte order mark, CRLF, and lines that assign nothing."""
    end = "\r\n" if random_.random() < 0.15 else "\n"
    text = end.join(line(random_) for _ in range(random_.randrange(9)))
    text += random_.choice((end, ""))
    return (b"\xef\xbb\xbf" if random_.random() < 0.1 else b"") + text.encode()


def generated(seed: int, folder: Path, root: Path) -> Input:
    random_ = random.Random(seed)
    home, own = str(folder / "home"), str(folder / "own")
    found = {"PATH": random_.choice((PATH, PATH, "/nowhere")), "HOME": home}
    if random_.random() < 0.2:
        found["HOME"] = random_.choice((f"{home}/", "", f"{home}//."))
    if random_.random() < 0.2:
        found["XDG_CONFIG_HOME"] = random_.choice((f"{home}/.config", "rel", "", f"{own}//"))
    if random_.random() < 0.2:
        found["XDG_CACHE_HOME"] = random_.choice(("/tmp/cache", "rel", "", "/tmp/cache//"))
    if random_.random() < 0.3:
        found["GOENV"] = random_.choice(("off", "", f"{own}/go/env", "go/env", f"{folder}/missing"))
    for name in random_.sample([*VALUES], random_.randrange(6)):
        if name != "GOENV":
            found[name] = value(random_, name)
    if random_.random() < 0.9:
        found["GOROOT"] = random_.choice((str(root), f"{root}/", f"{root}/../root"))
    lines = env_file(random_)
    if random_.random() < 0.05:
        lines += f"\nGOROOT={random_.choice((root, f'{root}//.', ''))}\n".encode()
    return Input(found, lines, random_.choice((b"", env_file(random_), Path(root, "default").read_bytes())))


class Installation(NamedTuple):
    """The installed go, and a GOROOT like its own with a `go.env` that can be written."""

    own: Path
    root: Path
    processor: str


def installation(folder: Path) -> Installation:
    told = subprocess.run([GO, "env", "GOROOT", "GOHOSTARCH"], capture_output=True, text=True, check=True, cwd="/")
    own, processor = told.stdout.split()
    root = folder / "root"
    root.mkdir()
    for entry in Path(own).iterdir():
        if entry.name != "go.env":
            (root / entry.name).symlink_to(entry)
    shutil.copy(Path(own, "go.env"), root / "default")
    return Installation(Path(own), root, processor)


def printed(
    folder: Path, given: Input, go: Installation, names: tuple[str, ...] = NAMES, here: Path | None = None
) -> dict[str, str] | None:
    """Return what the real go prints; None if it fails."""
    for path in (folder / "home/.config/go/env", folder / "own/go/env", folder / "go/env"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(given.user)
    (go.root / "go.env").write_bytes(given.shipped)
    done = subprocess.run(
        [GO, "env", "-json", *names], capture_output=True, cwd=here or folder, env=given.environment, check=False
    )
    return None if done.returncode else json.loads(done.stdout)

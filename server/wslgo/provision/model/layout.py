"""The places of Go in a home folder: one folder for each version, and a link to the one in use."""

from wslgo.knowledge.shell_startup import SHELL_FILES
from wslgo.provision.model.facts import Facts, User

MODULES = "go"  # the default GOPATH
# PATH of every login, before start-up files add to it.
LOGIN_PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")


def sdk(user: User) -> str:
    """Return the folder of the toolchains, which golang.org/dl and editors use, too."""
    return f"{user.home}/sdk"


def toolchain(user: User, version: str) -> str:
    """Return the folder of a toolchain, by its name (`go1.27.3`)."""
    return f"{sdk(user)}/{version}"


def switch(user: User) -> str:
    """Return the symbolic link to the toolchain in use."""
    return f"{sdk(user)}/go"


def version_file(user: User) -> str:
    """Return the file with the version of the toolchain that the link points to."""
    return f"{switch(user)}/VERSION"


def programs(facts: Facts) -> str:
    """Return the folder where `go install` puts programs."""
    known = facts.host.go_values()
    path = known.get("GOPATH", "").partition(":")[0]
    if not path or facts.host.is_on_windows(path):  # the step `caches` moves it to the Linux disk
        path = f"{facts.user.home}/{MODULES}"
    return known.get("GOBIN") or f"{path}/bin"


def shell_files(user: User) -> tuple[str, ...]:
    """Return the files of a user that any shell may read at its start."""
    names = dict.fromkeys(name for files in SHELL_FILES.values() for name in files)
    return tuple(f"{user.home}/{name}" for name in names)


def files_of_shell(user: User) -> tuple[str, ...]:
    """Return the files that the user's own shell may read; none for an unknown shell."""
    return tuple(f"{user.home}/{name}" for name in SHELL_FILES.get(user.shell.rpartition("/")[2], ()))


def in_use(facts: Facts) -> str | None:
    """Return the name of the toolchain that the link points to; None without one."""
    if facts.links.get(switch(facts.user)) is None:
        return None
    text = facts.text(version_file(facts.user))
    return (text or "").partition("\n")[0].strip() or None

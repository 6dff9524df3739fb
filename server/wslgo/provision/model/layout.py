"""Where Go lies in a home folder that we provision: side by side by version, and one link that says which."""

from wslgo.knowledge.shell_startup import SHELL_FILES
from wslgo.provision.model.facts import Facts, User

MODULES = "go"  # GOPATH, unless somebody has set another


def sdk(user: User) -> str:
    """The folder of the toolchains, as golang.org/dl has it and editors know it."""
    return f"{user.home}/sdk"


def toolchain(user: User, version: str) -> str:
    """The folder of one toolchain, by its name (`go1.27.3`)."""
    return f"{sdk(user)}/{version}"


def switch(user: User) -> str:
    """The symbolic link to the toolchain in use."""
    return f"{sdk(user)}/go"


def version_file(user: User) -> str:
    """What says which toolchain the link leads to."""
    return f"{switch(user)}/VERSION"


def programs(facts: Facts) -> str:
    """Where `go install` puts programs."""
    known = facts.host.go_values()
    path = known.get("GOPATH", "").partition(":")[0]
    if not path or facts.host.is_on_windows(path):  # which the step `caches` takes off that drive
        path = f"{facts.user.home}/{MODULES}"
    return known.get("GOBIN") or f"{path}/bin"


def shell_files(user: User) -> tuple[str, ...]:
    """The files of a user that some shell may read at its start."""
    names = dict.fromkeys(name for files in SHELL_FILES.values() for name in files)
    return tuple(f"{user.home}/{name}" for name in names)


def files_of_shell(user: User) -> tuple[str, ...]:
    """Those that the user's own shell may read; none of one that we do not know."""
    return tuple(f"{user.home}/{name}" for name in SHELL_FILES.get(user.shell.rpartition("/")[2], ()))


def in_use(facts: Facts) -> str | None:
    """The toolchain that we have switched to, by its name; None where the link leads to none."""
    if facts.links.get(switch(facts.user)) is None:
        return None
    text = facts.text(version_file(facts.user))
    return (text or "").partition("\n")[0].strip() or None

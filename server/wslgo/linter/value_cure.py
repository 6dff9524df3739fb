"""The next step for a Go variable with a bad value: the command or the change that gives it a good one."""

from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT
from wslgo.goenv.region import DEFAULTS, mirror
from wslgo.machine.host import Host, Variable
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

# The folders that a build uses all the time, with their default below the home folder.
CACHES = {"GOCACHE": ".cache/go-build", "GOMODCACHE": "go/pkg/mod"}

UNEXPORT = Message(
    en="remove or correct {name} where it is exported (the environment overrides go env -w)",
    zh="在导出 {name} 的位置删除或改正它（环境变量优先于 go env -w）",
)
WHERE_EXPORTED = Message(
    en="write {assignment} where it is exported (the environment overrides go env -w)",
    zh="在导出它的位置改为 {assignment}（环境变量优先于 go env -w）",
)
CORRECT = Message(en="correct {name} in {place}", zh="在 {place} 中改正 {name}")
EXPORTED = Message(
    en="use a Linux folder where {name} is exported; if you just removed it there, open a new terminal",
    zh="在导出 {name} 的位置改用 Linux 文件夹；若刚刚在那里删除了它，请打开新终端",
)
EXPORT = Message(en="export {name} with a Linux folder", zh="导出 {name}，值为 Linux 文件夹")
WRITTEN = Message(en="use a Linux folder for {name} in {place}", zh="在 {place} 中将 {name} 改为 Linux 文件夹")
MOVE_HOME = Message(
    en="HOME is on that drive: move it to a Linux file system", zh="HOME 也在该驱动器上：请移到 Linux 文件系统"
)


def cure(host: Host, variable: Variable) -> Text:
    """Return the step that gives a variable with a bad value a good one."""
    if variable.name in CACHES and host.is_on_windows(variable.value):
        return _relocation(host, variable, CACHES[variable.name])
    return restoration(host, variable.name)


def restoration(host: Host, name: str) -> Text:
    """Return the step that makes a variable have its default again, or a mirror of it in mainland China."""
    variable = host.variable(name)
    origin = variable.origin if variable else host.goenv_path
    other = mirror(name, host, value=variable.value if variable else "")
    if origin in (None, DEFAULT):
        return command(f"export {name}={other or DEFAULTS[name]}") if name in DEFAULTS else UNEXPORT(name=name)
    if origin == ENVIRONMENT:
        return UNEXPORT(name=name)
    if origin == host.goenv_path and other is not None:
        return command(f"go env -w {name}={other}")
    return command(f"go env -u {name}") if origin == host.goenv_path else CORRECT(place=origin, name=name)


def assignment(host: Host, name: str, value: str) -> Text:
    """Return the step that gives a variable another value."""
    variable = host.variable(name)
    text = f"{name}={value}"
    if variable is not None and variable.origin == ENVIRONMENT:
        return WHERE_EXPORTED(assignment=text)
    return command(f"go env -w {text}" if "|" not in text and " " not in text else f"go env -w '{text}'")


def cause_of(host: Host, variable: Variable) -> Variable:
    """Return the variable that decides a value: the module cache is in GOPATH unless GOMODCACHE is set."""
    path = host.variable("GOPATH")
    is_derived = variable.name == "GOMODCACHE" and variable.origin == DEFAULT
    return path if is_derived and path is not None and path.origin != DEFAULT else variable


def _relocation(host: Host, variable: Variable, place: str) -> Text:
    """Return the step that moves a cache to Linux."""
    cause = cause_of(host, variable)
    if cause is not variable:
        return _relocation(host, cause, "go")
    if variable.origin == ENVIRONMENT:
        return EXPORTED(name=variable.name)
    # The file that go env -w writes overrides go.env of the Go release, and every default.
    if host.goenv_path is None:
        is_file = variable.origin != DEFAULT
        return WRITTEN(place=variable.origin, name=variable.name) if is_file else EXPORT(name=variable.name)
    if host.home and not host.is_on_windows(host.home):
        return command(f"go env -w {variable.name}={host.home}/{place}")
    return MOVE_HOME()

"""The behaviour of Delve for an entry of `launch.json`: builds, starts, unused attributes."""

from wslgo.knowledge import delve_attributes
from wslgo.knowledge.delve_attributes import EVERYWHERE, LAUNCHES, STARTS, Reader
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import Jsonc, Property
from wslgo.syntax.json.launch import Configuration
from wslgo.syntax.memo import of_last
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

LEGACY = "legacy"

ONLY_LEGACY = Message(
    en="only the `legacy` adapter reads it; Delve ignores it", zh="仅 `legacy` 适配器读取；Delve 会忽略它"
)
OVERWRITTEN = Message(en="the Go extension overwrites it with its own value", zh="Go 扩展会用自己的值覆盖它")
OTHER_SYSTEM = Message(
    en="it applies to another system, and the program runs on Linux", zh="它用于其他系统，而程序运行在 Linux 上"
)
NO_DELVE = Message(
    en="`port` connects to a running Delve, so no Delve is started that could use it",
    zh="`port` 连接到已在运行的 Delve，不会启动可使用它的 Delve",
)
NO_LOG = Message(en="it needs `showLog`", zh="需要 `showLog`")
NO_TERMINAL = Message(en="it works only if `console` names a terminal", zh="仅在 `console` 指定终端时有效")

# These configure the Delve that the Go extension starts.
_OF_A_STARTED_DELVE = ("dlvFlags", "showLog", "logOutput", "logDest", "console", "asRoot")

BUILD_AND_RUN = Message(en="reaches the build and the program", zh="构建和程序都会得到")
BUILD_READS = Message(en="reaches the build, which reads it, and the program", zh="构建（会读取它）和程序都会得到")
RUN_READS = Message(en="reaches the program, which reads it, and the build", zh="程序（会读取它）和构建都会得到")
ONLY_RUN = Message(en="reaches the program", zh="程序会得到")
TOO_LATE = Message(
    en="reaches the program, but the build that reads it is already done", zh="程序会得到，但读取它的构建早已完成"
)
NO_PROGRAM = Message(en="reaches no program", zh="没有程序会得到")
NO_PROCESS = Message(
    en="does not reach the process: it is already running, and its environment cannot change",
    zh="不会到达该进程：它已在运行，其环境无法更改",
)


class IdleAttribute(NamedTuple):
    """An attribute that does nothing in its entry, with the reason."""

    member: Property
    reason: Text


@of_last
def go_entries(tree: Jsonc) -> tuple[Configuration, ...]:
    """Return the entries of a file that the Go extension debugs."""
    return tuple(entry for entry in launch.read(launch.holder(tree)).configurations if entry.type == "go")


def request_and_mode(configuration: Configuration) -> str:
    """Return request and mode as the table of attributes names them."""
    return f"{configuration.request}/{configuration.mode}"


def builds(configuration: Configuration) -> bool:
    return request_and_mode(configuration) in delve_attributes.BUILDS


def starts(configuration: Configuration) -> bool:
    """Return whether Delve starts a program, with or without a build."""
    return request_and_mode(configuration) in STARTS


def is_legacy(configuration: Configuration) -> bool:
    return configuration.text("debugAdapter") == LEGACY


def idle_attributes(configuration: Configuration) -> tuple[IdleAttribute, ...]:
    """Return the attributes that do nothing in an entry, in the order of the text, without unknown ones."""
    members = (member for member in configuration.node.members if member.value is not None)
    reasons = ((member, idle_reason(configuration, member.key)) for member in members)
    return tuple(IdleAttribute(member, reason) for member, reason in reasons if reason is not None)


def idle_reason(configuration: Configuration, name: str) -> Text | None:
    """Return why an attribute does nothing in an entry; None if it works or the answer is unknown."""
    known = delve_attributes.BY_NAME.get(name)
    here = request_and_mode(configuration)
    if known is None or here not in EVERYWHERE:
        return None
    if name in ("windows", "osx"):
        return OTHER_SYSTEM()
    if known.reader is Reader.NONE:
        return OVERWRITTEN()
    if known.reader is Reader.LEGACY:
        return None if is_legacy(configuration) else ONLY_LEGACY()
    if is_legacy(configuration):
        return None  # the old adapter behaves differently
    if here not in known.acts:
        only = delve_attributes.ONLY_LAUNCH if known.acts[0] in LAUNCHES else delve_attributes.ONLY_ATTACH
        return (known.elsewhere or only)()
    return _why_unneeded(configuration, name)


def _why_unneeded(configuration: Configuration, name: str) -> Text | None:
    if name in _OF_A_STARTED_DELVE and configuration.get("port") is not None:
        return NO_DELVE()
    if name == "asRoot" and configuration.text("console") not in ("integratedTerminal", "externalTerminal"):
        return NO_TERMINAL()
    log = configuration.get("showLog")
    if name == "logOutput" and log is not None and log.boolean is False:
        return NO_LOG()
    return None


def variable_reach(configuration: Configuration, name: str) -> Text | None:
    """Return which programs get a variable of `env`; None if that is unknown."""
    from wslgo.knowledge.delve_variables import BY_NAME, Acts  # only an editor asks

    here, known = request_and_mode(configuration), BY_NAME.get(name)
    if here not in EVERYWHERE or is_legacy(configuration):
        return None
    if configuration.request == "attach":
        return NO_PROCESS()
    if here not in STARTS:
        return NO_PROGRAM()
    acts = known.acts if known else Acts.BOTH
    if not builds(configuration):
        return (TOO_LATE if acts is Acts.BUILD else ONLY_RUN)()
    return {Acts.BUILD: BUILD_READS, Acts.RUN: RUN_READS, Acts.BOTH: BUILD_AND_RUN}[acts]()

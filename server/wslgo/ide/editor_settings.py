"""The settings of the VS Code extension, from which `./dev docs` writes its manifest."""

from collections.abc import Iterator, Mapping

from wslgo.linter.rules import all_rules
from wslgo.linter.settings import OFF, SEVERITIES, SYNONYMS
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class EditorSetting(NamedTuple):
    """A setting `wslgo.NAME`; `shape` is its JSON schema without type, default and scope."""

    name: str
    kind: str
    default: object
    scope: str
    about: Message
    shape: Mapping[str, object] = {}
    choices: tuple[str | Message, ...] = ()


_IDS = sorted(rule.id for rule in all_rules())
_FAMILIES = sorted({rule.partition("/")[0] for rule in _IDS})
_SEVERITY = {"type": "string", "enum": [*SEVERITIES, *SYNONYMS, OFF]}

_STRINGS = {"items": {"type": "string"}, "uniqueItems": True}
_RULES = {"items": {"type": "string", "enum": [*_FAMILIES, *_IDS]}, "uniqueItems": True}

# Scope `machine`: it names a program or a file of the machine, so no workspace may choose it.
EDITOR_SETTINGS = (
    EditorSetting(
        "interpreter",
        "string",
        "",
        "machine",
        Message(
            en="The Python (3.10 or newer) that runs the server. Empty: the first usable `python3`, "
            "`python3.14` to `python3.10` or `python`, then that of the Python extension.",
            zh="运行服务器的 Python（3.10 或更高版本）。留空：依次使用 `PATH` 中第一个可用的 `python3`、"
            "`python3.14` 至 `python3.10`、`python`，最后是 Python 扩展中选定的解释器。",
        ),
    ),
    EditorSetting(
        "language",
        "string",
        "auto",
        "window",
        Message(en="The language of messages and fixes.", zh="消息和修复的语言。"),
        {"enum": ["auto", "en", "zh-cn"]},
        (Message(en="The display language of VS Code", zh="VS Code 的显示语言"), "English", "简体中文"),
    ),
    EditorSetting(
        "machine.check",
        "boolean",
        True,
        "machine",
        Message(
            en="Check this machine's `.wslconfig`, `/etc/wsl.conf` and Go env file even while they are not open.",
            zh="即使未打开，也检查本机的 `.wslconfig`、`/etc/wsl.conf` 和 go env 文件。",
        ),
    ),
    EditorSetting(
        "check.select",
        "array",
        [],
        "window",
        Message(
            en="Rules to run, such as `wslconfig/unknown-key`, or whole families, such as `wslconfig`. Empty: all.",
            zh="要运行的规则（如 `wslconfig/unknown-key`）或整个类别（如 `wslconfig`）。留空：全部。",
        ),
        _RULES,
    ),
    EditorSetting(
        "check.ignore",
        "array",
        [],
        "window",
        Message(en="Rules or families to ignore.", zh="要忽略的规则或类别。"),
        _RULES,
    ),
    EditorSetting(
        "check.severity",
        "object",
        {},
        "window",
        Message(
            en='Severity override per rule, for example `{"wslconfig/unknown-key": "hint"}`. `off` ignores the rule.',
            zh='按规则覆盖严重级别，例如 `{"wslconfig/unknown-key": "hint"}`。`off` 表示忽略该规则。',
        ),
        {"propertyNames": {"enum": [*_FAMILIES, *_IDS]}, "additionalProperties": _SEVERITY},
    ),
    EditorSetting(
        "provision.go",
        "string",
        "",
        "machine",
        Message(
            en="The Go version that provisioning installs: `1.27.3`, or `1.27` for its newest release. Empty: the "
            "version in `go.mod`.",
            zh="配置环境时安装的 Go 版本：`1.27.3`，或 `1.27`（取其最新版）。留空：采用 `go.mod` 的要求。",
        ),
    ),
    EditorSetting(
        "provision.sources",
        "array",
        [],
        "machine",
        Message(
            en="Where provisioning downloads Go from before it tries the usual places: mirrors of go.dev, a GOPROXY, "
            "`file://`.",
            zh="配置环境时优先使用的 Go 下载来源：go.dev 的镜像、GOPROXY 或 `file://`。",
        ),
        _STRINGS,
    ),
    EditorSetting(
        "provision.certificates",
        "array",
        [],
        "machine",
        Message(
            en="PEM files with the CA certificates of your company. Provisioning makes this machine trust them.",
            zh="包含贵公司 CA 证书的 PEM 文件。配置环境时会让本机信任这些证书。",
        ),
        _STRINGS,
    ),
    EditorSetting(
        "trace.server",
        "string",
        "off",
        "window",
        Message(
            en="Log the messages between VS Code and the server.",
            zh="在日志中记录 VS Code 与服务器之间的通信。",
        ),
        {"enum": ["off", "messages", "verbose"]},
    ),
)


def schema_properties() -> dict[str, object]:
    """Return `contributes.configuration.properties` of the manifest."""
    return {f"wslgo.{setting.name}": _property(setting) for setting in EDITOR_SETTINGS}


def restricted_settings() -> list[str]:
    """Return the settings that an untrusted workspace must not set."""
    return [f"wslgo.{setting.name}" for setting in EDITOR_SETTINGS if setting.scope == "machine"]


def setting_texts(language: str) -> dict[str, str]:
    """Return the texts of the settings in one language, by the names in the manifest."""
    return {
        key: message.zh if language == "zh" else message.en
        for setting in EDITOR_SETTINGS
        for key, message in _keys(setting)
    }


def _property(setting: EditorSetting) -> dict[str, object]:
    chosen = {"enumDescriptions": list(_choices(setting))} if setting.choices else {}
    shown = {"default": setting.default, "scope": setting.scope, "markdownDescription": f"%setting.{setting.name}%"}
    return {"type": setting.kind, **setting.shape, **chosen, **shown}


def _choices(setting: EditorSetting) -> Iterator[str]:
    values = setting.shape.get("enum") if setting.choices else []
    for value, choice in zip(values if isinstance(values, list) else [], setting.choices, strict=True):
        yield f"%setting.{setting.name}.{value}%" if isinstance(choice, Message) else choice


def _keys(setting: EditorSetting) -> Iterator[tuple[str, Message]]:
    yield f"setting.{setting.name}", setting.about
    for place, choice in zip(_choices(setting), setting.choices, strict=True):
        if isinstance(choice, Message):
            yield place.strip("%"), choice

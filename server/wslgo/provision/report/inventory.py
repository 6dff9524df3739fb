"""The list of what was provisioned, as lines for a terminal and as JSON."""

from collections.abc import Iterator

from wslgo.provision.inventory.item import (
    AS_RECORDED,
    CERTIFICATE,
    CHANGED,
    FILE,
    FOLDER,
    LINK,
    PACKAGE,
    REMOVED,
    REPLACED,
    TOOL,
    TOOLCHAIN,
    UNDONE,
    UNKNOWN,
    Item,
)
from wslgo.text.message import Language, Message, Text

EMPTY = Message(
    en="wslgo has provisioned nothing on this machine for this user", zh="wslgo 没有为此用户在此机器上配置任何内容"
)
ONLY_PAST = Message(
    en="Nothing that wslgo provisioned is left; wslgo provision --list --all lists what was undone",
    zh="wslgo 配置的内容均已不存在；wslgo provision --list --all 列出已撤销的内容",
)
TITLES = {
    TOOLCHAIN: Message(en="Go {version}", zh="Go {version}"),
    TOOL: Message(en="Tool {name} {version}", zh="工具 {name} {version}"),
    CERTIFICATE: Message(en="CA certificate {name}", zh="CA 证书 {name}"),
    PACKAGE: Message(en="Package {name}", zh="软件包 {name}"),
    FILE: Message(en="File {name}", zh="文件 {name}"),
    LINK: Message(en="Link {name} to {version}", zh="链接 {name}，指向 {version}"),
    FOLDER: Message(en="Folder {name}", zh="文件夹 {name}"),
}
STATES = {
    AS_RECORDED: Message(en="as recorded", zh="与记录一致"),
    CHANGED: Message(en="changed since", zh="此后已更改"),
    REMOVED: Message(en="removed since", zh="此后已删除"),
    UNKNOWN: Message(en="unknown", zh="未知"),
    REPLACED: Message(en="replaced by a later run", zh="已被之后的运行替换"),
    UNDONE: Message(en="undone", zh="已撤销"),
}
STATE = Message(en="{title}: {state}", zh="{title}：{state}")
STATE_WITH_REASON = Message(en="{title}: {state} ({reason})", zh="{title}：{state}（{reason}）")
PATH = Message(en="path: {path}", zh="路径：{path}")
SOURCE = Message(en="source: {source}", zh="来源：{source}")
HASHES = {
    "archive": Message(en="archive: {hash}", zh="归档：{hash}"),
    "content": Message(en="content: {hash}", zh="内容：{hash}"),
    "module": Message(en="module: {hash}", zh="模块：{hash}"),
    "file": Message(en="file: {hash}", zh="文件：{hash}"),
    "fingerprint": Message(en="fingerprint: {hash}", zh="指纹：{hash}"),
}
WHEN = Message(en="{time}, by {by}, run {run}", zh="{time}，由 {by} 执行，运行 {run}")
WHEN_ALONE = Message(en="{time}, run {run}", zh="{time}，运行 {run}")


def title_of(item: Item) -> Text:
    """Return the name of an item in a sentence."""
    return TITLES[item.kind](name=item.name, version=item.version)


def lines(items: list[Item]) -> Iterator[tuple[int, Text, str]]:
    """Yield each line with its indentation, and the state of the item in its first line, else ""."""
    for item in items:
        title, state = title_of(item), STATES[item.state]()
        if item.reason is None:
            yield 0, STATE(title=title, state=state), item.state
        else:
            yield 0, STATE_WITH_REASON(title=title, state=state, reason=item.reason), item.state
        if item.path and item.path != item.name:
            yield 3, PATH(path=item.path), ""
        if item.source:
            yield 3, SOURCE(source=item.source), ""
        for name, value in item.hashes:
            yield 3, HASHES[name](hash=value), ""
        when = WHEN if item.by else WHEN_ALONE
        yield 3, when(**{**({"by": item.by} if item.by else {}), "time": item.time, "run": item.run}), ""


def as_json(items: list[Item], spoken: Language) -> dict[str, object]:
    """Return the output of `wslgo provision --list --format json`."""
    return {"version": 1, "items": [_item_as_json(item, spoken) for item in items]}


def _item_as_json(item: Item, spoken: Language) -> dict[str, object]:
    return {
        "kind": item.kind,
        "name": item.name,
        "version": item.version or None,
        "path": item.path or None,
        "source": item.source or None,
        "hashes": dict(item.hashes),
        "time": item.time or None,
        "by": item.by or None,
        "run": item.run,
        "state": item.state,
        "reason": None if item.reason is None else item.reason.render(spoken),
    }

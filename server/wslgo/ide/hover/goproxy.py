"""A GOPROXY value as steps: whom the go command asks, and when it continues."""

from collections.abc import Iterator

from wslgo.syntax.go.goproxy import GoProxy, ProxyEntry
from wslgo.syntax.go.url import mask, mask_reason
from wslgo.text.markdown import code, codes
from wslgo.text.message import Message, Text

ON_NOT_FOUND = Message(
    en="{number}. asks {url}; continues only if the module is not found (404, 410), any other error is final",
    zh="{number}. 访问 {url}；仅当模块不存在（404、410）时继续，其他错误即终止",
)
ON_ANY_ERROR = Message(
    en="{number}. asks {url}; continues after any error, but waits forever for a proxy that does not answer",
    zh="{number}. 访问 {url}；任何错误后都会继续，但会一直等待无响应的代理",
)
LAST = Message(en="{number}. asks {url}; its answer is final", zh="{number}. 访问 {url}；其结果即为最终结果")
DIRECT = Message(en="{number}. fetches the module from its origin", zh="{number}. 从源站直接获取模块")
OFF = Message(
    en="{number}. stops: modules outside the module cache fail", zh="{number}. 停止：模块缓存中没有的一律失败"
)
INVALID = Message(en="go rejects the whole list: {words}", zh="go 会报错，整个列表无效：{words}")
DEFAULT = Message(en="The value is empty, so the default is used:", zh="值为空，使用默认值：")
UNREACHABLE = Message(en="Never used: {entries}", zh="永远不会使用：{entries}")
PRIVATE = Message(
    en="Modules in GOPRIVATE or GONOPROXY bypass this list",
    zh="GOPRIVATE 或 GONOPROXY 所列的模块不经过此列表",
)


def goproxy_steps(proxy: GoProxy) -> tuple[Text, ...]:
    """Return the steps, one per line; if the go command rejects the value, only the error."""
    if proxy.error:
        return (INVALID(words=mask_reason(proxy.error)),)
    return tuple(_lines(proxy))


def _lines(proxy: GoProxy) -> Iterator[Text]:
    if proxy.is_default:
        yield DEFAULT()
    for number, entry in enumerate(proxy.steps, 1):
        yield _step(number, entry)
    if proxy.unreachable:
        yield UNREACHABLE(entries=codes(entry.text for entry in proxy.unreachable))
    yield PRIVATE()


def _step(number: int, entry: ProxyEntry) -> Text:
    if entry.text == "direct":
        return DIRECT(number=number)
    if entry.text == "off":
        return OFF(number=number)
    words = {"not-found": ON_NOT_FOUND, "any-error": ON_ANY_ERROR, "never": LAST}[entry.next_on]
    return words(number=number, url=code(mask(entry.url)))

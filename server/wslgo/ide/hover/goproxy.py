"""A GOPROXY value in words: whom the go command asks, step by step, and what makes it go on."""

from collections.abc import Iterator

from wslgo.syntax.go.goproxy import GoProxy, ProxyEntry
from wslgo.syntax.go.url import mask, mask_reason
from wslgo.text.markdown import code, codes
from wslgo.text.message import Message, Text

ON_NOT_FOUND = Message(
    en="{number}. asks {url}; goes on only if the module is not there (404, 410), any other error is final",
    zh="{number}. 访问 {url}；仅当模块不存在（404、410）时继续，其他错误即终止",
)
ON_ANY_ERROR = Message(
    en="{number}. asks {url}; goes on after any error, but waits for a proxy that never answers",
    zh="{number}. 访问 {url}；任何错误后都会继续，但会一直等待无响应的代理",
)
LAST = Message(en="{number}. asks {url}; what it answers is final", zh="{number}. 访问 {url}；其结果即为最终结果")
DIRECT = Message(en="{number}. fetches the module from its origin", zh="{number}. 从源站直接获取模块")
OFF = Message(
    en="{number}. stops: what is not in the module cache fails", zh="{number}. 停止：模块缓存中没有的一律失败"
)
INVALID = Message(en="go refuses the whole list: {words}", zh="go 拒绝整个列表：{words}")
DEFAULT = Message(en="The value is empty, so the default holds:", zh="值为空，使用默认值：")
UNREACHABLE = Message(en="Never asked: {entries}", zh="永远不会访问：{entries}")
PRIVATE = Message(
    en="Modules that GOPRIVATE or GONOPROXY names go around this list",
    zh="GOPRIVATE 或 GONOPROXY 所列的模块不经过此列表",
)


def goproxy_steps(proxy: GoProxy) -> tuple[Text, ...]:
    """The steps, one line each; only the refusal where the go command refuses the value."""
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

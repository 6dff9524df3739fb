"""Titles of fixes that several rules offer, and sentences that they share."""

from wslgo.text.message import Message

CHANGE_TO = Message(en="Change to {value}", zh="改为 {value}")
ADD = Message(en="Add {text}", zh="添加 {text}")
REMOVE = Message(en="Remove {name}", zh="删除 {name}")
SPLIT = Message(en="Split into {count} elements", zh="拆分为 {count} 个元素")
REMOVE_LINE = Message(en="Remove the line", zh="删除此行")
MOVE_TO = Message(en="Move to {place}", zh="移到 {place}")
MOVE_TO_LINE = Message(en="Move above line {line}", zh="移到第 {line} 行之前")
COMMENT_OUT = Message(en="Comment out the line", zh="注释掉此行")
START_COMMENT = Message(en="Start the comment with #", zh="改用 # 开头的注释")
QUOTE_VALUE = Message(en="Quote the value", zh="给值加上引号")
DOUBLE_BACKSLASHES = Message(en="Double the backslashes", zh="把反斜杠写成双份")
REMOVE_SPACES = Message(en="Remove the spaces", zh="删除空格")
USE_ASCII = Message(en="Use ASCII punctuation", zh="改为半角标点")
REMOVE_BYTE_ORDER_MARK = Message(en="Remove the byte order mark", zh="删除字节顺序标记（BOM）")
LINUX_LINE_ENDINGS = Message(en="Use Linux line endings (LF)", zh="改用 Linux 换行符（LF）")
SAVE_AS_UTF8 = Message(en="Save as UTF-8", zh="另存为 UTF-8")
ONLY_IN_TERMINALS = Message(en="Run it only in terminals", zh="只在终端中执行")
IS_SET_HERE = Message(en="{name} is set here", zh="{name} 在此处设置")
SAYS_THE_SAME = Message(en="Line {line} says the same. Remove this one", zh="第 {line} 行与此行相同。请删除此行")
THE_FIRST_ONE = Message(en="The first one", zh="第一处")
HAS_GO_FOR_WINDOWS = Message(
    en="{folder} has the Go for Windows, go.exe, which builds for Windows. Use a Go for Linux here",
    zh="{folder} 中是 Windows 版的 Go（go.exe），它只为 Windows 构建。请在此使用 Linux 版的 Go",
)
TYPE_AND_KEEP = Message(
    en="type: sudo {command}; to keep it, write command={command} under [boot] in /etc/wsl.conf",
    zh="输入：sudo {command}；要保持此设置，请在 /etc/wsl.conf 的 [boot] 下写 command={command}",
)
OLDER_THAN_POLICY = Message(
    en="{name} {version} is older than the policy allows: {oldest} or newer",
    zh="{name} {version} 早于策略允许的版本：须为 {oldest} 或更新",
)

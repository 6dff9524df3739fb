"""Messages of the command line."""

from wslgo.text.message import Message, Text

TROUBLE = Message(en="{path} {reason}", zh="{path} {reason}")
UNREADABLE = Message(en="cannot be read: {reason}", zh="无法读取：{reason}")
UNWRITABLE = Message(en="cannot be written: {reason}", zh="无法写入：{reason}")
ROOTS = Message(
    en="is owned by root: write it with wslgo fix --as-root",
    zh="属于 root：wslgo fix --as-root 可写入",
)
LINK_OUT = Message(
    en="is a link to outside the current folder: add --machine to confirm the change",
    zh="实际位于当前文件夹之外：加 --machine 可先查看更改再确认",
)
LINK_IN_CI = Message(
    en="is a link to outside the repository and is not read in CI", zh="是指向仓库之外的链接，在 CI 中不读取"
)
LEFT_OUT = Message(
    en="{path} is a link to outside the folder: name it to check it", zh="{path} 指向文件夹之外：如需检查，请指明该文件"
)
MORE_LEFT_OUT = Message(en="{count} more files are links to outside the folder", zh="另有 {count} 个文件指向文件夹之外")
TEAM_LEFT_OUT = Message(
    en="{path} is a link to outside the repository and is not read: use it with --config",
    zh="{path} 指向仓库之外，不予读取：如需使用，请用 --config 指明",
)
ANOTHERS = Message(en="is a file of the recorded machine: shown, not written", zh="是所记录机器的文件：仅显示，未写入")
NOT_AGREED = Message(en="was not written", zh="未写入")
NOT_APPLIED = Message(en="'{title}' was not applied to {paths}", zh="“{title}”未应用到 {paths}")
UNCONFIRMED = Message(
    en="'{title}' was not applied to {paths}: check the change, then confirm with --yes",
    zh="“{title}”未应用到 {paths}：请先查看更改，然后加 --yes 确认",
)
TOO_LARGE = Message(en="is larger than {megabytes} MB", zh="大于 {megabytes} MB")
UNKNOWN_FAMILY = Message(en="is not a supported file type", zh="不是 wslgo 认识的文件类型")
DOCUMENT = Message(en="is Markdown, which is read only with --docs", zh="是 Markdown，只有加上 --docs 才会读取")

NOTHING_TO_READ = Message(en="No supported files in {places}", zh="{places} 中没有 wslgo 认识的文件")
NO_PROBLEMS = Message(en="No problems in {files}", zh="{files}中没有问题")
FILES = Message(en="{count} files", zh="{count} 个文件")
ONE_FILE = Message(en="1 file", zh="1 个文件")

FIX = Message(en="fix", zh="修复")
FIX_UNSAFE = Message(en="fix, with --unsafe", zh="修复（需加 --unsafe）")
FIX_ELSEWHERE = Message(
    en="fix (changes {path}; use --machine or the editor)", zh="修复（会修改 {path}，请用 --machine 或编辑器）"
)
NOTE = Message(en="note", zh="备注")
NEXT = Message(en="next", zh="下一步")
MACHINE = Message(en="this machine", zh="本机")

COMMA = Message(en=", ", zh="，")
COLON = Message(en=": ", zh="：")

PROBLEMS = {
    "problem": (Message(en="1 problem", zh="1 个问题"), Message(en="{count} problems", zh="{count} 个问题")),
    "error": (Message(en="1 error", zh="1 个错误"), Message(en="{count} errors", zh="{count} 个错误")),
    "warning": (Message(en="1 warning", zh="1 个警告"), Message(en="{count} warnings", zh="{count} 个警告")),
    "information": (Message(en="1 info", zh="1 条信息"), Message(en="{count} info", zh="{count} 条信息")),
    "hint": (Message(en="1 hint", zh="1 个提示"), Message(en="{count} hints", zh="{count} 个提示")),
}
SUMMARY = Message(en="{problems} ({kinds})", zh="{problems}（{kinds}）")
FIXABLE = Message(en="{count} fixable with wslgo fix", zh="{count} 个可用 wslgo fix 修复")
FIXABLE_ONLY_UNSAFE = Message(en="{count} fixable with --unsafe", zh="{count} 个可加 --unsafe 修复")
FIXABLE_UNSAFE = Message(en="{count} more with --unsafe", zh="另有 {count} 个可加 --unsafe 修复")

FIXED_FILE = Message(en="{path}: fixed {problems}", zh="{path}：已修复 {problems}")
UNDO = Message(en="undo with wslgo undo {id}", zh="wslgo undo {id} 可恢复原文件")
FIXED = Message(en="{count} fixed", zh="已修复 {count} 个")
FIXABLE_NOW = Message(en="{count} can be fixed", zh="可修复 {count} 个")
LEFT = Message(en="{problems} left ({kinds})", zh="剩余 {problems}（{kinds}）")
REFUSED = Message(
    en="{count} fixes were not applied because they would not solve the problem",
    zh="因无法消除问题而未应用的修复：{count} 个",
)
NONE_LEFT = Message(en="none left", zh="没有剩余问题")


def counted(kind: str, count: int) -> Text:
    """`1 error`, `2 errors`."""
    one, many = PROBLEMS[kind]
    return one() if count == 1 else many(count=count)


def files(count: int) -> Text:
    """`1 file`, `2 files`."""
    return ONE_FILE() if count == 1 else FILES(count=count)

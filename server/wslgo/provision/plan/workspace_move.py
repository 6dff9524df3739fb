"""The plan of a move: one step that copies a workspace to the disk of Linux, verifies it and leaves the old folder."""

from collections.abc import Iterator

from wslgo.provision.model.step import CopyWorkspace, Plan, Step
from wslgo.provision.model.workspace_move import WorkspaceMove
from wslgo.text.message import Message, Text

ID = "workspace"
RESOLVES = ("machine/workspace-on-windows-drive", "machine/workspace-in-memory")
TITLE = Message(en="Copy {source} to {target}", zh="将 {source} 复制到 {target}")
REASON = Message(
    en="{files} files, {size} MB, compared by their checksums afterwards. The old folder stays as it is",
    zh="{files} 个文件，{size} MB，复制后按校验和比较。旧文件夹保持不变",
)
LEAVES_OUT = Message(
    en="not copied, because tools make it again: {path} ({size} MB)", zh="不复制，工具会重新生成：{path}（{size} MB）"
)
OF_GIT = Message(
    en="file modes, links and the case of names follow git's index; core.fileMode, core.symlinks and core.ignoreCase "
    "are set for Linux",
    zh="文件权限、链接和名称大小写以 git 索引为准；core.fileMode、core.symlinks 和 core.ignoreCase 按 Linux 设置",
)


def plan_of(move: WorkspaceMove) -> Plan:
    """Return the plan of a move."""
    left_out = (*(folder.path for folder in move.left_out), *move.dropped)
    action = CopyWorkspace(move.source, move.target, left_out, move.is_from_windows, move.keeps_modes)
    step = Step(
        ID,
        TITLE(source=move.source, target=move.target),
        REASON(files=move.files, size=megabytes(move.size)),
        (action,),
        warnings=tuple(_warnings(move)),
        resolves=RESOLVES,
    )
    return Plan((step,), move.notes)


def megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f}"


def _warnings(move: WorkspaceMove) -> Iterator[Text]:
    yield from (LEAVES_OUT(path=folder.path, size=megabytes(folder.size)) for folder in move.left_out)
    if move.is_from_windows and move.repositories:
        yield OF_GIT()

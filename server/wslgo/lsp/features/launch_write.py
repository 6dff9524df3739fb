"""Generated entries written to `launch.json` and `tasks.json` as edits of the client, so that it can undo them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from wslgo.launch.merge import merge
from wslgo.launch.merge.changes import Changes, changes
from wslgo.launch.merge.merge import LAUNCH, TASKS, Conflict, EntryPlace, Files, MergeRequest, MergeResult
from wslgo.lsp import convert
from wslgo.lsp.client_dialogs import short_list
from wslgo.lsp.client_progress import progress
from wslgo.lsp.command_types import LaunchFolder, WrittenDocuments
from wslgo.lsp.extensions import ASK, Proposal
from wslgo.lsp.features.launch_generate import GeneratedLaunch, generate_for_folder
from wslgo.lsp.outcome import Outcome
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.uris import path_of
from wslgo.lsp.words import notice
from wslgo.syntax.family import family_of
from wslgo.system.errors import reason
from wslgo.text.message import Message, Text
from wslgo.text.span import apply

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer

_LOOKING = Message(en="Looking at the Go programs of this folder", zh="正在查看此文件夹中的 Go 程序")
_UNTRUSTED = Message(
    en="wslgo generates launch configurations only in a trusted workspace, because it runs the go command there",
    zh="wslgo 仅在受信任的工作区中生成启动配置，因为这需要在其中运行 go 命令",
)
_NO_GO = Message(en="{path} has no Go program or test to debug", zh="{path} 中没有 Go 程序或测试，无可调试内容")
_UNREADABLE = Message(
    en="{path} cannot be read: {reason}. Nothing was changed", zh="无法读取 {path}：{reason}。未做任何更改"
)
_UNSAFE = Message(en="{path}: {reason}. Nothing was changed", zh="{path}：{reason}。未做任何更改")
_CANNOT_CREATE = Message(
    en="This editor cannot create {path}; run `wslgo launch --write` in a terminal",
    zh="此编辑器无法创建 {path}；可在终端中运行 `wslgo launch --write`",
)
_CHANGED = Message(
    en="The files changed in the meantime, so nothing was written. Generate again",
    zh="文件在此期间已被更改。未写入任何内容；请重新生成",
)
_UP_TO_DATE = Message(en="The launch configurations are up to date", zh="启动配置已是最新")
_KEPT = Message(
    en="Everything else is up to date; entries that you edited stay as they are: {names}",
    zh="其余内容已是最新；您编辑过的条目保持不变：{names}",
)
_ADDED = Message(en="added: {names}", zh="已添加：{names}")
_UPDATED = Message(en="changed: {names}", zh="已更改：{names}")
_REMOVED = Message(en="removed: {names}", zh="已删除：{names}")
_AND = Message(en="{first}; {second}", zh="{first}；{second}")
_DONE = Message(en="Launch configurations and tasks {what}", zh="启动配置和任务 {what}")
_REWRITTEN = Message(en="Launch configurations and tasks updated", zh="启动配置和任务已更新")
_OPEN = Message(en="Open launch.json", zh="打开 launch.json")

_TITLE = Message(en="{file}: '{name}' as it would be generated now", zh="{file}：'{name}' 的新生成结果")
_QUESTION = Message(
    en="You edited '{name}' in {file}. Replace it with the generated entry?",
    zh="您编辑过 {file} 中的 '{name}'。是否替换为新生成的条目？",
)
_REPLACE = Message(en="Replace", zh="替换")
_KEEP = Message(en="Keep Mine", zh="保留我的")

_FAMILIES = {name: family for name in (LAUNCH, TASKS) if (family := family_of(f"/.vscode/{name}")) is not None}


class Folder(NamedTuple):
    """The two files of a `.vscode` folder as the client has them; a missing file is an empty document."""

    launch: Document
    tasks: Document

    @property
    def files(self) -> Files:
        return Files(self.launch.file.source, self.tasks.file.source)

    def document(self, name: str) -> Document:
        return self.launch if name == LAUNCH else self.tasks


async def generate_launch(server: "WslgoServer", target: LaunchFolder) -> WrittenDocuments | None:
    """Generate entries, merge them, ask about edited ones, have the client write, and report the result."""
    if not server.session.workspace.is_trusted:
        server.show_error(_UNTRUSTED())
        return None
    async with progress(server, _LOOKING()) as shown:
        found = await generate_for_folder(server, target, shown.is_cancelled)
    if shown.is_cancelled():
        return None
    root = path_of(target.folder)
    folder = _folder_of(server, root)
    if isinstance(folder, Text):
        server.show_error(folder)
        return None
    if not any(found.generated) and not any(source.text for source in folder.files):
        server.report_outcome(Outcome(True, _NO_GO(path=root)))
        return None
    merged = await _merge(server, folder, found)
    return await _write(server, folder, merged) if merged is not None else None


def _folder_of(server: "WslgoServer", root: str) -> Folder | Text:
    path = ""
    try:
        documents = []
        for name, family in _FAMILIES.items():
            path = f"{root}/.vscode/{name}"
            documents.append(server.session.documents.now(path, family))
    except OSError as error:
        return _UNREADABLE(path=path, reason=reason(error))
    return Folder(*documents)


# Merging


async def _merge(server: "WslgoServer", folder: Folder, found: GeneratedLaunch) -> MergeResult | None:
    """Return both files after all questions; None if one of them cannot be edited safely."""
    request = MergeRequest(is_obsolete=lambda key: merge.is_obsolete(found.project, key))
    merged = merge.merge_entries(folder.files, found.generated, request)
    for name, why in merged.unwritable:
        server.show_error(_UNSAFE(path=folder.document(name).file.path, reason=why))
    if merged.unwritable:
        return None
    accepted = [place async for place in _confirmed_places(server, folder, merged.conflicts)]
    return (
        merge.merge_entries(folder.files, found.generated, request._replace(accepted=accepted)) if accepted else merged
    )


async def _confirmed_places(
    server: "WslgoServer", folder: Folder, conflicts: Iterable[Conflict]
) -> AsyncIterator[EntryPlace]:
    for conflict in conflicts:
        if await _may_replace(server, folder.document(conflict.place.file), conflict):
            yield conflict.place


async def _may_replace(server: "WslgoServer", document: Document, conflict: Conflict) -> bool:
    """Return whether an edited entry may be replaced; a client that can shows the diff first."""
    language, about = server.session.language, {"file": conflict.place.file, "name": conflict.name}
    question, replace, keep = (notice(words, language) for words in (_QUESTION(**about), _REPLACE, _KEEP))
    if server.session.client.can("ask"):
        asked = Proposal(
            path=document.file.path,
            title=notice(_TITLE(**about), language),
            before=document.text,
            after=apply(document.text, [conflict.edit]),
            question=question,
            answers=[replace, keep],
        )
        return bool(await server.protocol.send_request_async(ASK, asked) == replace)
    actions = [types.MessageActionItem(replace), types.MessageActionItem(keep)]
    answer = await server.window_show_message_request_async(
        types.ShowMessageRequestParams(types.MessageType.Warning, question, actions)
    )
    return _member(answer, "title") == replace


# Writing


async def _write(server: "WslgoServer", folder: Folder, merged: MergeResult) -> WrittenDocuments | None:
    # Tasks first: if only one file can be written, no entry names a missing task.
    pairs = ((folder.tasks, merged.files.tasks), (folder.launch, merged.files.launch))
    texts = [(document, new.text) for document, new in pairs if document.text != new.text]
    if not texts:
        kept = [conflict.name for conflict in merged.conflicts]
        server.report_outcome(Outcome(True, _KEPT(names=short_list(kept)) if kept else _UP_TO_DATE()))
        return None
    problem = _obstacle(server, [document for document, _ in texts])
    if problem is None:
        saved = [document.uri for document, _ in texts if server.session.documents.is_saved(document)]
        edit = types.ApplyWorkspaceEditParams(convert.rewriting(texts, server.session))
        if _member(await server.workspace_apply_edit_async(edit), "applied") is True:
            _report(server, folder, changes(folder.files, merged.files))
            return WrittenDocuments(saved)
        problem = _CHANGED()
    server.show_error(problem)
    return None


def _member(answer: object, name: str) -> object:
    """Return a member of an answer, which is the JSON that the client sent."""
    return answer.get(name) if isinstance(answer, dict) else None


def _obstacle(server: "WslgoServer", documents: Sequence[Document]) -> Text | None:
    """Return why the client cannot write these documents."""
    for document in documents:
        path = document.file.path
        if not server.session.client.creates_files and document.version is None and not Path(path).exists():
            return _CANNOT_CREATE(path=path)
        if server.session.documents.now(path, document.file.family).text != document.text:
            return _CHANGED()
    return None


def _report(server: "WslgoServer", folder: Folder, done: Changes) -> None:
    """Report the changes and offer to open the file; the command does not wait for the answer."""
    language = server.session.language
    open_it = types.MessageActionItem(notice(_OPEN, language))
    actions = [open_it] if server.session.client.shows_documents else []

    def open_launch(answer: types.MessageActionItem | None) -> None:
        if answer is not None:
            server.window_show_document(types.ShowDocumentParams(folder.launch.uri, take_focus=True))

    words = types.ShowMessageRequestParams(types.MessageType.Info, notice(_summary(done), language), actions)
    server.window_show_message_request(words, open_launch)


def _summary(done: Changes) -> Text:
    kinds = ((_ADDED, done.added), (_UPDATED, done.changed), (_REMOVED, done.removed))
    parts: list[Text] = [words(names=short_list(names)) for words, names in kinds if names]
    if not parts:
        return _REWRITTEN()
    what = parts[0]
    for part in parts[1:]:
        what = _AND(first=what, second=part)
    return _DONE(what=what)

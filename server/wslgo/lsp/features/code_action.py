"""Code actions: fixes, fixes as root, pages of topics, and ignoring a rule."""

from collections.abc import Callable

from lsprotocol import types

from wslgo.ide.code_action import (
    QUICK_FIX,
    Action,
    ActionContext,
    IgnoreComment,
    actions,
    findings_at,
    ignore_comments,
    wants,
)
from wslgo.lsp import convert
from wslgo.lsp.diagnostics import subject_of
from wslgo.lsp.feature_options import ACTIONS
from wslgo.lsp.ignore_actions import ignore_actions
from wslgo.lsp.jobs import IsCancelled, result_of
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.move_action import move_actions
from wslgo.lsp.root_actions import as_root
from wslgo.lsp.topic_actions import topic_actions

# With more text than this, the checks that an action needs run as a job.
_LARGE = 1 << 14


def register(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, ACTIONS)
    async def code_action(ls: WslgoServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        document = ls.session.documents.get(params.text_document.uri)
        if document is None or not ls.session.client.takes_actions:
            return None
        subject = subject_of(document, ls.session, ls.reports.of(document, ls.session).found)
        context = params.context
        only = None if context.only is None else tuple(context.only)
        is_invoked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic
        is_ignorable = is_invoked and wants(only, QUICK_FIX)
        place = convert.span(params.range, document)

        def work(subject: ActionContext) -> tuple[list[Action], list[IgnoreComment]]:
            found = list(actions(subject, place, only, is_invoked=is_invoked))
            return found, list(ignore_comments(subject, place)) if is_ignorable else []

        found, comments = await _of(subject, work, ls)
        reachable = [
            (action, convert.code_action(action, document, ls.session))
            for action in found
            if convert.reaches(action, document, ls.session)
        ]
        shown = list(as_root(reachable, document, ls.session))
        if wants(only, QUICK_FIX):
            shown += move_actions(findings_at(subject, place), document, ls.session)
        if is_ignorable:
            shown += topic_actions(findings_at(subject, place), document, ls.session)
            shown += ignore_actions(findings_at(subject, place), comments, document, ls.session)
        return shown


Found = tuple[list[Action], list[IgnoreComment]]


async def _of(subject: ActionContext, work: Callable[[ActionContext], Found], server: WslgoServer) -> Found:
    if len(subject.file.source.text) <= _LARGE or subject.file.is_too_large:
        return work(subject)

    def in_thread(is_cancelled: IsCancelled) -> Found:
        return work(subject._replace(is_cancelled=is_cancelled))

    return await result_of(server.start, in_thread)

"""Code actions: fixes, silencing, and what the client does for either."""

from lsprotocol import types

from wslgo.ide.code_action import FIX_ALL, QUICK_FIX, Action, Subject, actions, at, wants
from wslgo.lsp import client_actions, convert
from wslgo.lsp.diagnostics import subject_of
from wslgo.lsp.jobs import IsCancelled, result_of
from wslgo.lsp.language_server import WslgoServer
from wslgo.text.span import Span

# Beyond so much text the checks that an action needs go to a thread.
_LARGE = 1 << 14

ACTIONS = types.CodeActionOptions(code_action_kinds=[QUICK_FIX, FIX_ALL])


def register(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, ACTIONS)
    async def code_action(ls: WslgoServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        document = ls.session.document(params.text_document.uri)
        if document is None or not ls.session.client.takes_actions:
            return None
        subject = subject_of(document, ls.session, ls.reports.of(document, ls.session).found)
        context = params.context
        only = None if context.only is None else tuple(context.only)
        is_invoked = context.trigger_kind is not types.CodeActionTriggerKind.Automatic
        place = convert.span(params.range, document)
        found = [
            (action, convert.code_action(action, document, ls.session))
            for action in await _found(ls, subject, place, only, is_invoked=is_invoked)
            if convert.reaches(action, document, ls.session)
        ]
        shown = list(client_actions.as_root(found, document, ls.session))
        if is_invoked and wants(only, QUICK_FIX):
            shown += client_actions.silencers(at(subject, place), document, ls.session)
        return shown


async def _found(
    server: WslgoServer, subject: Subject, place: Span, only: tuple[str, ...] | None, *, is_invoked: bool
) -> list[Action]:
    if len(subject.file.source.text) <= _LARGE or subject.file.is_too_large:
        return list(actions(subject, place, only, is_invoked=is_invoked))

    def work(is_cancelled: IsCancelled) -> list[Action]:
        return list(actions(subject._replace(is_cancelled=is_cancelled), place, only, is_invoked=is_invoked))

    return await result_of(server.start, work)

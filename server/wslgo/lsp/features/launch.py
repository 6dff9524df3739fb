"""Launch configurations: lenses, explanations, generation."""

from typing import Any

from lsprotocol import types

from wslgo.ide.code_lens import code_lenses
from wslgo.lsp import convert
from wslgo.lsp.command_types import EntryNumber, LaunchFolder, WrittenDocuments
from wslgo.lsp.extensions import DEBUG_CONFIGURATIONS, EXPLAIN_ENTRY, GENERATE_LAUNCH
from wslgo.lsp.language_server import WslgoServer
from wslgo.lsp.pages import entry_page

LENSES = types.CodeLensOptions(resolve_provider=False)


def register(server: WslgoServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, LENSES)
    def lens(ls: WslgoServer, params: types.CodeLensParams) -> list[types.CodeLens]:
        document = ls.session.documents.get(params.text_document.uri)
        return convert.lenses(code_lenses(document.file), document, ls.session) if document is not None else []

    @server.command(EXPLAIN_ENTRY)
    def _explain(ls: WslgoServer, argument: EntryNumber) -> str:
        return entry_page(ls.session, ls.reports, argument)

    @server.command(DEBUG_CONFIGURATIONS)
    async def _configurations(ls: WslgoServer, argument: LaunchFolder) -> list[Any]:
        # What generates and merges entries: 20 ms, and most sessions never need it.
        from wslgo.lsp.features.launch_generate import configurations

        return await configurations(ls, argument)

    @server.command(GENERATE_LAUNCH)
    async def _generate(ls: WslgoServer, argument: LaunchFolder) -> WrittenDocuments | None:
        from wslgo.lsp.features.launch_write import generate_launch  # see above

        return await generate_launch(ls, argument)

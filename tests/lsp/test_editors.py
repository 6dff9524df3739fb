"""Whole conversations over standard input and output, with clients that are not ours."""

import os
import sys
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

from wire import SERVER

TEXT = "[user]\ndefault=me\n[boot]\nsystemd=yes # 😀\n[boot] 😀\n"


def make_client() -> LanguageClient:
    client = make_test_lsp_client()

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_params: types.RegistrationParams) -> None:
        """Nothing to be done about it: no file of a test changes under the editor."""

    return client


CONFIG = ClientServerConfig(
    server_command=[sys.executable, "-m", "wslgo", "lsp"],
    server_env={**os.environ, "PYTHONPATH": str(SERVER)},
    client_factory=make_client,
)


def capabilities(name: str) -> types.ClientCapabilities:
    """pytest-lsp's VS Code is of a time before pull diagnostics."""
    found = client_capabilities(name)
    if name == "visual_studio_code" and found.text_document:
        found.text_document.diagnostic = types.DiagnosticClientCapabilities(dynamic_registration=True)
    return found


@pytest_lsp.fixture(config=CONFIG, params=["visual_studio_code", "neovim"])
async def client(lsp_client: LanguageClient, request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]
    params = types.InitializeParams(capabilities=capabilities(request.param), root_uri=tmp_path.as_uri())
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


async def opened(client: LanguageClient, path: Path, text: str) -> str:
    path.write_text(text)
    document = types.TextDocumentItem(path.as_uri(), "wslconf", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    return path.as_uri()


async def diagnostics(client: LanguageClient, uri: str) -> list[types.Diagnostic]:
    """Return the diagnostics that the client shows, by pull or by push."""
    text_document = client.capabilities.text_document if client.capabilities else None
    if text_document is None or text_document.diagnostic is None:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return list(client.diagnostics[uri])
    identifier = types.TextDocumentIdentifier(uri)
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(identifier))
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return list(report.items)


async def test_an_editor_shows_a_finding_and_applies_its_fix(client: LanguageClient, tmp_path: Path) -> None:
    uri = await opened(client, tmp_path / "wsl.conf", TEXT)
    found = next(
        diagnostic for diagnostic in await diagnostics(client, uri) if diagnostic.code == "wslconf/invalid-boolean"
    )
    assert (found.range.start.line, found.range.start.character, found.range.end.character) == (3, 8, 11)
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), found.range, types.CodeActionContext([found]))
    actions = await client.text_document_code_action_async(params)
    action = actions[0] if actions else None
    assert isinstance(action, types.CodeAction)
    assert action.is_preferred
    assert action.diagnostics
    assert action.diagnostics[0].code == found.code


@pytest.mark.slow
async def test_an_editor_hovers_completes_and_outlines(client: LanguageClient, tmp_path: Path) -> None:
    uri = await opened(client, tmp_path / "wsl.conf", TEXT)
    document = types.TextDocumentIdentifier(uri)
    hover = await client.text_document_hover_async(types.HoverParams(document, types.Position(3, 2)))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "boot.systemd" in hover.contents.value
    items = await client.text_document_completion_async(types.CompletionParams(document, types.Position(3, 10)))
    shown = items.items if isinstance(items, types.CompletionList) else items
    assert [item.label for item in shown or ()] == ["true", "false"]
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert [symbol.name for symbol in symbols or ()] == ["user", "boot"]


@pytest.mark.slow
async def test_a_finding_after_an_emoji_is_at_the_column_that_the_editor_counts(
    client: LanguageClient, tmp_path: Path
) -> None:
    uri = await opened(client, tmp_path / "wsl.conf", TEXT)
    bad = next(diagnostic for diagnostic in await diagnostics(client, uri) if diagnostic.range.start.line == 4)
    counts_bytes = client.capabilities is not None and client.capabilities.general is not None
    unit = (client.capabilities.general.position_encodings or ["utf-16"])[0] if counts_bytes else "utf-16"  # type: ignore[union-attr]
    assert bad.range.end.character - bad.range.start.character in ({4} if unit == "utf-8" else {1, 2})

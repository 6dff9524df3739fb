"""What a client can do, read once from its capabilities."""

from typing import NamedTuple, cast

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder, get_capability

from wslgo.message import Language
from wslgo.text import Unit


class Client(NamedTuple):
    """The other side; the defaults are a client that can nothing."""

    unit: Unit = "utf-16"
    pulls: bool = False
    refreshes: bool = False
    versions_edits: bool = False
    annotates_edits: bool = False
    shows_related: bool = False
    shows_tags: bool = False
    keeps_data: bool = False
    takes_snippets: bool = False
    strikes_through: bool = False
    reads_markdown: bool = False
    reads_markdown_items: bool = False
    nests_symbols: bool = False
    takes_actions: bool = False
    is_configurable: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False


def client_of(capabilities: types.ClientCapabilities) -> Client:
    """The client behind `initialize`."""

    def has(path: str) -> bool:
        return bool(get_capability(capabilities, path, default=False))

    diagnostics = "text_document.diagnostic" if has("text_document.diagnostic") else "text_document.publish_diagnostics"
    item = "text_document.completion.completion_item"
    return Client(
        unit=cast("Unit", str(ServerCapabilitiesBuilder.choose_position_encoding(capabilities).value)),
        pulls=capabilities.text_document is not None and capabilities.text_document.diagnostic is not None,
        refreshes=has("workspace.diagnostics.refresh_support"),
        versions_edits=has("workspace.workspace_edit.document_changes"),
        annotates_edits=capabilities.workspace is not None
        and capabilities.workspace.workspace_edit is not None
        and capabilities.workspace.workspace_edit.change_annotation_support is not None,
        shows_related=has(f"{diagnostics}.related_information")
        or has("text_document.publish_diagnostics.related_information"),
        shows_tags=bool(
            get_capability(capabilities, f"{diagnostics}.tag_support")
            or get_capability(capabilities, "text_document.publish_diagnostics.tag_support")
        ),
        keeps_data=has(f"{diagnostics}.data_support") or has("text_document.publish_diagnostics.data_support"),
        takes_snippets=has(f"{item}.snippet_support"),
        strikes_through=get_capability(capabilities, f"{item}.tag_support") is not None,
        reads_markdown=_reads_markdown(get_capability(capabilities, "text_document.hover.content_format")),
        reads_markdown_items=_reads_markdown(get_capability(capabilities, f"{item}.documentation_format")),
        nests_symbols=has("text_document.document_symbol.hierarchical_document_symbol_support"),
        takes_actions=get_capability(capabilities, "text_document.code_action.code_action_literal_support") is not None,
        is_configurable=has("workspace.configuration"),
        registers_configuration=has("workspace.did_change_configuration.dynamic_registration"),
        registers_watchers=has("workspace.did_change_watched_files.dynamic_registration"),
    )


def language_of(wish: object, locale: object) -> Language:
    """The language of our words: what the user wishes, else that of the editor."""
    chosen = wish if isinstance(wish, str) and wish not in ("", "auto") else locale
    return "zh" if isinstance(chosen, str) and chosen.lower().startswith("zh") else "en"


def _reads_markdown(formats: object) -> bool:
    return isinstance(formats, (list, tuple)) and types.MarkupKind.Markdown in formats

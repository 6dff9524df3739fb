"""The abilities of a client, read once when it connects."""

from collections.abc import Sequence
from typing import NamedTuple

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder, get_capability

from wslgo.lsp.extensions import Ability, Options
from wslgo.text.message import Language
from wslgo.text.span import Unit


class Client(NamedTuple):
    """The abilities of a client; by default it has none."""

    unit: Unit = "utf-16"
    pulls: bool = False
    refreshes: bool = False
    refreshes_hints: bool = False
    refreshes_lenses: bool = False
    versions_edits: bool = False
    annotates_edits: bool = False
    creates_files: bool = False
    shows_related: bool = False
    shows_tags: bool = False
    keeps_data: bool = False
    takes_snippets: bool = False
    strikes_through: bool = False
    reads_markdown: bool = False
    reads_markdown_items: bool = False
    resolves_items: bool = False
    shares_defaults: bool = False
    nests_symbols: bool = False
    shows_documents: bool = False
    shows_progress: bool = False
    takes_actions: bool = False
    is_configurable: bool = False
    registers_configuration: bool = False
    registers_watchers: bool = False
    registers_documents: bool = False
    abilities: frozenset[str] = frozenset()
    shows_health: bool = False
    rule_pages: str = ""

    def can(self, ability: Ability) -> bool:
        """Return whether the client takes part in something that LSP does not have."""
        return ability in self.abilities


def client_of(capabilities: types.ClientCapabilities, options: Options) -> Client:
    """Return the client that has sent `initialize`."""

    def get(path: str) -> object:
        return get_capability(capabilities, path)

    def of_diagnostics(name: str) -> bool:
        return bool(get(f"text_document.diagnostic.{name}") or get(f"text_document.publish_diagnostics.{name}"))

    item = "text_document.completion.completion_item"
    return Client(
        unit=_unit(capabilities),
        pulls=get("text_document.diagnostic") is not None,
        refreshes=bool(get("workspace.diagnostics.refresh_support")),
        refreshes_lenses=bool(get("workspace.code_lens.refresh_support")),
        refreshes_hints=bool(get("workspace.inlay_hint.refresh_support")),
        versions_edits=bool(get("workspace.workspace_edit.document_changes")),
        annotates_edits=get("workspace.workspace_edit.change_annotation_support") is not None,
        creates_files=types.ResourceOperationKind.Create
        in _several(get("workspace.workspace_edit.resource_operations")),
        shows_related=of_diagnostics("related_information"),
        shows_tags=of_diagnostics("tag_support"),
        keeps_data=of_diagnostics("data_support"),
        takes_snippets=bool(get(f"{item}.snippet_support")),
        strikes_through=get(f"{item}.tag_support") is not None,
        reads_markdown=types.MarkupKind.Markdown in _several(get("text_document.hover.content_format")),
        reads_markdown_items=types.MarkupKind.Markdown in _several(get(f"{item}.documentation_format")),
        resolves_items="documentation" in _several(get(f"{item}.resolve_support.properties")),
        shares_defaults={"editRange", "data"}
        <= {*_several(get("text_document.completion.completion_list.item_defaults"))},
        shows_progress=bool(get("window.work_done_progress")),
        shows_documents=bool(get("window.show_document.support")),
        nests_symbols=bool(get("text_document.document_symbol.hierarchical_document_symbol_support")),
        takes_actions=get("text_document.code_action.code_action_literal_support") is not None,
        is_configurable=bool(get("workspace.configuration")),
        registers_configuration=bool(get("workspace.did_change_configuration.dynamic_registration")),
        registers_watchers=bool(get("workspace.did_change_watched_files.dynamic_registration")),
        registers_documents=all(
            get(f"text_document.{name}.dynamic_registration")
            for name in ("synchronization", "diagnostic", "code_action")
        ),
        abilities=options.can,
        shows_health=options.health,
        rule_pages=options.rule_pages if of_diagnostics("code_description_support") else "",
    )


def _unit(capabilities: types.ClientCapabilities) -> Unit:
    """Return the client's first choice that pygls supports: its answer to `initialize` names it."""
    chosen = ServerCapabilitiesBuilder.choose_position_encoding(capabilities)
    return types.PositionEncodingKind(chosen).value


def language_of(setting: object, locale: object) -> Language:
    """Return the language of messages: that of the setting, else that of the editor."""
    chosen = setting if isinstance(setting, str) and setting not in ("", "auto") else locale
    return "zh" if isinstance(chosen, str) and chosen.lower().startswith("zh") else "en"


def _several(found: object) -> Sequence[object]:
    """Return a list of the capabilities; empty if it is missing."""
    return found if isinstance(found, (list, tuple)) else ()

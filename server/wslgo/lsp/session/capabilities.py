"""The abilities of a client, read once when it connects."""

from typing import NamedTuple, get_args

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


def client_of(capabilities: object, options: Options) -> Client:
    """Return the client that has sent `initialize`; raises ValueError for capabilities of the wrong shape."""
    if not isinstance(capabilities, dict):
        raise ValueError("'capabilities' is an object")

    def get(path: str) -> object:
        found: object = capabilities
        for name in path.split("."):
            if found is None:
                return None
            if not isinstance(found, dict):
                raise ValueError(f"'capabilities.{path}' is not an object all along")
            found = found.get(name)
        return found

    def several(path: str) -> list[object]:
        found = get(path)
        return found if isinstance(found, list) else []

    def of_diagnostics(name: str) -> bool:
        return bool(get(f"textDocument.diagnostic.{name}") or get(f"textDocument.publishDiagnostics.{name}"))

    units: tuple[Unit, ...] = get_args(Unit)
    wanted_units = several("general.positionEncodings")  # the first is the most wanted
    item = "textDocument.completion.completionItem"
    defaults = several("textDocument.completion.completionList.itemDefaults")
    return Client(
        unit=next((unit for wanted in wanted_units for unit in units if unit == wanted), "utf-16"),
        pulls=get("textDocument.diagnostic") is not None,
        refreshes=bool(get("workspace.diagnostics.refreshSupport")),
        refreshes_lenses=bool(get("workspace.codeLens.refreshSupport")),
        refreshes_hints=bool(get("workspace.inlayHint.refreshSupport")),
        versions_edits=bool(get("workspace.workspaceEdit.documentChanges")),
        annotates_edits=get("workspace.workspaceEdit.changeAnnotationSupport") is not None,
        creates_files="create" in several("workspace.workspaceEdit.resourceOperations"),
        shows_related=of_diagnostics("relatedInformation"),
        shows_tags=of_diagnostics("tagSupport"),
        keeps_data=of_diagnostics("dataSupport"),
        takes_snippets=bool(get(f"{item}.snippetSupport")),
        strikes_through=get(f"{item}.tagSupport") is not None,
        reads_markdown="markdown" in several("textDocument.hover.contentFormat"),
        reads_markdown_items="markdown" in several(f"{item}.documentationFormat"),
        resolves_items="documentation" in several(f"{item}.resolveSupport.properties"),
        shares_defaults="editRange" in defaults and "data" in defaults,
        shows_progress=bool(get("window.workDoneProgress")),
        shows_documents=bool(get("window.showDocument.support")),
        nests_symbols=bool(get("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")),
        takes_actions=get("textDocument.codeAction.codeActionLiteralSupport") is not None,
        is_configurable=bool(get("workspace.configuration")),
        registers_configuration=bool(get("workspace.didChangeConfiguration.dynamicRegistration")),
        registers_watchers=bool(get("workspace.didChangeWatchedFiles.dynamicRegistration")),
        registers_documents=all(
            get(f"textDocument.{name}.dynamicRegistration") for name in ("synchronization", "diagnostic", "codeAction")
        ),
        abilities=options.can,
        shows_health=options.health,
        rule_pages=options.rule_pages if of_diagnostics("codeDescriptionSupport") else "",
    )


def language_of(setting: object, locale: object) -> Language:
    """Return the language of messages: that of the setting, else that of the editor."""
    chosen = setting if isinstance(setting, str) and setting not in ("", "auto") else locale
    return "zh" if isinstance(chosen, str) and chosen.lower().startswith("zh") else "en"

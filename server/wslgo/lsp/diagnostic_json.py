"""Diagnostics as the JSON that is sent, one text for each finding.

They are written without the types of lsprotocol, which take ten times as long. The text of an entry of `launch.json`
that has not changed is used again; only its line numbers are new if lines were added above it.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from wslgo.linter.check import order
from wslgo.linter.entries import Judged, Placed
from wslgo.linter.finding import Related, Reported
from wslgo.lsp.session.document import Document
from wslgo.lsp.session.session import Session
from wslgo.lsp.wire.json_text import JsonText
from wslgo.lsp.words import plain
from wslgo.text.span import Position, Span

SOURCE = "wslgo"

Json = dict[str, Any]

# Stands for a line number; no text from a file contains it, since control characters are spelled out.
_LINE = "\x00"
_LINE_TEXT = json.dumps(_LINE)


NO_DIAGNOSTICS = JsonText()


class _EntryTexts(NamedTuple):
    """The texts of the findings about an entry that begins at a `character`, with lines from its first one."""

    character: int
    line: int
    lines: tuple[tuple[int, ...], ...]
    templates: tuple[str, ...]
    texts: tuple[str, ...]


def texts_of(found: Iterable[Reported], document: Document, session: Session) -> JsonText:
    """Return the diagnostics of a document, separated by commas."""
    return JsonText(", ".join(json.dumps(diagnostic(reported, document, session)) for reported in found))


def texts_of_entries(judged: Judged, document: Document, session: Session) -> JsonText:
    """Return the diagnostics of a document that was judged entry by entry."""
    by_entry = [(placed, _texts_of_entry(placed, document, session)) for placed in judged.entries if placed.shown.found]
    if not judged.others:
        return JsonText(", ".join(text for _, texts in by_entry for text in texts))
    all_texts = [
        (_order(reported, placed.start), text)
        for placed, texts in by_entry
        for reported, text in zip(placed.shown.found, texts, strict=True)
    ]
    all_texts += (
        (_order(reported, 0), json.dumps(diagnostic(reported, document, session))) for reported in judged.others
    )
    return JsonText(", ".join(text for _, text in sorted(all_texts, key=lambda pair: pair[0])))


def _texts_of_entry(placed: Placed, document: Document, session: Session) -> tuple[str, ...]:
    line, character = document.positions.position(placed.start)
    known = placed.shown.cache
    if not isinstance(known, _EntryTexts) or known.character != character:
        made = [_template(reported, line, document, session) for reported in placed.found()]
        known = _EntryTexts(character, -1, tuple(lines for lines, _ in made), tuple(text for _, text in made), ())
    if known.line != line:
        pairs = zip(known.templates, known.lines, strict=True)
        texts = tuple(template % tuple(line + each for each in lines) for template, lines in pairs)
        known = placed.shown.cache = known._replace(line=line, texts=texts)
    return known.texts


def _order(reported: Reported, start: int) -> tuple[int, int, int, str]:
    """Return the place of a finding in the list, as `check` sorts it."""
    span, severity, rule = order(reported)
    return span.start + start, span.end + start, severity, rule


def _template(reported: Reported, first: int, document: Document, session: Session) -> tuple[tuple[int, ...], str]:
    """Return the text of a diagnostic with places for its lines, and these lines counted from the `first` one."""
    made = diagnostic(reported, document, session)
    own = [made["range"]]
    own += [
        place["location"]["range"]
        for place in made.get("relatedInformation", ())
        if place["location"]["uri"] == document.uri
    ]
    lines = []
    for end in (range_[end] for range_ in own for end in ("start", "end")):
        lines.append(end["line"] - first)
        end["line"] = _LINE
    return tuple(lines), json.dumps(made).replace("%", "%%").replace(_LINE_TEXT, "%d")


def diagnostic(reported: Reported, document: Document, session: Session) -> Json:
    """Return a finding as a diagnostic."""
    finding, client = reported.finding, session.client
    made: Json = {
        "range": _range(finding.span, document),
        "message": plain(finding.message, session.language),
        "severity": int(reported.severity),
        "code": reported.rule,
    }
    if client.rule_pages:
        made["codeDescription"] = {"href": client.rule_pages.replace("{rule}", reported.rule)}
    made["source"] = SOURCE
    if client.shows_tags and finding.tags:
        made["tags"] = [int(tag) for tag in finding.tags]
    if client.shows_related and (related := _related(finding.related, document, session)):
        made["relatedInformation"] = related
    if client.keeps_data:
        made["data"] = {"fixes": len(finding.fixes)}
    return made


def _related(places: Iterable[Related], document: Document, session: Session) -> list[Json]:
    found = ((place, session.document_at(place.path) if place.path else document) for place in places)
    return [
        {
            "location": {"uri": there.uri, "range": _range(place.span, there)},
            "message": plain(place.message, session.language),
        }
        for place, there in found
        if there is not None
    ]


def _range(span: Span, document: Document) -> Json:
    at = document.positions.position
    return {"start": _place(at(span.start)), "end": _place(at(span.end))}


def _place(position: Position) -> Json:
    return {"line": position.line, "character": position.character}

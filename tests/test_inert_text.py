"""Text from files, paths, answers and environments is inert wherever it is shown.

It never becomes a link, an image, HTML, a block, a command or an icon, and it stays readable.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machines import host
from payloads import ICON, LINKED, MARKUP, OBEYED, PAYLOADS, TELLING, blocks, faults, seen
from wslgo.cli.output import as_sarif
from wslgo.doctor import page as healthpage
from wslgo.ide import code_lens
from wslgo.ide.completion.completion import complete
from wslgo.ide.document_symbol import document_symbols
from wslgo.ide.hover.hover import hover
from wslgo.ide.inlay_hint import inlay_hints
from wslgo.ide.page import launch_entry, rule
from wslgo.linter.check import check
from wslgo.linter.machine_check import every_machine_finding
from wslgo.linter.scene import Scene
from wslgo.linter.settings import Settings
from wslgo.lsp.words import label, notice, plain
from wslgo.machine.host import Host, Snapshot
from wslgo.provision.apply.context import DriftError, Event
from wslgo.provision.apply.ledger import DONE, FAILED, ActionRecord
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.model.step import (
    Action,
    CopyWorkspace,
    GoInstall,
    InstallPackages,
    InstallToolchain,
    MoveFolder,
    Plan,
    RunFixed,
    Step,
    Switch,
    WriteFile,
)
from wslgo.provision.report import plan_page, result_page
from wslgo.syntax.family import by_name
from wslgo.syntax.file import read
from wslgo.syntax.json.record import text_from_json
from wslgo.text.markdown import code, code_block, literal, sentence
from wslgo.text.message import Language, Markdown, Message, redact, visible
from wslgo.text.source import Source

LAUNCHES = (("launch", "debug"), ("launch", "exec"), ("attach", "remote"), ("launch", "?"), ("?", "?"))
RECORD = ActionRecord(1, 0, "wrote", {})
SAID = Message(en="It says {words}: nothing", zh="{words}：无")


def test_pages_are_markdown_by_their_type() -> None:
    made = (
        rule.rule_page("wsl/unknown-key"),
        rule.rule_page("none](command:x)"),
        healthpage.markdown(None),
        plan_page.markdown(Plan(), None, (), "en"),
        result_page.done_page([], (), "en"),
        result_page.undone_page([], (), "en"),
        launch_entry.launch_entry_page(scene("{}", "launch"), 0),
    )
    assert all(type(page) is Markdown for page in made)


# Pieces


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("template", ["{}", "x {} y", "**{}**: x", "- {}", "> {}", "# {}", "{}\n{}", "x\n{}", "{0}{0}"])
def test_text_in_markdown_is_text(template: str, payload: str) -> None:
    for made, spelled in ((literal(payload), payload.replace("\n", " ")), (code(payload), payload)):
        page = template.format(made, made)
        assert not faults(page)
        assert "".join(visible(redact(spelled)).split()) in seen(page)
        assert blocks(page) == blocks(template.format("x", "x"))


FRAGMENTS = (
    *("[", "]", "(", ")", "!", "`", "``", "<", ">", "&", "lt;", "&#91;", "\\", "\n", "*", "_", "~~", "^", "$", "$("),
    *("http://evil.invalid/x", "www.evil.invalid", "a@evil.invalid", "//evil.invalid", "https://", "command:x"),
    *("# ", "- ", "+ ", "1. ", "> ", "| a |", "---", "===", " ", "    ", "x", "]: http://evil.invalid", "mailto:"),
    *(
        "<a href='command:x'>",
        "</p>",
        "<!--",
        "-->",
        "<img src=x>",
        "。",
        "，",
        "\u00a0",
        "\u202e",
        "\x1b",
        "é",
        "{",
        "}",
    ),
)


TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("".join)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, derandomize=True)
@given(TEXTS, TEXTS)
def test_whatever_text_is_made_of_it_is_text(first: str, second: str) -> None:
    for template in ("{} {}", "**{}**: {}", "- {}\n- {}", "{},{}", "> {}\n\n{}", "{}\n{}"):
        for made in (literal, code):
            page = template.format(literal(first), made(second))
            assert not faults(page)
            assert not {*blocks(page)} - {"paragraph_open", "bullet_list_open", "list_item_open", "blockquote_open"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_in_a_fence_is_code(payload: str) -> None:
    page = f"{code_block(payload, 'diff')}\n\nx"
    assert not faults(page)
    assert blocks(page) == ["fence", "paragraph_open"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/mnt/c/Users/me/go (1).txt", "/mnt/c/Users/me/go (1).txt"),
        ("[wsl2] memory=8GB", r"\[wsl2\] memory=8GB"),
        ("-1", "-1"),
        ("1.25", "1.25"),
        ("a & b", "a & b"),
        ("gopls@latest", "gopls@latest"),
        ("#cgo", "#cgo"),
        ("C:\\Users", "C:\\\\Users"),
        ("see https://goproxy.cn,direct", "see `https://goproxy.cn,direct`"),
    ],
)
def test_ordinary_text_stays_readable_where_markdown_is_not_rendered(text: str, shown: str) -> None:
    assert literal(text) == shown


def test_an_argument_in_quotes_is_quoted_before_it_is_made_inert() -> None:
    quoted = Message(en="it is {words!r}", zh="它是 {words!r}")
    assert sentence(quoted(words="a_b"), "en") == r"it is 'a\_b'"
    assert seen(sentence(quoted(words="'[a](command:x)"), "en")) == "itis" + "".join(repr("'[a](command:x)").split())
    assert quoted(words="a_b").render() == "it is 'a_b'"


def test_what_is_neither_text_nor_number_is_text_too() -> None:
    assert not faults(sentence(SAID(words=Path("[a](command:x)")), "en"))
    assert not faults(sentence(SAID(words=ValueError("<img src=x>")), "en"))
    assert sentence(Message(en="{count:,}", zh="")(count=12345), "en") == "12,345"


def test_markdown_of_wslgo_itself_stays_markdown_in_sentences_within_sentences() -> None:
    inner = SAID(words=code("a`b"))
    assert sentence(SAID(words=inner), "en") == "It says It says `` a`b ``: nothing: nothing"
    assert seen(sentence(SAID(words=SAID(words="*a*")), "en")) == "ItsaysItsays*a*:nothing:nothing"


@pytest.mark.parametrize("payload", MARKUP)
def test_a_notification_shows_a_payload_as_it_is(payload: str) -> None:
    shown = notice(SAID(words=payload), "en")
    assert shown.replace("\u200b", "") == f"It says {redact(payload)}: nothing"
    assert not LINKED.search(shown)


def test_a_notification_without_markup_is_not_touched() -> None:
    words = "[wsl2] memory (8GB) $HOME a[0]"
    assert notice(SAID(words=words), "en") == f"It says {words}: nothing"


# Hovers, completion, lenses, outlines, findings: of files that are payloads wherever they can be


def scene(text: str, family: str, machine: Host | None = None, place: str = "") -> Scene:
    known = by_name(family)
    assert known is not None
    path = place or f"/w/{family}"
    return Scene(read(path, known, Source(text), path), (), machine or Host())


def files(payload: str) -> Iterator[tuple[str, str]]:
    """Return families with texts that have a payload at each kind of place."""
    line, value = visible(payload), json.dumps(payload)
    yield "wslconfig", f"[wsl2]\nmemory={line}\n{line}=1\nkernel = {line}\nmemory=8GB\n[{line}]\nx={line}\n"
    yield "wslconfig", f"[wsl2]\nkernel={line}\nkernelCommandLine={line}\nnetworkingMode={line}\n"
    yield "wslconf", f"[automount]\nroot={line}\noptions={line}\n[boot]\ncommand={line}\nsystemd={line}\n"
    yield "goenv", f"GOPROXY={line}\nGOSUMDB={line}\nGOFLAGS={line}\nGOPATH={line}\nCGO_CFLAGS={line}\n{line}=1\n"
    yield "goenv", f"GOPROXY=https://evil.invalid/{line},direct,{line}|off,{line}\n"
    yield "shell", f"export GOPROXY='{line}'\nexport GOCACHE={line}\n"
    yield "environment", f'GOPROXY="{line}"\nGOFLAGS={line}\n'
    yield "dotenv", f'GOPROXY="{line}"\nCUDA_VISIBLE_DEVICES={line}\n'
    yield "settings", f'{{"go.toolsEnvVars": {{"GOPROXY": {value}, {value}: {value}}}}}'
    for request, mode in LAUNCHES:
        yield "launch", json.dumps(launch(payload, request, mode))


def launch(payload: str, request: str, mode: str) -> Any:
    texts = ("name", "program", "cwd", "host", "port", "envFile", "output", "console", "dlvFlags", "backend", payload)
    names = (payload, "GOPROXY", "CGO_CFLAGS", "CUDA_VISIBLE_DEVICES")
    entry = {
        **dict.fromkeys(texts, payload),
        "type": "go",
        "request": payload if request == "?" else request,
        "mode": payload if mode == "?" else mode,
        "args": [payload, "a"],
        "buildFlags": f"-tags={payload}",
        "env": dict.fromkeys(names, payload) | {"CGO_ENABLED": "1"},
        "windows": {"env": {payload: payload}},
    }
    return {"version": "0.2.0", "configurations": [entry, {**entry, "port": 1, "debugAdapter": "legacy"}]}


def shown_of(subject: Scene, language: Language) -> Iterator[tuple[str, str]]:
    """Yield all that an editor shows of a file in Markdown, and in places that show text; each with its kind."""
    found = check(subject.file, Settings(), subject.others, subject.host, subject.project)
    text = subject.file.source.text
    for place in re.finditer(r"^|[\[=:\"{, ]+", text, re.MULTILINE):
        about = hover(subject, place.end(), found, language)
        if about is not None:
            yield "markdown", about.markdown(language)
    for place in re.finditer("^|=", text, re.MULTILINE):
        for item in complete(subject, place.end()):
            if item.about:
                yield "markdown", sentence(item.about, language)
            yield "label", label(item.label)
    for reported in found:
        yield "markdown", sentence(reported.finding.message, language)
        yield "plain", plain(reported.finding.message, language)
        yield "sarif", as_sarif._words(reported.finding.message, language)
        for fix in reported.finding.fixes:
            yield "plain", plain(fix.title, language)
            yield "sarif", as_sarif._words(fix.title, language)
    yield from (("label", notice(lense.title, language)) for lense in code_lens.code_lenses(subject.file))
    yield from (("label", label(symbol.name)) for symbol in document_symbols(subject.file))
    yield from (("label", plain(hint.words, language)) for hint in inlay_hints(subject))
    if subject.file.family.name == "launch":
        yield from (
            ("markdown", launch_entry.launch_entry_page(subject, number, found, language)) for number in range(3)
        )


def wrong(kind: str, text: str) -> object:
    if kind == "markdown":
        return faults(text)
    if kind == "plain":
        return OBEYED.search(text)
    return LINKED.search(text) or (ICON.search(text) if kind == "label" else None)


@pytest.mark.slow
@pytest.mark.parametrize("payload", [*TELLING, *PAYLOADS[::6]])
def test_no_file_puts_markup_into_what_an_editor_shows_of_it(payload: str) -> None:
    for family, text in files(payload):
        for kind, shown in set(shown_of(scene(text, family), "zh" if len(payload) % 2 else "en")):
            assert not wrong(kind, shown), (family, kind, shown)


def test_a_payload_is_read_in_full_where_it_is_explained() -> None:
    for payload in MARKUP:
        if redact(payload) == payload:
            page = launch_entry.launch_entry_page(scene(json.dumps(launch(payload, "launch", "exec")), "launch"), 0)
            assert "".join(payload.split()) in seen(page), payload


# The machine


def hostile(value: Any, payload: str) -> Any:
    """Return a machine whose every text is a payload."""
    if isinstance(value, str):
        return f"/{payload}" if value.startswith("/") else payload
    if isinstance(value, Mapping):
        return {name: hostile(member, payload) for name, member in value.items()}
    if isinstance(value, frozenset):
        return value
    if isinstance(value, tuple):
        members = [hostile(member, payload) for member in value]
        return type(value)(*members) if hasattr(value, "_fields") else tuple(members)
    return value


def halves(machine: Host, payload: str) -> Iterator[Host]:
    """Yield the machine with payloads in every fact, and then in one group of facts at a time."""
    yield hostile(machine, payload)
    for name in Host._fields:
        yield machine._replace(**{name: hostile(getattr(machine, name), payload)})


@pytest.mark.slow
@pytest.mark.parametrize("payload", [*TELLING, *PAYLOADS[::6]])
@pytest.mark.parametrize("name", ["two-gpus", "china-company", "moved-automount-root"])
def test_nothing_of_a_machine_is_markup_on_its_health_page(name: str, payload: str) -> None:
    for machine in halves(host(name), payload):
        findings = every_machine_finding(machine)
        assert not faults(healthpage.markdown(machine, findings, "en"))
        words = notice(healthpage.health(machine, findings).words, "en")
        assert not LINKED.search(words)
        assert not ICON.search(words)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_values_in_effect_are_text(payload: str) -> None:
    line = visible(payload)
    machine = hostile(host("ubuntu-24.04-mirrored"), payload)
    before = f"[wsl2]\nkernelCommandLine={line}\nkernel={line}\n"
    now = "[wsl2]\nkernelCommandLine=x\nkernel=C:\\\\x\nnetworkingMode=mirrored\n"
    path = "/mnt/c/Users/me/.wslconfig"
    own = scene(now, "wslconfig", machine._replace(wslconfig=Snapshot(path, now, before, True)), path)
    for kind, shown in shown_of(own, "en"):
        assert not wrong(kind, shown), shown


# Plans and what came of them


def actions(payload: str) -> tuple[Action, ...]:
    return (
        WriteFile(f"/{payload}", payload.encode(errors="replace"), f"{payload}\nx\n{payload}".encode(errors="replace")),
        WriteFile(f"/{payload}", None, payload.encode("utf-16", "replace")),
        InstallToolchain(payload, payload, f"/{payload}", payload),
        Switch(f"/{payload}", None, payload),
        GoInstall(payload, payload, payload, payload, payload),
        MoveFolder(payload, payload),
        CopyWorkspace(payload, payload, (payload,)),
        InstallPackages((payload, payload)),
        RunFixed((payload, payload)),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_plan_is_markup_on_its_pages(payload: str) -> None:
    said = SAID(words=payload)
    noted = text_from_json({"en": payload, "zh": payload})  # of a plan that is resumed, from a file of this user's
    step = Step("x", noted, said, actions(payload), needs_root=True, reversible=False, warnings=(said, noted))
    error = DriftError(f"/{payload}", payload.encode(errors="replace"), None)
    for page in (
        plan_page.markdown(Plan((step, step), (said, noted)), said, (noted, said), "en"),
        result_page.done_page([Event(step, DONE), Event(step, FAILED, said, error)], (said, noted), "en"),
        result_page.undone_page([Reversal(RECORD, said), Reversal(RECORD, None, noted, error)], (said,), "en"),
    ):
        assert not faults(page)
    assert not faults(sentence(noted, "en"))
    for question in plan_page.of_root(Plan((step,))):
        assert not LINKED.search(notice(question, "en"))
        assert not OBEYED.search(plain(question, "en"))

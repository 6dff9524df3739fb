"""A page about a compiled program: what starts it, what a debugger finds in it, and what is wrong."""

from collections.abc import Iterable, Iterator

from wslgo.doctor.program import program_facts
from wslgo.linter.finding import SEVERITY_WORDS, Reported, Severity
from wslgo.machine.binary import Binary
from wslgo.text.markdown import bullets, code, concatenation, heading, literal, page, plain, sentence
from wslgo.text.message import Language, Markdown, Message, Text

NO_FINDING = Message(en="Nothing in this program hinders a debugger.", zh="此程序没有妨碍调试的问题。")
FINDING = Message(en="**{severity}**: {message} ({rule})", zh="**{severity}**：{message}（{rule}）")
NEXT = Message(en="Next: {step}", zh="下一步：{step}")
CANNOT = Message(en="{path}: {reason}", zh="{path}：{reason}")
ONLY_VSCODE = Message(
    en="Only VS Code knows the program of this entry: {program}", zh="只有 VS Code 知道此条目的程序：{program}"
)
NOT_TRUSTED = Message(en="wslgo inspects programs only in a trusted workspace", zh="只有在受信任的工作区中才会检查程序")


def binary_page(binary: Binary, found: Iterable[Reported], language: Language = "en") -> Markdown:
    """Return the page about a program: the findings first, then the facts."""
    findings = list(_findings(found, language))
    facts = bullets(_fact(fact.name, fact.lines, language) for fact in program_facts(binary))
    first = bullets(findings) if findings else plain(NO_FINDING(), language)
    return page((heading(1, code(binary.path)), first, facts))


def problem_page(problem: Text, language: Language = "en") -> Markdown:
    return page((plain(problem, language),))


def _findings(found: Iterable[Reported], language: Language) -> Iterator[Markdown]:
    for reported in found:
        severity = SEVERITY_WORDS[Severity(reported.severity)]
        words = FINDING(severity=severity, message=reported.finding.message, rule=code(reported.rule))
        step = reported.finding.next
        parts = [sentence(words, language)]
        if step is not None:
            parts.append(plain(NEXT(step=step), language))
        yield concatenation(parts, "  \n  ")


def _fact(name: Text, lines: tuple[Text, ...], language: Language) -> Markdown:
    shown = concatenation([plain(line, language) for line in lines], "  \n  ")
    return concatenation([plain(name, language), shown], literal(": "))

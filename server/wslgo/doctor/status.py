"""The health of a machine: each fact with the findings about it, and a sign that follows from both."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import reduce

from wslgo.doctor import areas_of
from wslgo.doctor.fact import PLAIN, Area, Fact, plain
from wslgo.doctor.go import variable_fact
from wslgo.linter.finding import Reported, Severity
from wslgo.linter.machine_check import judged_facts
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text, enumeration
from wslgo.text.typing import NamedTuple

HEALTHY = Message(en="Nothing needs attention", zh="没有需要注意的项")
ONE = Message(en="1 item needs attention", zh="1 项需要注意")
MANY = Message(en="{count} items need attention", zh="{count} 项需要注意")
ONE_NOTE = Message(en="1 note", zh="1 条提示")
NOTES = Message(en="{count} notes", zh="{count} 条提示")
ONE_UNKNOWN = Message(en="1 fact could not be checked", zh="1 项无法检查")
UNKNOWNS = Message(en="{count} facts could not be checked", zh="{count} 项无法检查")
NO_FINDING = Message(en="No problem found", zh="未发现问题")
NAMED = Message(en="{words}: {names}", zh="{words}：{names}")
SEQUENCE = Message(en="{first}; {then}", zh="{first}；{then}")

MEASURE = Message(
    en="Measure what the Windows drive costs on this machine: wslgo bench --quick",
    zh="测量 Windows 驱动器在本机上的开销：wslgo bench --quick",
)
# Findings about a place whose cost can be measured.
MEASURABLE = frozenset(
    ("goenv/folder-on-windows-drive", "gomod/workspace-on-windows-drive", "machine/workspace-on-windows-drive")
)

# The names of facts that are shown only with a finding; that of a Go variable is its own.
RARE = {"wsl.shell": Message(en="Shell files", zh="shell 文件")}


class Sign(Enum):
    """The state of a fact.

    OK is a promise: the fact is known, a rule has looked at it, and none has a finding. FACT has no rule.
    """

    OK = "ok"
    ATTENTION = "attention"
    NOTE = "note"
    UNKNOWN = "unknown"
    FACT = "fact"


class StatusLine(NamedTuple):
    """A fact with the findings about it, the worst first."""

    fact: Fact
    sign: Sign
    findings: tuple[Reported, ...] = ()


class Section(NamedTuple):
    """The lines of an area."""

    id: str
    title: Message
    lines: tuple[StatusLine, ...]


class Status(NamedTuple):
    """The health of a machine."""

    sections: tuple[Section, ...]

    @property
    def lines(self) -> Iterator[StatusLine]:
        return (line for section in self.sections for line in section.lines)

    @property
    def findings(self) -> Iterator[Reported]:
        return (reported for line in self.lines for reported in line.findings)

    @property
    def urgent(self) -> list[Reported]:
        """Return the findings that need attention; infos and hints do not."""
        return [reported for reported in self.findings if reported.severity <= Severity.WARNING]

    @property
    def notes(self) -> int:
        """Return the number of infos and hints."""
        return sum(reported.severity > Severity.WARNING for reported in self.findings)

    @property
    def unknown(self) -> list[Fact]:
        """Return the facts that could not be asked: they may be fine or not."""
        return [line.fact for line in self.lines if line.sign is Sign.UNKNOWN]

    @property
    def is_healthy(self) -> bool:
        """Return whether everything is known and nothing was found."""
        return not (self.unknown or any(self.findings))

    @property
    def offer(self) -> Text | None:
        """Return what else a person can do about the findings, if anything."""
        return MEASURE() if any(reported.rule in MEASURABLE for reported in self.findings) else None

    def summary(self) -> Text:
        """Return the health in one sentence."""
        return sequence(words for words, _ in self._parts())

    def summary_with_names(self) -> Text:
        """Return the health in one sentence that names the facts."""
        return sequence(
            NAMED(words=words, names=enumeration(names)) if names else words for words, names in self._parts()
        )

    def _parts(self) -> Iterator[tuple[Text, list[Text]]]:
        """Yield the parts of the summary, each with the names of its facts."""
        if self.is_healthy:
            yield HEALTHY(), []
            return
        urgent, unknown = len(self.urgent), len(self.unknown)
        words = NO_FINDING() if not urgent else ONE() if urgent == 1 else MANY(count=urgent)
        yield words, self._names_with(Severity.ERROR, Severity.WARNING)
        if self.notes:
            words = ONE_NOTE() if self.notes == 1 else NOTES(count=self.notes)
            yield words, self._names_with(Severity.INFORMATION, Severity.HINT)
        if unknown:
            words = ONE_UNKNOWN() if unknown == 1 else UNKNOWNS(count=unknown)
            yield words, [fact.name for fact in self.unknown]

    def _names_with(self, *severities: Severity) -> list[Text]:
        """Return the names of the facts that have a finding of one of these severities, each once."""
        lines = (line for line in self.lines if any(found.severity in severities for found in line.findings))
        return list(dict.fromkeys(line.fact.name for line in lines))


def sequence(parts: Iterable[Text]) -> Text:
    """Return the texts as one, separated by semicolons."""
    return reduce(lambda first, then: SEQUENCE(first=first, then=then), parts)


def status_of(host: Host, findings: Sequence[Reported]) -> Status:
    """Return the health of a machine with these findings; none of them is left out."""
    areas = areas_of(host)
    known = {fact.id for area in areas for fact in area.facts}
    judged = judged_facts(host)
    return Status(
        tuple(
            Section(
                area.id,
                area.title,
                tuple(_lines((*area.facts, *_more_facts(host, area, known, findings)), findings, judged)),
            )
            for area in areas
        )
    )


def _more_facts(host: Host, area: Area, known: set[str], findings: Iterable[Reported]) -> Iterator[Fact]:
    """Yield a fact for each finding of this area that is about none of its facts: a variable that is rarely set."""
    for about in dict.fromkeys(reported.finding.about for reported in findings):
        head, _, name = about.partition(".")
        if about not in known and head == area.id:
            yield (
                variable_fact(host, name.upper())
                if head == "go"
                else Fact(about, RARE.get(about, PLAIN)(value=name), plain(""))
            )


def _lines(facts: Iterable[Fact], findings: Sequence[Reported], judged: frozenset[str]) -> Iterator[StatusLine]:
    shown: set[str] = set()
    for fact in facts:
        about = sorted((reported for reported in findings if reported.finding.about == fact.id), key=_by_severity)
        if about and fact.id in shown:
            # Several facts can share an id (editors): the findings about it are at the first.
            yield StatusLine(fact, Sign.FACT)
        else:
            yield StatusLine(fact, _sign(fact, about, judged), tuple(about))
        shown.add(fact.id)


def _by_severity(reported: Reported) -> Severity:
    return reported.severity


def _sign(fact: Fact, findings: Sequence[Reported], judged: frozenset[str]) -> Sign:
    if findings:
        return Sign.ATTENTION if findings[0].severity <= Severity.WARNING else Sign.NOTE
    if not fact.is_known:
        return Sign.UNKNOWN
    return Sign.OK if fact.id in judged else Sign.FACT

"""The pages that a client can show: rules, the health of the machine, launch configurations."""

from typing import TYPE_CHECKING

from wslgo.ide.page.rule import rule_page
from wslgo.lsp.command_types import EntryNumber, RuleName
from wslgo.lsp.diagnostics import Reports, scene_of
from wslgo.lsp.extensions import Health
from wslgo.lsp.session.session import Session
from wslgo.lsp.session.uris import path_of
from wslgo.lsp.words import notice
from wslgo.text import markdown
from wslgo.text.message import Markdown
from wslgo.topics import find

if TYPE_CHECKING:
    from wslgo.linter.finding import Reported
    from wslgo.machine.host import Host

# Each page is imported when it is shown: the first diagnostics do not wait for it.


def explain(session: Session, argument: RuleName) -> Markdown:
    """Return the page of a rule, or of a topic with what holds on this machine."""
    topic = find(argument.rule)
    if topic is None:
        return rule_page(argument.rule, session.language)
    from wslgo.ide.page.topic import topic_page

    neighbours = session.neighbours
    return topic_page(topic, neighbours.host if neighbours.survey.is_asked else None, session.language)


def entry_page(session: Session, reports: Reports, argument: EntryNumber) -> Markdown:
    """Return the page about a launch configuration, as its document is now."""
    from wslgo.ide.page.launch_entry import NO_ENTRY, launch_entry_page

    document = session.documents.get(argument.uri) or session.neighbours.at(path_of(argument.uri))
    if document is None:
        return markdown.page((markdown.plain(NO_ENTRY(), session.language),))
    found = reports.of(document, session).found
    return launch_entry_page(scene_of(document, session), argument.number, found, session.language)


def health_page(session: Session) -> Markdown:
    from wslgo.doctor.page import markdown as health_of

    if not session.neighbours.survey.is_asked:
        return health_of(None, language=session.language)
    machine = session.neighbours.survey.machine
    uses_cuda = machine is not None and any(needs is not None and needs.uses_cuda for needs in machine.needs)
    return health_of(session.neighbours.host, _findings(session), session.language, uses_cuda=uses_cuda)


def health_params(session: Session) -> Health:
    """Return the text and the count of the status item."""
    from wslgo.doctor.page import health

    found = health(session.neighbours.host, _findings(session))
    return {"attention": found.attention, "text": notice(found.words, session.language)}


def _findings(session: Session) -> "list[Reported]":
    return machine_findings(session, session.neighbours.host)


def machine_findings(session: Session, host: "Host") -> "list[Reported]":
    """Return the findings about a machine and in all of its files, for each open folder that has Go modules."""
    from wslgo.linter.machine_check import every_machine_finding  # like the pages, after the first diagnostics
    from wslgo.linter.scene import MachineScene

    neighbours = session.neighbours
    machine, files = neighbours.survey.machine, neighbours.machine_files()
    found: list[Reported] = []
    policy = session.preferences.policy_here()
    for needs in (machine.needs if machine is not None else ()) or (None,):
        every = every_machine_finding(host, scene=MachineScene(files, needs, policy))
        found += [reported for reported in every if reported not in found]
    return sorted(found, key=lambda reported: reported.severity)

"""The answers of all servers that a survey asked, for the rules about the machine."""

from collections.abc import Iterable

from wslgo.machine.host import Answer
from wslgo.provision.model.facts import Facts, Source
from wslgo.text.message import redact
from wslgo.text.pattern import pattern

# What `http.client` reports about the answer of a proxy to CONNECT.
_REFUSED = pattern(r"Tunnel connection failed: ([1-9][0-9]{2})\b|(407)\b")

MODULES, TOOLCHAINS = "modules", "toolchains"


def answers_in(facts: Facts) -> tuple[Answer, ...]:
    """Return the answers in the facts of a survey, each once; empty if no server was asked."""
    found = (*_answers(facts.sources, TOOLCHAINS), *_answers((*facts.proxies, *facts.tool_proxies), MODULES))
    return tuple(dict.fromkeys(found))


def with_answers(facts: Facts, before: Iterable[Answer]) -> Facts:
    """Return the facts with the answers in the `Host`.

    `before` are those without the certificates that the plan will install: a server that answers only with them is not
    trusted yet.
    """
    distrusted = {(answer.url, answer.serves): answer for answer in before if answer.distrust}
    found = tuple(distrusted.get((answer.url, answer.serves), answer) for answer in answers_in(facts))
    if not found:
        return facts
    return facts._replace(host=facts.host._replace(network=facts.host.network._replace(answers=found)))


def _answers(sources: Iterable[Source], serves: str) -> Iterable[Answer]:
    for source in sources:
        problem = "" if source.answers or source.seconds is not None else source.problem
        refused = _REFUSED.search(problem)
        yield Answer(
            redact(source.url), serves, problem, source.distrust, int(refused[1] or refused[2]) if refused else 0
        )

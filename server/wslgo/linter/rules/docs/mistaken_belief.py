"""A document says what many believe about Go on WSL2, and it is not so.

Onboarding pages and blogs copy such sentences from each other. The message says what is true, and names the topic:
`wslgo explain TOPIC` has the reasons and the sources. A sentence that asks, quotes, denies or refutes a belief is not
reported, nor is what follows under a heading such as "Myths". `wslgo check --docs` reads documents.

## Example

```docs
# Go proxies

Separate the entries of GOPROXY with commas. Go tries them in order until one answers.
```

## Example

```docs
WSL2 has no default limit for memory, so set one in `.wslconfig`.
```

## Example

```docs
## 加速

在 WSL2 中可以用 GPU 加速 go build。
```

## No finding

```docs
# Go proxies

It is a myth that go tries the entries of GOPROXY in order until one answers.
```

## No finding

```docs
After a comma in GOPROXY, go tries the next entry only after 404 or 410.
```

## No finding

```docs
## 误区

在 WSL2 中可以用 GPU 加速 go build。
```
"""

from collections.abc import Iterator
from itertools import chain

from wslgo.knowledge.beliefs import BELIEFS
from wslgo.knowledge.beliefs.claim import Belief, Claim
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.snippets import refuted
from wslgo.linter.snippets.passages import Passage, passages
from wslgo.linter.snippets.prose import Sentence
from wslgo.syntax.markdown import MarkdownTree
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

MISTAKEN = Message(en="{truth}. See: wslgo explain {topic}", zh="{truth}。参见：wslgo explain {topic}")

_LONGEST = 200  # characters between the first and the last word of a claim
_LONGEST_SENTENCE = 2000  # a longer one is not prose
_NEAR = 2000  # characters around a sentence that say what it is about


class _Known(NamedTuple):
    """A claim that can be in a document."""

    belief: Belief
    claim: Claim


@rule(Severity.WARNING)
def check(tree: MarkdownTree, _scene: Scene) -> Iterator[Finding]:
    text = tree.source.text.casefold()
    known = [belief for belief in BELIEFS if any(word in text for word in belief.words)]
    for passage in passages(tree) if known else ():
        yield from _of_passage(passage, known)


def _of_passage(passage: Passage, known: list[Belief]) -> Iterator[Finding]:
    text = f"{passage.context}\n{passage.prose.text}".casefold()
    candidates = [
        _Known(belief, claim)
        for belief in known
        if any(word in text for word in belief.words)
        for claim in belief.claims
        if all(part.search(passage.prose.text) for part in claim.parts)
    ]
    if not candidates:
        return
    sentences = list(passage.prose.sentences())
    for number, sentence in enumerate(sentences):
        before = sentences[number - 1].text if number else ""
        after = sentences[number + 1].text if number + 1 < len(sentences) else passage.after
        if (
            len(sentence.text) > _LONGEST_SENTENCE
            or refuted.is_question(sentence.text)
            or refuted.is_answered(after)
            or refuted.is_disclaimed(before)
        ):
            continue
        seen: list[tuple[Belief, Span]] = []
        for belief, claim in candidates:
            if any(other is belief for other, _ in seen):
                continue
            span = _claimed(sentence, claim, passage, [place for other, place in seen if other.topic == belief.topic])
            if span is not None:
                seen.append((belief, span))
                message = MISTAKEN(truth=belief.truth, topic=belief.topic)
                yield Finding(passage.prose.span(span.start, span.end), message, topic=belief.topic)


def _claimed(sentence: Sentence, claim: Claim, passage: Passage, others: list[Span]) -> Span | None:
    """Return where a sentence makes a claim, in the prose of its passage; None if it does not mean it.

    `others` are other claims about its topic in the sentence: this one is beside them, and their "no" does not deny it.
    """
    if passage.is_typed and not claim.is_typed:
        return None
    taken = [Span(other.start - sentence.start, other.end - sentence.start) for other in others]
    found = [
        [span for match in part.finditer(sentence.text) if not _overlaps(span := Span(*match.span()), taken)]
        for part in claim.parts
    ]
    if not all(found):
        return None
    claimed = Span(min(first.start for first, *_ in found), max(first.end for first, *_ in found))
    first = max(0, sentence.start - _NEAR)
    text = passage.prose.text[first : sentence.end + _NEAR]
    if claimed.end - claimed.start > _LONGEST or (claim.unless is not None and claim.unless.search(text)):
        return None
    if claim.elsewhere is not None and claim.elsewhere.search(f"{passage.context}\n{text}"):
        return None
    if claim.about is not None and not (
        claim.about.search(text[: sentence.end - first]) or claim.about.search(passage.context)
    ):
        return None
    whole = Span(sentence.start + claimed.start, sentence.start + claimed.end)
    if not passage.is_typed and (
        refuted.is_denied(sentence.text, claimed, chain(*found, taken), is_negative=claim.is_negative)
        or refuted.is_quoted(text, Span(whole.start - first, whole.end - first))
    ):
        return None
    return whole


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)

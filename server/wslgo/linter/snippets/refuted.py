"""The words with which an author says that something is wrong, asks whether it is so, or only quotes it.

A false alarm about a sentence that refutes a belief would be worse than a belief that is missed, so everything that
may be a refutation counts as one.
"""

from collections.abc import Iterable
from itertools import pairwise

from wslgo.text.pattern import pattern
from wslgo.text.span import Span

# Said about a claim: it is not the author's, or it is wrong.
_REFUTED = pattern(
    r"\b(?:myths?|misconceptions?|mistak(?:e|es|en|enly)|misbelie[fv]\w{0,40}|misunderst\w{1,40}|misread\w{0,40}|mislead\w{0,40}|fallac\w{1,40}"
    r"|wrong(?:ly)?|(?<![=:])(?<![=:]\s)(?<!to\s)false(?:ly|hood)?|incorrect(?:ly)?|untrue|inaccurate|bogus|nonsense|obsolete|outdated"
    r"|debunk\w{0,40}|rumou?rs?|folklore|legends?|superstition\w{0,40}|hearsay|supposed(?:ly)?|alleged(?:ly)?|so-called"
    r"|contrary\s{1,99}to|despite|unlike|(?:un)?founded|unsubstantiated|unsupported|unfounded|no\s{1,99}(?:evidence|source|support)"
    r"|taken\s{1,9}for|confus\w{1,40}|although|in\s{1,99}(?:fact|reality|truth)|rather\s{1,99}than|instead\s{1,99}of|nothing\s{1,99}to\s{1,99}do|made[\s-]up|invented"
    r"|(?:people|many|some|most|blogs?|guides?|tutorials?|articles?|posts?|pages?|answers?|forums?|everyone|colleagues?)"
    r"(?:\s{1,99}(?:often|still|will|may|might|on\s{1,99}the\s{1,99}(?:web|internet)))?"
    r"\s{1,99}(?:say|says|said|claims?|claimed|believes?|believed|thinks?|assumes?|suggests?|tells?|insists?|repeats?|states?"
    r"|recommends?|advises?|expects?)"
    r"|(?:you(?:\s{1,99}(?:may|might|will|often|sometimes))?|we|i)\s{1,99}(?:read|reads|hear|heard|have\s{1,99}(?:read|heard|seen))"
    r"|(?:often|commonly|widely|frequently|sometimes|usually)\s{1,99}(?:said|claimed|believed|thought|assumed|repeated|heard)"
    r"|it\s{1,99}is\s{1,99}(?:said|claimed|believed)|used\s{1,99}to\s{1,99}(?:be|say|think|believe)|(?:we|i)\s{1,99}(?:thought|believed|assumed)"
    r"|beliefs?|claims?\s{1,99}that|the\s{1,99}claim|assum(?:ption|ing)|expecting|hoping|pretend\w{0,40}|as\s{1,99}if|if\s{1,99}it\s{1,99}were)\b"
    r"|误区|误解|误以为|误认为|错误|不对|不正确|不准确|并非|而非|而不是|其实|实际上|事实上|谣言|传言|传闻|据说|有人|网上|网传|流传"
    r"|很多(?:人|教程|文章|博客)|不少(?:人|教程|文章|博客)|许多(?:人|教程|文章|博客)|一些(?:人|教程|文章|博客)"
    r"|(?:常见|所谓|旧的?)说法|辟谣|没有(?:任何)?(?:依据|根据|证据|来源)|毫无|别信|不要相信|不要以为|以为|曾经|看似|反例|不实",
    2,
)
# A negation of the clause itself.
_NEGATED = pattern(
    r"\b(?:not(?!\s{1,9}(?:exceed|more\s{1,9}than|be\s{1,9}(?:more|above|over|greater|higher|larger)))|cannot|never|neither|nor|nobody|nothing|none|hardly|no\s{1,99}longer|nowhere|useless|pointless"
    r"|ignore[sd]?|irrelevant|meaningless|unnecessary|needless|refuse[sd]?|reject(?:s|ed)?"
    r"|no(?!\s{1,9}more\s{1,9}than))\b|n['’]t\b|不(?!(?:要|应|应该|能|得|可|宜)?(?:超过|大于|高于|多于)|过|同|仅|但|管|论|只|断|少|可用|可达|通)|没有?|无(?!论|需)|非(?!常)|勿|(?<![识特分级区个类性])别(?!名)|拒绝|禁止",
    2,
)
# A clause with a negation of its own: it gives the reason, the condition or the consequence of the claim.
_ASIDE = pattern(
    r"(?:so|thus|therefore|hence|and\s{1,99}(?:you|we|so|then|there)|because|since|as\s{1,99}(?:you|we|long)|if|when|unless|until"
    r"|even\s{1,99}(?:if|when)|whether|for|to|in\s{1,99}order|which\s{1,99}(?:means|saves)|meaning|也就是|因此|所以|这样|从而|以便|即使|如果"
    r"|只要|由于|因为|无需|不必|不用|当|若)(?=\b|[\s一-龥])",
    2,
)
# What follows is about another case.
_CONDITION = pattern(
    r"\b(?:if|when|whenever|once|until|unless|because|since|so|even|as\s{1,99}soon\s{1,99}as|in\s{1,99}case)\b|时|如果|若|的话|一旦|因此|所以",
    2,
)
# It is left open what is so.
_OPEN = pattern(r"\b(?:whether|question)\b|是否|能否", 2)
_CLAUSE = pattern(r"[,;:，；：、()（）–—]|\s-\s")
_ANSWER = pattern(
    r"\s{0,99}(?:(?:but\s{1,99})?(?:that|this|it|they|both|neither)(?:['’]s|\s{1,99}(?:is|was|are|claim|belief|would|does|do|has))?"
    r"\s{0,99}(?:not|n['’]t|never|no\b|wrong|false|untrue|incorrect|a\s{1,99}(?:myth|mistake|misconception)|nonsense|outdated)"
    r"|(?:doesn|isn|aren|don)['’]t|no[,.:]|not\s{1,99}(?:true|so|quite|any)|wrong|false|nope|in\s{1,99}(?:fact|reality|truth)"
    r"|actually|nonsense|myth|reality|the\s{1,99}(?:truth|reality|fact)|however|unfortunately|neither|none\s{1,99}of"
    r"|但|然而|可是|其实|实际上|事实上|错|不(?!加|限|设|同|管|论|仅)|并非|这(?:是|种|个)?(?:说法)?(?:错|不|误|并)|事实|真相|正确的?(?:做法|说法))",
    2,
)
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"), ("«", "»"), ('"', '"'), ("‘", "’"))
_LONGEST_QUOTE = 400
_BAD_MARK = pattern(r"[❌✗✘🚫⛔👎✖]")
_BAD_HEADING = pattern(
    r"\b(?:myths?|misconceptions?|mistakes?|wrong|bad|don['’]?ts?|do\s{1,99}not|avoid|anti-?patterns?|pitfalls?|gotchas?|false"
    r"|incorrect|before|broken|beliefs?|fact\s{1,99}check|fictions?|rumou?rs?|claims?|legends?)\b"
    r"|误区|误解|错误|不要|避免|谣言|反例|陷阱|辟谣|坑|修改前|迷思|说法",
    2,
)
_BAD_EXAMPLE = pattern(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|bad|broken|malformed|invalid|misconfigur\w{1,40}|mistakes?|anti-?pattern|never|avoid"
    r"|don['’]t|do\s{1,99}not\s{1,99}(?!have|need|want|use\s{1,99}a)|must\s{1,99}not|mustn['’]t|should\s{1,99}not|shouldn['’]t|cannot|can['’]t"
    r"|won['’]t|will\s{1,99}not|does\s{1,99}not|doesn['’]t|fails?|failed|failing|refuse[sd]?|rejects?|rejected|ignores?|ignored"
    r"|instead\s{1,99}of|rather\s{1,99}than|myths?|misconceptions?|problem|bug|slow|before(?=\s{0,99}[:：]|\s{0,99}\Z)|old\s{1,99}way|breaks?|used\s{1,99}to|no\s{1,99}effect"
    r"|typo|error|reproduc\w{1,40}|counter-?example|outdated|obsolete|deprecated|legacy|unsafe|insecure)\b"
    r"|错误|不要|请勿|避免|反例|无效|失败|报错|不能|不会|不应|禁止|修改前|之前[：:]|拒绝|忽略|有问题|坏|切勿|别(?:这样|用|写)",
    2,
)
_BAD_FOLLOWED = pattern(
    r"(?:(?:but\s+|and\s+)?(?:this|that|it|these|those|the\s+(?:above|line|second|first|snippet|file)(?:\s+\w+){0,4}|here\s+\w+)"
    r"\s+(?:(?:is|are|was|will|does|do|would|can|has|have)(?:\s+|(?=n['’]t)))?(?:not\b|n['’]t\b|never|wrong|incorrect|broken|fails?|breaks?|invalid|malformed"
    r"|a\s{1,99}mistake|slow|refused|rejected|ignored|bad)|(?:doesn|don|isn|won|didn)['’]t|wrong|don['’]t|never|not\s{1,99}like|go\s{1,99}(?:refuses|rejects)"
    r"|这(?:是|样|种|会|行)[^。]{0,12}(?:错|不|误|报错|失败|无效)|上面[^。]{0,20}(?:错|不|误|失败|无效)|不要|错误|反例)",
    2,
)
_COMMENT = pattern(r"(?:#|//|;|--|<!--|REM\b)([^\n]{0,2000})", 2)
_GOOD = pattern(r"\b(?:good|right|correct|better|after|instead|do|fixed)\b|✅|✓|✔|正确|推荐|修改后|应", 2)
_BAD_COMMENT = pattern(
    r"\b(?:wrong|bad|incorrect|don['’]t|do\s{1,99}not|never|avoid|before|broken|invalid|malformed|refused|rejected|ignored|fails?|old"
    r"|mistake|deprecated|slow|not\s{1,99}(?:this|like|valid|allowed))\b|❌|✗|✘|🚫|⛔|✖|错误|不要|避免|反例|无效|修改前|错",
    2,
)


def is_marked_bad(text: str) -> bool:
    """Return whether a paragraph begins with a cross or the like."""
    return _BAD_MARK.search(text) is not None


def is_about_mistakes(heading: str) -> bool:
    """Return whether a heading announces what is wrong."""
    return _BAD_HEADING.search(heading) is not None or _BAD_MARK.search(heading) is not None


def is_disclaimed(text: str) -> bool:
    """Return whether a text says that a claim in it is wrong, or that of another."""
    return _REFUTED.search(text) is not None or is_marked_bad(text)


def is_answered(text: str) -> bool:
    """Return whether a sentence begins by contradicting the one before it."""
    return _ANSWER.match(text) is not None


def is_question(sentence: str) -> bool:
    """Return whether a sentence asks."""
    return sentence.rstrip("\"'”’)） *_").endswith(("?", "？", "吗", "吗。"))


def is_denied(sentence: str, claim: Span, parts: Iterable[Span], *, is_negative: bool) -> bool:
    """Return whether a sentence denies the claim in it; `is_negative`: its parts hold a "not" of their own."""
    masked = sentence
    for first, last in parts:
        masked = masked[:first] + " " * (last - first) + masked[last:]
    if is_disclaimed(masked) or _OPEN.search(sentence, 0, claim.start):
        return True
    text = masked if is_negative else sentence
    start, end = claim
    bounds = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    for first, last in pairwise(bounds):
        if last <= start or (first >= end and _ASIDE.match(text[first:last].lstrip())):
            continue  # an introduction ("if you do not have a proxy, ..."), or a consequence
        condition = _CONDITION.search(text, max(end, first), last)
        if _NEGATED.search(text, first, condition.start() if condition else last):
            return True
    return False


def is_quoted(sentence: str, claim: Span) -> bool:
    """Return whether a claim begins and ends within quotation marks."""
    return _is_in_quotes(sentence, claim.start) and _is_in_quotes(sentence, claim.end - 1)


def _is_in_quotes(sentence: str, at: int) -> bool:
    for opening, closing in _QUOTES:
        first = sentence.rfind(opening, max(0, at - _LONGEST_QUOTE), at + 1)
        if first < 0 or sentence[first - 1 : first] == "=" or sentence.find(closing, at, at + _LONGEST_QUOTE) < 0:
            continue
        if opening != closing:
            if sentence.find(closing, first + 1, at) < 0:
                return True
        elif sentence.count(opening, 0, at) % 2 == 1:
            return True
    return False


def is_bad_example(text: str) -> bool:
    """Return whether the text before a fence says that it shows what is wrong."""
    return _BAD_EXAMPLE.search(text) is not None or is_marked_bad(text)


def is_bad_afterwards(text: str) -> bool:
    """Return whether the text after a fence says that it has shown what is wrong."""
    return _BAD_FOLLOWED.match(text.lstrip()) is not None


def bad_lines(rows: list[str]) -> list[bool]:
    """Return for each line of a fence whether a comment in it or above it says that it is wrong.

    A comment that is alone on its line is about the lines down to an empty one or to another comment.
    """
    found: list[bool] = []
    is_bad = False
    for row in rows:
        stripped = row.strip()
        match = _COMMENT.search(row)
        words = match[1] if match else ""
        is_marked = _BAD_COMMENT.search(words) is not None and not _GOOD.search(words.partition("❌")[0])
        if not stripped:
            is_bad = False
        elif match is not None and match.start() == len(row) - len(row.lstrip()):
            is_bad = is_marked
        found.append(is_bad or is_marked)
    return found

"""Plain words: phrases that a Go or WSL user would not say are found nowhere, neither on screen nor in the code."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tree import EXTENSION, ROOT, SERVER, TESTS

# Each with what to say instead.
PATTERNS = {
    r"\b(?:is|are|was|were|be) no\b(?! longer| more than| less than)": "is not a ...",
    r"\banew\b": "again",
    r"\b(?:who|some|no|every|any)body\b": "name the actor: WSL, go, the user, another process",
    r"\bwhom?ever\b|^who (?:asks|wants|reads|has|is|does|says|writes|runs|comes|cancels)\b": "name the actor",
    r"\bdeeds?\b": "action",
    r"\bof ours\b": "our ...",
    r"\bways? back\b": "undo",
    r"\bwithout a word\b": "silently",
    r"\b(?:take|takes|taken|taking|took) (?:\w+ )?back\b": "undo",
    r"\b(?:stands?|stood)\b(?!ard| for| alone)": "is",
    r"\blies?\b|\blay\b": "is",
    r"\bwish(?:es|ed)?\b": "setting, requested",
    r"\bin force\b": "in effect",
    r"(?<![\w-])blanks?\b(?!-| line| identifier| import)": "space",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\b(?-i:go|goes|gone|going|went) on\b(?! to)": "resume, continue",
    # In quotes it is an outcome of `wslgo doctor --network --format json`.
    r"\brefus(?:e|es|ed|al|als|ing)\b(?![\"`])": "reject",
    r"\bmeanwhile\b": "in the meantime, in between",
    r"\bfor people\b": "for users",
}
DIALECT = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
QUESTION = re.compile(r"(?:What|Whether)\b")  # the first word of a docstring
SENTENCES = frozenset(("Message", "Operands", "Option", "Usage"))
SOURCES = [*SERVER.rglob("*.py"), *TESTS.rglob("*.py"), ROOT / "dev", *(EXTENSION / "src").glob("*.ts")]
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / ".github").rglob("*.md"),
    *SERVER.glob("*.md"),
    *EXTENSION.glob("*.md"),
    *(EXTENSION / "walkthrough").rglob("*.md"),
]
LABELS = [EXTENSION / "package.nls.json", *(EXTENSION / "l10n").glob("*.json")]
HERE = Path(__file__).resolve()


def docstrings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield ast.get_docstring(node) or ""


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of messages, options and help."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SENTENCES:
            yield from (
                word.value for word in ast.walk(node) if isinstance(word, ast.Constant) and _is_text(word.value)
            )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def comments(text: str) -> Iterator[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return (token.string for token in tokens if token.type == tokenize.COMMENT)


def names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name.replace("_", " ")


def phrases(path: Path) -> Iterator[str]:
    """Yield what a file says: a whole page, or the words of a source and of its names."""
    text = path.read_text(encoding="utf-8")
    if path.suffix not in (".py", ""):
        yield from json.loads(text).values() if path.suffix == ".json" else [text]
        return
    tree = ast.parse(text)
    yield from (*docstrings(tree), *sentences(tree), *comments(text), *names(tree))


def findings(path: Path) -> list[str]:
    return [
        phrase[max(0, found.start() - 30) : found.end() + 30]
        for phrase in phrases(path)
        for found in DIALECT.finditer(phrase)
    ]


@pytest.mark.parametrize(
    "path",
    [path for path in (*SOURCES, *PAGES, *LABELS) if path != HERE],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_a_file_speaks_plainly(path: Path) -> None:
    assert not findings(path), PATTERNS


# Of a module, so that both tests of a source run in turn and it is parsed once.
@pytest.fixture(scope="module", params=[path for path in SOURCES if path.suffix != ".ts"], ids=lambda path: path.name)
def source(request: pytest.FixtureRequest) -> ast.Module:
    return ast.parse(request.param.read_text(encoding="utf-8"))


def test_a_docstring_is_not_a_question(source: ast.Module) -> None:
    assert not [text for text in docstrings(source) if QUESTION.match(text)]


def test_a_loop_names_what_it_goes_through(source: ast.Module) -> None:
    targets = [node.target for node in ast.walk(source) if isinstance(node, (ast.For, ast.comprehension))]
    assert "one" not in {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}


@pytest.mark.parametrize(
    "phrase",
    ["'x' is no key", "nobody reads it", "written anew", "it lies on C:", "as you wish", "Go on from here, it goes on"],
)
def test_dialect_is_seen(phrase: str) -> None:
    assert DIALECT.search(phrase)


@pytest.mark.parametrize("phrase", ["Go on WSL2", "it is no longer used", "a standard library", "a family", "replies"])
def test_plain_words_are_not_dialect(phrase: str) -> None:
    assert not DIALECT.search(phrase)

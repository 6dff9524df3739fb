"""The jobs of a GitLab pipeline, with what they inherit in their own file. It never raises.

Follows GitLab's documentation (CI/CD YAML syntax reference, GitLab 18, as of 2026-11): `extends` merges, and the last
of several wins; `default` and the older keys at the top count for jobs that do not set them, unless `inherit` says no;
`!reference` takes the value of another job. What an included file defines is unknown here.
"""

from collections.abc import Iterable, Iterator, Mapping

from wslgo.syntax import yaml_scalars
from wslgo.syntax.file import File
from wslgo.syntax.workflow import Value
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8

Keys = tuple[Key, ...]
Leaves = Mapping[Keys, Leaf]

_PATH = pattern(r"/?[\w.-][\w./-]{0,200}\.ya?ml")
_REFERENCE = "!reference"
_LONGEST = 200  # characters of the list after it
_OF_ALL = ("image", "cache", "services", "before_script", "after_script")
_NO_JOBS = ("default", "variables", "stages", "include", "workflow", "spec", "types", *_OF_ALL)
_DEEPEST = 11  # GitLab follows `extends` no deeper
_MOST_MERGED = 100_000  # scalars that jobs take over: a job can extend one that is as large as the file


class Pipeline:
    """A pipeline: the scalars of each job, hidden ones too, those of `default`, and the variables of all jobs."""

    def __init__(self, jobs: Mapping[str, Leaves], default: Leaves, variables: Leaves, text: str) -> None:
        self.jobs = jobs
        self.default = default
        self.variables = variables
        self.text = text
        self._left = _MOST_MERGED
        self._extended: dict[str, dict[Keys, Leaf] | None] = {}

    def running(self) -> Iterator[str]:
        """Yield the names of the jobs that GitLab runs."""
        return (name for name in self.jobs if not name.startswith("."))

    def leaves(self, job: str) -> Leaves | None:
        """Return the scalars of a job with those that it inherits; None if it extends a job that is not in the file."""
        found = self._with_bases(job, ())
        if found is None:
            return None
        inherits = found.get(("inherit", "default"))
        of_all = {} if inherits is not None and inherits.value == "false" else self.default
        own = {keys[0] for keys in found}
        self._left -= len(of_all)
        if self._left < 0:
            return None
        return {**{keys: leaf for keys, leaf in of_all.items() if keys[0] not in own}, **found}

    def _with_bases(self, job: str, above: tuple[str, ...]) -> dict[Keys, Leaf] | None:
        if job not in self._extended:
            if job in above or len(above) > _DEEPEST:
                return None
            self._extended[job] = self._merged(job, (*above, job))
        return self._extended[job]

    def _merged(self, job: str, above: tuple[str, ...]) -> dict[Keys, Leaf] | None:
        own = self.jobs.get(job)
        if own is None:
            return None
        found: dict[Keys, Leaf] = {}
        for keys, leaf in own.items():
            if keys[0] == "extends":
                base = self._with_bases(leaf.value, above)
                self._left -= len(base or ())
                if base is None or self._left < 0:
                    return None
                _merge(found, base)
        _merge(found, {keys: leaf for keys, leaf in own.items() if keys[0] != "extends"})
        return found

    def texts(self, leaves: Leaves, *names: str) -> Iterator[str]:
        """Yield the commands of some scripts, also those that `!reference` names."""
        for keys, leaf in leaves.items():
            if keys[0] in names:
                referred = self.reference(leaf)
                if referred is None:
                    yield leaf.value
                else:
                    yield from (found.value for found in referred)

    def reference(self, leaf: Leaf) -> tuple[Leaf, ...] | None:
        """Return the scalars that a `!reference` names; None if a scalar is not one."""
        start = leaf.span.start
        if not self.text.startswith(_REFERENCE, start):
            return None
        listed, closing, _ = self.text[start + len(_REFERENCE) : start + _LONGEST].partition("]")
        job, *rest = (word.strip(" \t\"'") for word in listed.strip().removeprefix("[").split(","))
        if not closing:
            return ()
        found = self._with_bases(job, ()) or {}
        self._left -= len(found)
        if self._left < 0:
            return ()
        return tuple(other for keys, other in found.items() if [str(key) for key in keys[: len(rest)]] == rest)

    def image(self, leaves: Leaves) -> Leaf | None:
        """Return the name of the image of a job with these scalars."""
        leaf = leaves.get(("image",)) or leaves.get(("image", "name"))
        referred = None if leaf is None else self.reference(leaf)
        if referred is None:
            return leaf
        return referred[0] if len(referred) == 1 else None

    def values(self, leaves: Leaves, name: str) -> tuple[Value, ...]:
        """Return the values of a variable in a job, as far as the file tells them."""
        listed = [
            leaf
            for keys, leaf in leaves.items()
            if keys[:2] == ("parallel", "matrix") and len(keys) > len(("parallel", "matrix", 0)) and keys[3] == name
        ]
        if listed:
            is_several = len({leaf.value for leaf in listed}) > 1
            return tuple(Value(leaf, is_one_of_several=is_several) for leaf in listed)
        own = {keys[1:]: leaf for keys, leaf in leaves.items() if keys[0] == "variables"}
        found = own.get((name,)) or own.get((name, "value"))
        found = found or self.variables.get((name,)) or self.variables.get((name, "value"))
        return () if found is None else (Value(found),)


def pipeline(file: File) -> Pipeline:
    """Return the pipeline of a file."""
    return file.ask(_pipeline)


def local_includes(file: File) -> Iterator[Leaf]:
    """Yield the paths of the files of the repository that a pipeline includes, without patterns and variables."""
    text = file.source.text if file.source.encoding == UTF8 else ""
    for leaf in yaml_scalars.leaves(text):
        keys = leaf.keys
        rest = [key for key in keys[1:] if not isinstance(key, int)]
        if keys[0] == "include" and rest in ([], ["local"]) and _PATH.fullmatch(leaf.value):
            yield leaf


def with_included(file: File, included: Iterable[tuple[Leaf, str]]) -> Pipeline:
    """Return the pipeline of a file with included texts, whose scalars all have the place of their `include`."""
    text = file.source.text
    jobs: dict[str, dict[Keys, Leaf]] = {}
    default: dict[Keys, Leaf] = {}
    variables: dict[Keys, Leaf] = {}
    for place, other in included:
        moved = (leaf._replace(span=place.span, key_span=None) for leaf in yaml_scalars.resolved(other, merges=True))
        _sort(moved, jobs, default, variables)
    own = pipeline(file)
    for name, leaves in own.jobs.items():
        _merge(jobs.setdefault(name, {}), leaves)
    _merge(default, own.default)
    return Pipeline(jobs, default, {**variables, **own.variables}, text)


def _pipeline(file: File) -> Pipeline:
    text = file.source.text if file.source.encoding == UTF8 else ""
    jobs: dict[str, dict[Keys, Leaf]] = {}
    default: dict[Keys, Leaf] = {}
    variables: dict[Keys, Leaf] = {}
    _sort(yaml_scalars.resolved(text, merges=True), jobs, default, variables)
    return Pipeline(jobs, default, variables, text)


def _sort(
    leaves: Iterable[Leaf],
    jobs: dict[str, dict[Keys, Leaf]],
    default: dict[Keys, Leaf],
    variables: dict[Keys, Leaf],
) -> None:
    """Add scalars to the jobs, to what holds for all jobs, or to the variables of all."""
    for leaf in leaves:
        name, rest = str(leaf.keys[0]), leaf.keys[1:]
        if name in _OF_ALL:
            default.setdefault(leaf.keys, leaf)
        elif name == "default" and rest:
            default[rest] = leaf
        elif name == "variables" and rest:
            variables[rest] = leaf
        elif name not in _NO_JOBS and rest:
            jobs.setdefault(name, {})[rest] = leaf


def _merge(found: dict[Keys, Leaf], more: Leaves) -> None:
    """Add the scalars of a job; mappings are merged, and a list or text takes the place of what was there."""
    if not found:
        found.update(more)
        return
    replaced = {keys[: _length_of_list(keys)] for keys in more}
    for keys in [keys for keys in found if any(keys[:length] in replaced for length in range(1, len(keys) + 1))]:
        del found[keys]
    if any(keys[0] == "image" for keys in more):
        for keys in [keys for keys in found if keys == ("image",) or (keys[0] == "image" and ("image",) in more)]:
            del found[keys]
    found.update(more)


def _length_of_list(keys: Keys) -> int:
    """Return the length of the keys to the list around a scalar, or to the scalar itself."""
    return next((place for place, key in enumerate(keys) if isinstance(key, int)), len(keys))

"""A measurement as JSON: members are added, never renamed or removed. The history keeps the same object."""

from typing import Any

from wslgo.bench.intervals import Interval, interval, ratio
from wslgo.bench.model import ROLES, TASKS, BuildProfile, Measured, Measurement, Place, Step
from wslgo.bench.report.wording import noise
from wslgo.text.message import Language

VERSION = 1
_COSTS = ("cpu", "io_wait", "operations", "waits", "read_bytes", "written_bytes")


def as_json(measurement: Measurement, spoken: Language) -> dict[str, Any]:
    """Return the object that scripts rely on."""
    subject, gpu = measurement.subject, measurement.gpu
    return {
        "version": VERSION,
        "when": measurement.when,
        "subject": {
            "name": subject.name,
            "digest": subject.digest,
            "packages": subject.packages,
            "is_sample": subject.is_sample,
            "cgo": subject.with_cgo,
        },
        "conditions": measurement.conditions._asdict(),
        "rounds": measurement.rounds,
        "wanted_rounds": measurement.wanted,
        "load": measurement.load,
        "runs": [_run(measured, measurement) for measured in measurement.measured],
        "noise": {task: _interval(noise(measurement, task)) for task in TASKS},
        "gpu": None if gpu is None else gpu._asdict(),
        "profiles": {name: _profile(profile) for name, profile in measurement.profiles.items()},
        "skipped": [{"place": each.name, "reason": each.reason.render(spoken)} for each in measurement.skipped],
    }


def _run(measured: Measured, measurement: Measurement) -> dict[str, Any]:
    arrangement = measured.arrangement
    return {
        "id": arrangement.id,
        "places": {role: _place(arrangement.place(role)) for role in ROLES},
        "variables": dict(arrangement.variables),
        "again": arrangement.is_twin,
        "tasks": {task: _task(measured, task, measurement) for task in TASKS},
    }


def _task(measured: Measured, task: str, measurement: Measurement) -> dict[str, Any]:
    compared = ratio(measured.walls(task), measurement.first.walls(task))
    return {
        "seconds": [round(value, 4) for value in measured.walls(task)],
        **_interval(interval(measured.walls(task))),
        "ratio": None if measured == measurement.first else _interval(compared),
        **{name: [_rounded(getattr(cost, name)) for cost in measured.costs[task]] for name in _COSTS},
    }


def _place(place: Place) -> dict[str, Any]:
    return {"name": place.name, "mount": place.mount, "kind": place.kind, "windows": place.windows}


def _interval(found: Interval) -> dict[str, Any]:
    numbers = {name: round(value, 4) for name, value in found._asdict().items()}
    return {name: value if value != float("inf") else None for name, value in numbers.items()}


def _profile(profile: BuildProfile) -> dict[str, Any]:
    return {
        "seconds": round(profile.wall, 4),
        "hits": profile.hits,
        "built": profile.built,
        "critical_path": list(map(_step, profile.path)),
        "packages": [_step(step) for step in sorted(profile.steps, key=lambda step: -step.seconds)[:50]],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "package": step.package,
        "kind": step.kind,
        "seconds": round(step.seconds, 4),
        "cpu": round(step.cpu, 4),
    }


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if isinstance(value, float) else value

"""`wslgo attach`: the JSON, and what stays silent; the processes are in `tests/machine/test_processes.py`."""

import json

from commandline import wslgo


def test_the_object_that_scripts_rely_on() -> None:
    code, out, err = wslgo("attach", "--format", "json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) == {"version", "processes", "leftovers"}
    for process in found["processes"]:
        assert set(process) >= {"pid", "started", "package", "module", "age", "ports", "debuggable", "obstacle"}


def test_both_languages_have_a_headline() -> None:
    assert "Go program" in wslgo("attach", "--list").out
    assert "Go 程序" in wslgo("attach", "--lang", "zh").out


def test_one_process_at_a_time() -> None:
    code, _, err = wslgo("attach", "--end", "--yes")
    assert (code, "--end PID --yes" in err) == (2, True)

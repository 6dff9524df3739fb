"""A mirror publishes only what go.sum or the checksum database vouches for, and only in its own folder."""

from pathlib import Path

import pytest

from upstream import Upstream, Workplace, demand_namespace, published, small

pytestmark = pytest.mark.slow


def test_a_tree_that_has_grown_continues_the_one_that_a_machine_remembers(
    workplace: Workplace, upstream: Upstream
) -> None:
    demand_namespace()
    small(workplace, upstream)
    first = workplace.settings()
    (workplace.here / "go.sum").unlink()
    kept = workplace.folder / "kept"
    assert workplace.go_offline("mod", "tidy", **first, GOPATH=str(kept)).returncode == 0
    upstream.database.fill(600)
    upstream.add("example.com/more")
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/more v1.0.0\n")
    second = workplace.settings()
    done = workplace.go_offline("mod", "download", "example.com/more@v1.0.0", **second, GOPATH=str(kept))
    assert done.returncode == 0, done.stderr


def test_a_module_that_go_sum_contradicts_is_not_published(workplace: Workplace, upstream: Upstream) -> None:
    upper, old, *_ = small(workplace, upstream)
    wrong = upstream.go_sum(old).replace("h1:", "h1:AAAA", 1)
    (workplace.here / "go.sum").write_text(upstream.go_sum(upper) + wrong)
    done = workplace.fill()
    assert done.returncode == 1
    assert b"example.com/old@v2.3.4+incompatible" in done.stderr
    assert b"checksum mismatch" in done.stderr
    assert old.file("zip") not in published(workplace)


def test_a_zip_that_was_damaged_in_the_mirror_is_fetched_again(workplace: Workplace, upstream: Upstream) -> None:
    upper, *_ = small(workplace, upstream)
    assert workplace.fill().returncode == 0
    upstream.zips()
    path = workplace.mirror / upper.file("zip")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    done = workplace.fill()
    assert done.returncode == 0
    assert b"was damaged in the mirror" in done.stderr
    assert upstream.zips() == [f"/{upper.file('zip')}"]
    assert path.read_bytes() == upstream.files[f"/{upper.file('zip')}"]


def test_a_zip_in_the_mirror_that_go_sum_contradicts_is_an_error(workplace: Workplace, upstream: Upstream) -> None:
    upper, old, *_ = small(workplace, upstream)
    assert workplace.fill().returncode == 0
    sums = (workplace.here / "go.sum").read_text().replace(upstream.sums[upper][0], upstream.sums[old][0])
    (workplace.here / "go.sum").write_text(sums)
    done = workplace.fill()
    assert done.returncode == 1
    assert f"Checksum mismatch for {upper}: {upstream.sums[upper][0]}, but" in done.stderr.decode()


def test_a_workspace_and_a_tool_that_disagree_about_a_module(workplace: Workplace, upstream: Upstream) -> None:
    module = upstream.add("example.com/dependency")
    sums = upstream.go_sum(module)
    forged = sums.replace(upstream.sums[module][0], "h1:" + "A" * 43 + "=")
    main = b'package main\n\nimport _ "example.com/dependency"\n\nfunc main() {}\n'
    content = {"cmd/x/main.go": main, "go.sum": forged.encode()}
    upstream.add("example.com/tools", "v0.3.0", {"example.com/dependency": "v1.0.0"}, content)
    upstream.publish()
    text = "module example.com/app\n\ngo 1.21\n\nrequire example.com/dependency v1.0.0\n"
    workplace.write({"go.mod": text, "go.sum": sums})
    done = workplace.fill("--tool", "example.com/tools/cmd/x@v0.3.0")
    assert done.returncode == 1
    assert b"Checksum mismatch for example.com/dependency@v1.0.0" in done.stderr
    assert module.file("zip") not in published(workplace)


def test_the_record_of_the_database_counts_also_for_what_go_sum_has(workplace: Workplace, upstream: Upstream) -> None:
    module = upstream.add("example.com/dependency")
    number = len(upstream.database.records) - 1
    upstream.database.records[number] = upstream.database.records[number].replace(b" h1:", b" h1:AAAA", 1)
    upstream.publish()
    text = "module example.com/app\n\ngo 1.21\n\nrequire example.com/dependency v1.0.0\n"
    workplace.write({"go.mod": text, "go.sum": upstream.go_sum(module)})
    done = workplace.fill()
    assert done.returncode == 1
    assert b"but the checksum database sum.test has h1:AAAA" in done.stderr


def test_a_database_that_forks_is_not_mirrored(workplace: Workplace, upstream: Upstream) -> None:
    small(workplace, upstream)
    assert workplace.fill().returncode == 0
    upstream.database.records[0] = upstream.database.records[0].replace(b"v1.0.0", b"v1.0.9")
    upstream.database.fill(5)
    upstream.add("example.com/more")
    upstream.publish()
    with (workplace.here / "go.mod").open("a") as file:
        file.write("\nrequire example.com/more v1.0.0\n")
    done = workplace.fill()
    assert done.returncode == 1
    assert b"contradicts what it signed earlier" in done.stderr or b"SECURITY ERROR" in done.stderr


def test_only_an_empty_folder_becomes_a_mirror_and_no_link_is_followed(
    workplace: Workplace, upstream: Upstream, tmp_path: Path
) -> None:
    small(workplace, upstream)
    workplace.mirror.mkdir()
    (workplace.mirror / "notes.txt").write_text("mine")
    done = workplace.fill()
    assert done.returncode == 1
    assert b"choose an empty folder" in done.stderr
    (workplace.mirror / "notes.txt").unlink()
    outside = tmp_path / "outside"
    outside.mkdir()
    (workplace.mirror / ".wslgo").mkdir()
    (workplace.mirror / ".wslgo/needs.json").write_text("{}")
    (workplace.mirror / "example.com").symlink_to(outside)
    assert workplace.fill().returncode == 1
    assert not list(outside.iterdir())

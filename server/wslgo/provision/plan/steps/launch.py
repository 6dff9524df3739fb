"""Launch configurations and tasks for the workspace around, on request: they belong to its repository."""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan.file_fixes import written
from wslgo.text.message import Message
from wslgo.text.source import decode

ID = "launch"
TITLE = Message(en="Write launch configurations into {folder}", zh="将启动配置写入 {folder}")
REASON = Message(
    en="Run and Debug starts each program and test of this workspace under Delve, with what this machine needs for it",
    zh="“运行和调试”可在 Delve 下启动此工作区的每个程序和测试，并带有此机器所需的设置",
)


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return ()


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    if not spec.names(ID):
        return
    wanted = (written(facts, path, decode(data)) for path, data in facts.generated.items())
    writes = tuple(one for one in wanted if one is not None)
    if writes:
        yield Step(ID, TITLE(folder=writes[0].path.rpartition("/")[0]), REASON(), writes)

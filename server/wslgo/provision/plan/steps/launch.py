"""Launch configurations and tasks of the workspace; only on request, since they belong to its repository."""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Step
from wslgo.provision.plan.file_fixes import write_of
from wslgo.text.message import Message
from wslgo.text.source import decode

ID = "launch"
RESOLVES = ()
TITLE = Message(en="Write launch configurations to {folder}", zh="将启动配置写入 {folder}")
REASON = Message(
    en="Run and Debug then starts each program and test of this workspace in Delve, set up for this machine",
    zh="之后可用“运行和调试”在 Delve 中启动此工作区的每个程序和测试，并带有此机器所需的设置",
)


def reads(_user: User, _host: Host) -> tuple[str, ...]:
    return ()


def steps(facts: Facts, spec: Spec) -> Iterator[Step]:
    if not spec.names(ID):
        return
    every = (write_of(facts, path, decode(data)) for path, data in facts.generated.items())
    writes = tuple(write for write in every if write is not None)
    if writes:
        yield Step(ID, TITLE(folder=writes[0].path.rpartition("/")[0]), REASON(), writes)

"""Hovers about a Go variable in a file that starts programs of its own: who gets the value, and what wins there."""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.levels import Level, Relation, Setting, met, setting_of
from wslgo.syntax.file import File
from wslgo.text.markdown import code
from wslgo.text.message import Message, Text
from wslgo.text.span import Lines

_LEVELS = {
    Level.WORKFLOW: Message(
        en="Set for all jobs; `env` of a job or a step wins over it", zh="对所有作业生效；作业或步骤的 `env` 优先于它"
    ),
    Level.JOB: Message(
        en="Set for this job: it wins over `env` at the top, and `env` of a step wins over it",
        zh="对此作业生效：它优先于顶层的 `env`，步骤的 `env` 优先于它",
    ),
    Level.STEP: Message(
        en="Set for this step: it wins over `env` of the job and at the top",
        zh="对此步骤生效：它优先于作业和顶层的 `env`",
    ),
    Level.RUN: Message(
        en="Set in this `run` only, where it wins over every `env`", zh="仅在此 `run` 中生效，并优先于所有 `env`"
    ),
    Level.LATER_STEPS: Message(
        en="Set for the later steps of this job; `env` of a step wins over it",
        zh="对此作业的后续步骤生效；步骤的 `env` 优先于它",
    ),
    Level.PIPELINE: Message(
        en="Set for all jobs; variables of a job win over it, and those in GitLab's settings over both",
        zh="对所有作业生效；作业的变量优先于它，GitLab 设置中的变量优先于两者",
    ),
    Level.PIPELINE_JOB: Message(
        en="Set for this job: it wins over the variables at the top, and those in GitLab's settings win over it",
        zh="对此作业生效：它优先于顶层的变量，GitLab 设置中的变量优先于它",
    ),
    Level.SCRIPT: Message(
        en="Set in this script only, where it wins over all variables", zh="仅在此脚本中生效，并优先于所有变量"
    ),
    Level.IMAGE: Message(
        en="Set below this line: in this stage, in stages and images made from it, and in its containers",
        zh="从此行起生效：在此阶段、基于它的阶段和镜像以及其容器中",
    ),
    Level.BUILD: Message(
        en="Set for RUN in this stage, unless `--build-arg` has another value; an ENV of this name wins over it",
        zh="对此阶段的 RUN 生效，除非 `--build-arg` 给出其他值；同名的 ENV 优先于它",
    ),
    Level.BUILD_COMMAND: Message(
        en="Set for this command only, where it wins over ENV and ARG", zh="仅对此命令生效，并优先于 ENV 和 ARG"
    ),
    Level.SERVICE: Message(
        en="Set in containers of this service: it wins over `env_file` and over ENV of the image",
        zh="在此服务的容器中生效：它优先于 `env_file` 和镜像的 ENV",
    ),
    Level.SERVICE_BUILD: Message(
        en="Set for the build of the image, if its Dockerfile has an ARG of this name",
        zh="对镜像的构建生效，前提是其 Dockerfile 有同名的 ARG",
    ),
    Level.CONTAINER: Message(
        en="Set for all programs of the container; `remoteEnv` wins over it in the editor",
        zh="对容器中的所有程序生效；在编辑器中 `remoteEnv` 优先于它",
    ),
    Level.EDITOR: Message(
        en="Set for the editor in the container: it wins over `containerEnv`",
        zh="对容器中的编辑器生效：它优先于 `containerEnv`",
    ),
    Level.MAKE: Message(
        en="Set for all that make starts: it wins over the environment, and `make NAME=value` wins over it",
        zh="对 make 启动的所有程序生效：它优先于环境变量，`make NAME=value` 优先于它",
    ),
    Level.MAKE_DEFAULT: Message(
        en="Set for all that make starts, unless the environment or `make NAME=value` sets it",
        zh="对 make 启动的所有程序生效，除非环境变量或 `make NAME=value` 已设置它",
    ),
    Level.RECIPE: Message(
        en="Set in this line only, where it wins over make's variables and the environment",
        zh="仅在此行中生效，并优先于 make 的变量和环境变量",
    ),
    Level.GO_ENV: Message(
        en="Written to the go env file there: an environment variable of this name wins over it",
        zh="写入那里的 go env 文件：同名的环境变量优先于它",
    ),
}
_RELATIONS = {
    Relation.WINS: Message(en="- {value} in line {line} wins there", zh="- 第 {line} 行的 {value} 在该处优先"),
    Relation.OVERRIDDEN: Message(
        en="- {value} in line {line} is overridden here", zh="- 第 {line} 行的 {value} 在此处被覆盖"
    ),
}
UNKNOWN = Message(en="a value that is known only there", zh="仅在那里才知道的值")
_MOST = 8  # lines that a hover lists


def paragraphs(file: File, assignment: Assignment) -> Iterator[tuple[Text, ...]]:
    """Yield who gets a value, and the lines of the file that meet it."""
    setting = setting_of(file, assignment)
    if setting is None:
        return
    yield (_LEVELS[setting.level](),)
    lines = Lines(file.source.text)
    others = dict.fromkeys(_line(other, relation, lines) for other, relation in met(file, setting))
    if others:
        yield tuple(others)[:_MOST]


def _line(other: Setting, relation: Relation, lines: Lines) -> Text:
    assignment = other.assignment
    value = UNKNOWN() if assignment.value is None else code(assignment.value)
    return _RELATIONS[relation](value=value, line=str(lines.line_of(assignment.name_span.start) + 1))

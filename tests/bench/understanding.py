"""All questions about a Go workspace that generation asks; `measure` starts it as a program."""

import sys

from wslgo.golang.containers import containers_of
from wslgo.golang.disk import Disk
from wslgo.golang.project import Project
from wslgo.golang.uses import cuda, gui, ports, stdin


def understand(folder: str) -> None:
    project = Project(Disk(folder))
    for package in project.packages():
        if package.is_main:
            cuda.tags_of_program(project, package)
            for question in (gui.toolkit_of, ports.services_of, stdin.input_of):
                question(project, package, package.files)
    containers_of(project)


if __name__ == "__main__":
    understand(sys.argv[1])

"""Asks of a Go workspace all that generation asks. Started as a program by `measure`."""

import sys

from wslgo import gocuda, gogui, goservice, goterminal
from wslgo.disk import Disk
from wslgo.gocontainer import containers_of
from wslgo.goproject import Project


def understand(folder: str) -> None:
    project = Project(Disk(folder))
    for package in project.packages():
        if package.is_main:
            gocuda.tags_of_program(project, package)
            for question in (gogui.toolkit_of, goservice.services_of, goterminal.input_of):
                question(project, package, package.files)
    containers_of(project)


if __name__ == "__main__":
    understand(sys.argv[1])

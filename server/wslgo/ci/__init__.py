"""The settings of Go builds, place by place: this machine, modules, jobs of CI, images, containers and tools.

`model.py` has the types. One module per kind of place turns parsed files into places, each with the values that count
there; `comparison.py` says which of them are equal. Nothing here judges: a difference is only a fact, and what is wrong
about one is the finding of a rule.
"""

"""What the server answers, by topic: each module has a `register` that hangs its handlers on the server.

A handler finds the document, asks the core, and has `convert` build the answer; what there is to know about a topic
lies below, in `lsp/` where it needs a session, else in the core. A new one goes here:

- about a place of a document (hover, completion, definition): `places`
- about a document as a whole (hints, links, symbols): `whole`
- launch configurations and their lenses: `debugging`
- a command: to the topic that it serves, `pages`, `machine` or `writing`
- a new topic: a module here, and its line in `lsp/server.py`
"""

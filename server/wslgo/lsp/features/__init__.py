"""The handlers of requests and notifications, one module per topic; its `register` adds them to the server.

A handler finds the document, asks the core, and has `convert` build the answer. The rest is in `lsp/` if it needs a
session, else in the core. A new handler belongs here:

- about a position in a document (hover, completion, definition): `position`
- about a whole document (hints, links, symbols): `document`
- launch configurations and their lenses: `launch`
- a command: `page_commands`, `machine_commands` or `write_commands`
- a new topic: a module here, and its line in `lsp/server.py`
"""

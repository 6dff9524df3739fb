"""The Debug Adapter Protocol over a socket: requests with their replies, and events in the order of arrival."""

import json
import socket
from typing import Any

Json = Any

PATIENCE = 60.0  # seconds of silence; a first build on two loaded cores takes long, and nothing else does


class RequestFailed(Exception):  # noqa: N818 it is an answer
    """The adapter answered a request with a failure; the text is its error message."""


class Wire:
    """One end of a connection; the caller that waits reads from it, without threads and polling."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE)
        self._connection = connection
        self._incoming = connection.makefile("rb")
        self._sent = 0
        self._replies: dict[int, Json] = {}
        self._events: list[Json] = []

    def close(self) -> None:
        self._incoming.close()
        self._connection.close()

    def request(self, command: str, **arguments: Json) -> Json:
        """Send a request and return the body of the reply; raise RequestFailed with the adapter's error message."""
        return self.reply(self.send(command, **arguments))

    def send(self, command: str, **arguments: Json) -> int:
        """Send a request and return its number, for requests whose reply comes late."""
        self._sent += 1
        message = {"seq": self._sent, "type": "request", "command": command, "arguments": arguments}
        body = json.dumps(message).encode()
        self._connection.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        return self._sent

    def reply(self, number: int) -> Json:
        """Return the body of the reply to a request, by `request_seq`: older Delves number all their messages 0."""
        while number not in self._replies:
            self._receive()
        reply = self._replies.pop(number)
        if reply["success"]:
            return reply.get("body")
        raise RequestFailed(reply.get("body", {}).get("error", {}).get("format") or reply.get("message", ""))

    def event(self, *names: str) -> Json:
        """Return the next event with one of these names; other events stay in the queue."""
        while True:
            for event in self._events:
                if event["event"] in names:
                    self._events.remove(event)
                    return event
            self._receive()

    def output(self) -> str:
        """Return the adapter's output so far for the Debug Console."""
        return "".join(event["body"]["output"] for event in self._events if event["event"] == "output")

    def _receive(self) -> None:
        length = 0
        while header := self._incoming.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise EOFError("the adapter has closed the connection")
        message = json.loads(self._incoming.read(length))
        if message["type"] == "response":
            self._replies[message["request_seq"]] = message
        else:
            self._events.append(message)

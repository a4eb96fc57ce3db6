"""Asks a server one thing after the other, for everything that is not timed."""

import json
from typing import Optional

from load import questions
from wire import Connection, Lost


def post(address: tuple[str, int], body: bytes) -> bytes:
    """The whole request with a body."""
    return b"POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        address[0].encode(),
        len(body),
        body,
    )


class Asker:
    """A kept connection to a server, opened again when the server has closed it."""

    def __init__(self, address: tuple[str, int]):
        self.address = address
        self.connection: Optional[Connection] = None

    def answer(self, body: bytes) -> bytes:
        """The body of the answer to the body of a request."""
        return self._exchange(body).body

    def headers(self, body: bytes) -> list[list[str]]:
        """The headers of an answer that say something about it rather than about the connection."""
        lines = self._exchange(body).head.decode().split("\r\n")[1:]
        headers = [line.split(": ", 1) for line in lines if line]
        return [header for header in headers if header[0].lower() not in ("connection", "content-length", "date")]

    def data(self, query: str, **variables: Optional[str]) -> dict:
        """The data of the answer, which must have no errors."""
        answer = json.loads(self.answer(questions.body(query, **variables)))
        if answer.get("errors"):
            raise SystemExit(f"{query} {variables} is answered with {answer['errors']}")
        return answer["data"]

    def _exchange(self, body: bytes):
        request = post(self.address, body)
        try:
            answer = self._open().ask(request)
        except (OSError, Lost):  # an idle connection is closed after a while
            self.connection = None
            answer = self._open().ask(request)
        if answer.closes:
            self.connection = None
        if answer.status != 200:
            raise SystemExit(f"{body[:200]!r} is answered with {answer.status} {answer.body[:300]!r}")
        return answer

    def _open(self) -> Connection:
        if self.connection is None:
            self.connection = Connection(self.address, "127.0.0.1")
        return self.connection

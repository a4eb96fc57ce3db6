"""HTTP/1.1 over a plain socket, with as little of our own time in it as Python allows."""

import re
import socket
from typing import Optional

TIMEOUT = 10.0  # seconds without a byte before a request counts as lost
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class Lost(Exception):
    """There was no whole answer."""


class Answer:
    """A whole response."""

    def __init__(self, head: bytes, body: bytes):
        self.head = head
        self.status = int(head[9:12])
        self.closes = CLOSE.search(head) is not None
        self.body = body


class Connection:
    """One connection that is kept; it can come from any loopback address, as if it were another client."""

    def __init__(self, server: tuple[str, int], source: str):
        self.socket = socket.create_connection(server, TIMEOUT, (source, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()

    def send(self, request: bytes) -> None:
        self.socket.sendall(request)

    def receive_more(self) -> Optional[Answer]:
        """Reads what is there; gives the answer when it is whole."""
        chunk = self.socket.recv(256 * 1024)
        if not chunk:
            raise Lost("the server hung up")
        self.received += chunk
        head_end = self.received.find(b"\r\n\r\n")
        if head_end < 0:
            return None
        head = bytes(self.received[: head_end + 2])
        length = LENGTH.search(head)
        if not length:
            raise Lost("an answer without a length")
        end = head_end + 4 + int(length[1])
        if len(self.received) < end:
            return None
        body = bytes(self.received[head_end + 4 : end])
        del self.received[:end]
        return Answer(head, body)

    def ask(self, request: bytes) -> Answer:
        self.send(request)
        while True:
            answer = self.receive_more()
            if answer:
                return answer

    def close(self) -> None:
        self.socket.close()

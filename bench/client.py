"""The clients: ordinary ones, whose time is taken, and a hostile one. Each is a process of its own."""

import argparse
import gc
import json
import multiprocessing
import os
import re
import selectors
import time
from collections import Counter
from itertools import cycle
from typing import Callable, Optional

from wire import Answer, Connection, Lost

# Where the server, the ordinary clients and the hostile client run; README.md says why.
LAYOUTS = ("shared", "apart", "none")
QUERY = """query Page { roles(first: 20) { nodes {
  title category { path } duties(first: 5) { text } faqs(first: 3) { question answer }
} } }"""
HOSTILE_ADDRESS = "127.0.0.2"
CODE = re.compile(rb'"code": *"([A-Z_0-9]+)"')
WITH_DATA = re.compile(rb'^\{"data": *(?!null)')


def server_cores(layout: str) -> Optional[set]:
    """The cores that the server is bound to, if any."""
    cores = sorted(os.sched_getaffinity(0))
    return set(cores[: max(1, len(cores) // 2)]) if layout == "apart" else None


def take_place(layout: str, hostile: bool) -> None:
    """Puts this process where the layout wants it."""
    cores = sorted(os.sched_getaffinity(0))
    if layout == "apart" and len(cores) > 1:
        os.sched_setaffinity(0, set(cores[len(cores) // 2 :]))
    if hostile and layout != "none":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def request(query: str) -> bytes:
    body = json.dumps({"query": query}).encode()
    head = f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def expected_answer(server: tuple[str, int]) -> bytes:
    """The answer that every victim has to get."""
    answer = Connection(server, "127.0.0.1").ask(request(QUERY))
    parsed = json.loads(answer.body)
    if answer.status != 200 or len(parsed["data"]["roles"]["nodes"]) != 20:
        raise SystemExit(f"the ordinary query is not answered: {answer.status} {answer.body[:300]!r}")
    return answer.body


class Running:
    """A client in its process."""

    def __init__(self, process: multiprocessing.Process, pipe):
        self.process, self.pipe = process, pipe

    def result(self) -> dict:
        try:
            return self.pipe.recv()
        except EOFError:
            raise SystemExit("a client process ended early") from None
        finally:
            self.process.join()


def start(client: Callable[..., dict], *details) -> Running:
    receiving, sending = multiprocessing.Pipe(duplex=False)

    def run() -> None:
        receiving.close()
        sending.send(client(*details))

    process = multiprocessing.get_context("fork").Process(target=run, daemon=True)
    process.start()
    sending.close()
    return Running(process, receiving)


# ---------------------------------------------------------------- the ordinary client


def victim(server: tuple[str, int], span: tuple[float, float], network: int, expected: bytes, options: argparse.Namespace) -> dict:
    """Asks one thing after the other. It goes on from another address every so often, as many clients would, each of
    them within its budget; connecting is not part of what is measured."""
    take_place(options.pin, hostile=False)
    gc.disable()
    begin, end = span
    wanted = request(QUERY)
    times, lost, asked = [], [], 0
    connection = None
    while time.monotonic() < end:
        try:
            if connection is None or asked % options.per_address == 0:
                if connection:
                    connection.close()
                number = asked // options.per_address
                connection = Connection(server, f"127.{network}.{number // 250 % 250}.{number % 250 + 1}")
            asked += 1
            sent = time.perf_counter_ns()
            answer = connection.ask(wanted)
            took = time.perf_counter_ns() - sent
            if answer.status != 200 or answer.body != expected:
                raise Lost(f"{answer.status} {answer.body[:200]!r}")
            if time.monotonic() >= begin:
                times.append(took)
            if answer.closes:
                connection = None
        except (OSError, Lost) as trouble:
            lost.append(f"{type(trouble).__name__}: {trouble}")
            connection = None
    return {"times": times, "lost": lost}


# ---------------------------------------------------------------- the hostile client


def attacker(server: tuple[str, int], span: tuple[float, float], number: int, options: argparse.Namespace) -> dict:
    """Keeps every connection busy with the next document of the corpus until the end."""
    take_place(options.pin, hostile=True)
    return Attack(server, span, number, options).run()


class Attack:
    def __init__(self, server: tuple[str, int], span: tuple[float, float], number: int, options: argparse.Namespace):
        self.server, self.number = server, number
        self.begin, self.end = span
        self.connections = options.connections
        self.documents = cycle(options.documents)
        self.selector = selectors.DefaultSelector()
        self.outcomes: Counter = Counter()
        self.executed: set = set()

    def run(self) -> dict:
        for _ in range(self.connections):
            self.open()
        while time.monotonic() < self.end:
            for key, _ in self.selector.select(max(0.0, self.end - time.monotonic())):
                self.read(*key.data)
        return {"outcomes": dict(self.outcomes), "executed": sorted(self.executed)}

    def open(self) -> None:
        """Opens a connection and sends a first document."""
        while time.monotonic() < self.end:
            try:
                connection = Connection(self.server, HOSTILE_ADDRESS)
            except OSError:
                self.count("no connection")
                continue
            self.send(connection)
            return

    def send(self, connection: Connection) -> None:
        document = next(self.documents)
        self.number += 1
        try:
            connection.send(document.request(self.number))
        except OSError:
            pass  # the answer, if there is one, was given before the whole document was there
        data = (connection, document.name)
        try:
            self.selector.modify(connection.socket, selectors.EVENT_READ, data)
        except KeyError:
            self.selector.register(connection.socket, selectors.EVENT_READ, data)

    def read(self, connection: Connection, name: str) -> None:
        try:
            answer = connection.receive_more()
        except (OSError, Lost):
            self.count("connection closed without an answer")
            self.give_up(connection)
            return
        if answer is None:
            return
        self.count(self.outcome(answer, name))
        if answer.closes:
            self.give_up(connection)
        else:
            self.send(connection)

    def give_up(self, connection: Connection) -> None:
        self.selector.unregister(connection.socket)
        connection.close()
        self.open()

    def outcome(self, answer: Answer, name: str) -> str:
        if WITH_DATA.match(answer.body):
            self.executed.add(name)
            return f"{answer.status} executed"
        code = CODE.search(answer.body)
        return f"{answer.status} {code[1].decode() if code else 'without a code'}"

    def count(self, outcome: str) -> None:
        if time.monotonic() >= self.begin:
            self.outcomes[outcome] += 1

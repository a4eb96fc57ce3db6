"""The workloads: which requests are sent, in which order."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Callable, TypeVar

from load import questions
from load.ask import Asker
from load.catalogue import FIELDS, GRADES, JOBS, PLACES, Catalogue
from load.queries import Truth, prefixes, queries

SEED = 11
ROLES = 1_000  # whose pages are asked for, of any catalogue
PAGES = 50  # of the list, from its start
DEEP_PAGES = 20  # at the end of the list, and as many at its start to compare
DEEPEST = 5_000  # the last of the deep pages in a catalogue that is large enough
COLD_REQUESTS = 200_000
MIXED_REQUESTS = 50_000
ZIPF = 1.0  # the exponent: the role of rank n is asked for 1/n times as often as the first
Thing = TypeVar("Thing")
NAMES = ("q1", "q2", "q3", "q4", "search", "suggest", "shallow", "deep", "cold", "mix")
LARGE = 50_000  # roles from which on depth and coldness mean something
DESCRIPTIONS = {
    "q1": "one role by slug with everything on its page",
    "q2": "a page of 20 roles by title, each with 5 duties and 3 questions",
    "q3": "the first 10 roles whose title contains a text",
    "q4": "`{ __typename }`",
    "search": "the first 10 roles for two words, their number and all five facets; some 300 queries",
    "suggest": "10 names for what is typed: the first 1, 2, 3, 5 and 8 characters of some 300 names",
    "shallow": "q2, the first 20 pages",
    "deep": "q2, 20 pages that end with page 5,000 or with the last one",
    "cold": "q1 over all roles, at most 200,000, in random order: a role comes again when all others have had their turn",
    "mix": "70 % q1, 20 % q2, 10 % q3 by Zipf's law, while roles are edited",
}


@dataclass
class Workload:
    """The bodies of requests, in the order in which they are sent."""

    name: str
    bodies: list[bytes]
    kinds: dict[bytes, str] = field(default_factory=dict)  # of bodies, where one kind may take longer than another

    def sent(self, number: int) -> None:
        """Goes on after those that were sent, so that none comes again before all others have had their turn."""
        at = number % len(self.bodies)
        self.bodies = self.bodies[at:] + self.bodies[:at]


def usual(catalogue: Catalogue) -> list[str]:
    """The workloads that say something about a catalogue of this size."""
    large = ("shallow", "deep", "cold")
    return [name for name in NAMES if catalogue.size >= LARGE or name not in large]


class Requests:
    """The bodies for one server; they hold its cursors."""

    def __init__(self, catalogue: Catalogue, asker: Asker):
        self.catalogue, self.asker = catalogue, asker
        self.random = Random(SEED)
        numbers = list(range(catalogue.size))
        self.random.shuffle(numbers)
        self.numbers = numbers
        self.texts = texts(catalogue)
        self.queries = queries(catalogue)
        self.prefixes = prefixes(catalogue)
        self.truth = Truth(catalogue)
        self.first_pages = self._pages(0, PAGES)

    def workload(self, name: str) -> Workload:
        if name in ("search", "suggest"):
            return self._typed(name)
        make: dict[str, Callable[[], list[bytes]]] = {
            "q1": lambda: self.roles(self.numbers[:ROLES]),
            "q2": lambda: self._shuffled(self.pages(self.first_pages)),
            "q3": lambda: self._shuffled(self.searches()),
            "q4": lambda: [questions.body("nothing")],
            "shallow": lambda: self._shuffled(self.pages(self.first_pages[:DEEP_PAGES])),
            "deep": lambda: self._shuffled(self.pages(self.last_pages)),
            "cold": lambda: self.roles(self.numbers[:COLD_REQUESTS]),
            "mix": self._mixed,
        }
        return Workload(name, make[name]())

    def roles(self, numbers: list[int]) -> list[bytes]:
        return [questions.body("role", slug=self.catalogue.slug(number)) for number in numbers]

    def pages(self, places: list[tuple[int, str]]) -> list[bytes]:
        return [questions.body("page", after=cursor) for _, cursor in places]

    def searches(self) -> list[bytes]:
        return [questions.body("search", text=text) for text in self.texts]

    def _typed(self, name: str) -> Workload:
        """What people type, in an order in which kinds follow each other by chance."""
        question, typed = ("find", self.queries) if name == "search" else ("suggest", self.prefixes)
        kinds = [(questions.body(question, text=one.text), one.kind) for one in typed]
        return Workload(name, self._shuffled([body for body, _ in kinds]), dict(kinds))

    @cached_property
    def last_pages(self) -> list[tuple[int, str]]:
        """The deep pages, with their cursors."""
        whole = min(DEEPEST, max(1, self.catalogue.size // questions.PAGE))
        return self._pages(max(0, whole - DEEP_PAGES), min(DEEP_PAGES, whole))

    def _pages(self, first: int, number: int) -> list[tuple[int, str]]:
        """Some pages with the cursors before them, found by walking there."""
        cursor = self._walk_to(first)
        found = []
        for page in range(first, min(first + number, -(-self.catalogue.size // questions.PAGE))):
            found.append((page, cursor))
            cursor = self.asker.data("page", after=cursor)["roles"]["pageInfo"]["endCursor"]
        return found

    def _walk_to(self, page: int):
        """The cursor before a page; goes in large steps, and the rest in pages."""
        cursor, steps = None, page * questions.PAGE // 100
        for _ in range(steps):
            cursor = self.asker.data("skip", after=cursor)["roles"]["pageInfo"]["endCursor"]
        for _ in range(page - steps * 100 // questions.PAGE):
            cursor = self.asker.data("page", after=cursor)["roles"]["pageInfo"]["endCursor"]
        return cursor

    def _mixed(self) -> list[bytes]:
        """Requests as readers make them: few things often, many things seldom."""
        kinds = self.random.choices(("q1", "q2", "q3"), (70, 20, 10), k=MIXED_REQUESTS)
        drawn = {
            "q1": iter(self.roles(self._by_zipf(self.numbers, kinds.count("q1")))),
            "q2": iter(self._by_zipf(self._shuffled(self.pages(self.first_pages)), kinds.count("q2"))),
            "q3": iter(self._by_zipf(self._shuffled(self.searches()), kinds.count("q3"))),
        }
        return [next(drawn[kind]) for kind in kinds]

    def _by_zipf(self, things: list[Thing], number: int) -> list[Thing]:
        """Draws by Zipf's law; the first of the things is the most popular one."""
        weights = accumulate(1 / rank**ZIPF for rank in range(1, len(things) + 1))
        return self.random.choices(things, cum_weights=list(weights), k=number)

    def _shuffled(self, bodies: list[bytes]) -> list[bytes]:
        return self.random.sample(bodies, len(bodies))


def texts(catalogue: Catalogue) -> list[str]:
    """Texts that stand in ten titles or more, or at least in one where titles are few: words in lower case and pieces
    of words in turn."""
    words = sorted({*GRADES, *FIELDS, *JOBS, *PLACES})
    pieces = [word[1:] if at % 2 else word.lower() for at, word in enumerate(words)]
    wanted = questions.FOUND if catalogue.size >= 1_000 else 1
    return [piece for piece in pieces if len(questions.hits(catalogue, piece)) >= wanted]

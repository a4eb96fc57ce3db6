"""What people type: queries of two words, and names letter by letter; drawn from the catalogue, the same every time."""

import re
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Callable, Optional

from load.catalogue import (
    CATEGORIES,
    FIELDS,
    GRADES,
    HEADINGS,
    JOBS,
    MARKS,
    PLACES,
    QUESTIONS,
    SEED,
    SKILL_ACTS,
    SKILL_KINDS,
    SKILL_THINGS,
    WORDS,
    Catalogue,
    Role,
)

QUERIES_OF_A_KIND = 60
ATTEMPTS = 20  # at each of them, because a small catalogue has fewer
NAMES_OF_A_KIND = 100
TYPED = (1, 2, 3, 5, 8)  # characters of a name
WORD = re.compile(r"[a-z]+")
READ = 1_000  # roles whose skills are read to know who has a word
BEGINNING = 4  # letters that forms of a word have in common
HEADLINES = "Overview Career outlook Salary The median practitioner earns a year"  # of every document


@dataclass(frozen=True)
class Typed:
    """A text that somebody types, and what sort of text it is."""

    kind: str
    text: str


def queries(catalogue: Catalogue) -> list[Typed]:
    """Queries of two words, as many of each kind; fewer where a small catalogue has fewer."""
    random = Random(f"{SEED}:queries")
    role = lambda: catalogue.role(random.randrange(catalogue.size))  # noqa: E731
    of_title = lambda role: random.choice(_words(role.title))  # noqa: E731
    of_texts = lambda: random.choice(WORDS).lower()  # noqa: E731

    def title_and_skill(role: Role) -> list[str]:
        return [of_title(role), random.choice(_words(random.choice(role.skills)))]

    kinds: dict[str, Callable[[], list[str]]] = {
        "field and job of a title": lambda: _words(role().title)[1:3],
        "title and skill": lambda: title_and_skill(role()),
        "two words of a skill": lambda: random.sample(_words(random.choice(role().skills)), 2),
        "two words of texts": lambda: [of_texts(), of_texts()],
        "title and texts": lambda: [of_title(role()), of_texts()],
    }
    found: dict[str, str] = {}
    for kind, draw in kinds.items():
        wanted = len(found) + QUERIES_OF_A_KIND
        for _ in range(QUERIES_OF_A_KIND * ATTEMPTS):
            if len(found) < wanted and len(words := dict.fromkeys(draw())) == 2:
                found.setdefault(" ".join(words), kind)
    return [Typed(kind, text) for text, kind in found.items()]


def prefixes(catalogue: Catalogue) -> list[Typed]:
    """What is typed on the way to a name. A title is typed from any of its words on, the others from their start."""
    random = Random(f"{SEED}:prefixes")
    names = []
    for _ in range(NAMES_OF_A_KIND):
        role = catalogue.role(random.randrange(catalogue.size))
        title = role.title.split(" ")
        names += [" ".join(title[random.randrange(len(title)) :]), random.choice(role.skills), role.category]
    return [
        Typed("1 character" if length == 1 else f"{length} characters", name[:length].lower())
        for name in names
        for length in TYPED
        if length <= len(name)
    ]


class Truth:
    """Who has the words of a query, where that is easy to say."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue

    def roles(self, query: str) -> Optional[list[int]]:
        """The numbers of the roles that have all words of a query. None where another word of the catalogue may be a form
        of one of them, where texts have one, or where too many skills would have to be read."""
        words = query.lower().split(" ")
        places = self._titles if all(word in IN_TITLES for word in words) else self._titles_and_skills
        if places is None or not all(word in PLAIN for word in words):
            return None
        return [number for number, place in enumerate(places) if all(f" {word} " in place for word in words)]

    def titles(self, prefix: str, limit: int) -> int:
        """The number of titles with a word that begins like this, and goes on like this; at most the limit."""
        found = 0
        for title in self._titles_as_written:
            found += f" {prefix}" in title
            if found == limit:
                break
        return found

    @cached_property
    def _titles_as_written(self) -> list[str]:
        return [f" {self.catalogue.title(number).lower()}" for number in range(self.catalogue.size)]

    @cached_property
    def _titles(self) -> list[str]:
        """The words of every title, each between two blanks."""
        return [_spaced(title) for title in self._titles_as_written]

    @cached_property
    def _titles_and_skills(self) -> Optional[list[str]]:
        if self.catalogue.size > READ:
            return None
        roles = map(self.catalogue.role, range(self.catalogue.size))
        return [_spaced(" ".join([role.title, *role.skills])) for role in roles]


def _words(name: str) -> list[str]:
    return name.replace(",", "").split(" ")


def _spaced(text: str) -> str:
    return f" {text.lower().replace(',', '').strip()} "


def _vocabulary(*texts: str) -> set[str]:
    return {word for text in texts for word in WORD.findall(text.lower())}


def _plain(named: set[str], others: set[str]) -> set[str]:
    """The words of names that begin like no other word, so that no form of a word is taken for another one."""
    beginnings = [word[:BEGINNING] for word in named | others]
    return {word for word in named - others if beginnings.count(word[:BEGINNING]) == 1}


IN_TITLES = _vocabulary(*GRADES, *FIELDS, *JOBS, *PLACES)
PLAIN = _plain(
    IN_TITLES | _vocabulary(*SKILL_KINDS, *SKILL_THINGS, *SKILL_ACTS),
    _vocabulary(*CATEGORIES, *HEADINGS, *QUESTIONS, *WORDS, *MARKS, HEADLINES),
)

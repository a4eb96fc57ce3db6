"""The same roles in plain tables, as one would make them by hand for the answers that are measured."""

import sqlite3
from pathlib import Path

from load.catalogue import CATEGORIES, Catalogue, Role, slug

TABLES = """
CREATE TABLE category (id INTEGER PRIMARY KEY, slug TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE skill (id INTEGER PRIMARY KEY, slug TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE role (id INTEGER PRIMARY KEY, category_id INTEGER NOT NULL, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  summary TEXT NOT NULL, overview TEXT NOT NULL, career_outlook TEXT NOT NULL, salary_median INTEGER NOT NULL,
  cover_letter TEXT NOT NULL);
CREATE TABLE duty (id INTEGER PRIMARY KEY, role_id INTEGER NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE faq (id INTEGER PRIMARY KEY, role_id INTEGER NOT NULL, position INTEGER NOT NULL, question TEXT NOT NULL,
  answer TEXT NOT NULL);
CREATE TABLE qualification_group (id INTEGER PRIMARY KEY, role_id INTEGER NOT NULL, position INTEGER NOT NULL,
  heading TEXT NOT NULL);
CREATE TABLE qualification_item (id INTEGER PRIMARY KEY, group_id INTEGER NOT NULL, position INTEGER NOT NULL,
  text TEXT NOT NULL);
CREATE TABLE role_skill (role_id INTEGER NOT NULL, position INTEGER NOT NULL, skill_id INTEGER NOT NULL,
  PRIMARY KEY (role_id, position)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX role_title ON role (title);
CREATE INDEX duty_role ON duty (role_id, position);
CREATE INDEX faq_role ON faq (role_id, position);
CREATE INDEX qualification_group_role ON qualification_group (role_id, position);
CREATE INDEX qualification_item_group ON qualification_item (group_id, position);
"""


def write(catalogue: Catalogue, file: Path) -> None:
    """Writes the whole catalogue into a new database."""
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous = off")
    database.executescript(TABLES)
    categories = {name: number for number, name in enumerate(CATEGORIES)}
    skills = {name: number for number, name in enumerate(catalogue.skills)}
    database.executemany("INSERT INTO category VALUES (?, ?, ?)", ((at, slug(name), name) for name, at in categories.items()))
    database.executemany("INSERT INTO skill VALUES (?, ?, ?)", ((at, slug(name), name) for name, at in skills.items()))
    for number in range(catalogue.size):
        _insert(database, catalogue.role(number), categories, skills)
    database.executescript(INDEXES)
    database.commit()
    database.close()


def _insert(database: sqlite3.Connection, role: Role, categories: dict[str, int], skills: dict[str, int]) -> None:
    row = (role.number, categories[role.category], role.slug, role.title, role.summary, role.overview, role.outlook,
           role.salary_median * 100, role.letter)  # fmt: skip
    database.execute("INSERT INTO role VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    of_role = lambda values: [(role.number, position, *value) for position, value in enumerate(values)]  # noqa: E731
    database.executemany("INSERT INTO duty VALUES (NULL, ?, ?, ?)", of_role((text,) for text in role.duties))
    database.executemany("INSERT INTO faq VALUES (NULL, ?, ?, ?, ?)", of_role(role.faqs))
    database.executemany("INSERT INTO role_skill VALUES (?, ?, ?)", of_role((skills[skill],) for skill in role.skills))
    for position, (heading, items) in enumerate(role.groups):
        inserted = database.execute("INSERT INTO qualification_group VALUES (NULL, ?, ?, ?)", (role.number, position, heading))
        group = inserted.lastrowid
        rows = [(group, place, text) for place, text in enumerate(items)]
        database.executemany("INSERT INTO qualification_item VALUES (NULL, ?, ?, ?)", rows)

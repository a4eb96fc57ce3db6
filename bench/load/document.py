"""Roles as Markdown role documents, the way in that everybody uses."""

import json
from pathlib import Path

from load.catalogue import Catalogue, Role


def markdown(role: Role) -> str:
    """The document; no text of the catalogue begins with a mark of the format, so that nothing needs a backslash."""
    lines = [
        "---",
        f"title: {json.dumps(role.title)}",
        f"slug: {role.slug}",
        "locale: en",
        f"category: {role.category}",
        "skills:",
    ]
    lines += [f"  - essential: {skill}" for skill in role.skills]
    lines += ["source: Load harness", "---", "", f"# {role.title}", "", role.summary, ""]
    lines += ["## Role at a glance", "", *(f"- {label}: {text}" for label, text in role.facts.items()), ""]
    lines += ["## Duties and responsibilities", "", *(f"- {duty}" for duty in role.duties), ""]
    lines += ["## Overview", "", role.overview, "", "## Qualifications", ""]
    for heading, items in role.groups:
        lines += [f"### {heading}", "", *(f"- {item}" for item in items), ""]
    lines += ["## Career outlook", "", role.outlook, ""]
    lines += ["## Salary", "", f"The median practitioner earns ${role.salary_median:,} a year.", ""]
    lines += ["## Sample cover letter", "", role.letter, "", "## Frequently asked questions"]
    for question, answer in role.faqs:
        lines += ["", f"### {question}", "", answer]
    return "\n".join(lines) + "\n"


def write(catalogue: Catalogue, numbers: range, folder: Path) -> Path:
    """Writes a document for each number into a new folder."""
    folder.mkdir()
    for number in numbers:
        role = catalogue.role(number)
        (folder / f"{role.slug}.md").write_text(markdown(role), encoding="utf-8")
    return folder

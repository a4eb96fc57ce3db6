"""docs/performance.md: the text of performance.md in this folder, and the results of bench/run."""

import argparse
import json
from pathlib import Path

from load.command import ROOT
from load.tables import growth, tables
from load.workloads import DESCRIPTIONS

TEXT = Path(__file__).with_name("performance.md")
PAGE = ROOT / "docs/performance.md"
NONE = "No results are recorded yet: `bench/run --json out.json` measures, `bench/report out.json` writes them here."


def main(usage: str) -> int:
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="*", metavar="FILE", help="what bench/run --json wrote, in the order of the page")
    parser.add_argument("--print", action="store_true", help="write to standard output")
    options = parser.parse_args()
    results = [json.loads(Path(file).read_text()) for file in options.results]
    text = page(results)
    if options.print:
        print(text, end="")
    else:
        PAGE.write_text(text)
    return 0


def page(results: list[dict]) -> str:
    workloads = "\n".join(f"| `{name}` | {text} |" for name, text in DESCRIPTIONS.items())
    sections = "\n\n".join(map(section, results)) if results else NONE
    grown = growth(results)
    sections += f"\n\n### What more roles cost\n\n{grown}" if grown else ""
    return TEXT.read_text().replace("{workloads}", workloads).replace("{results}", sections)


def section(result: dict) -> str:
    """One result, under a heading that says what it is about."""
    settings, machine = result["settings"], result["machine"]
    engines = " and ".join({"sqlite": "SQLite", "postgres": "PostgreSQL"}[engine] for engine in settings["engine"])
    memory = f", {machine['memory'] / 2**30:.0f} GiB" if machine["memory"] else ""
    return (
        f"### {settings['roles']:,} roles, {engines}\n\n```\n{result['command']}\n```\n\n"
        f"{result['date']}, commit {result['commit']}, {machine['processor']}, {machine['cores']} cores{memory}, "
        f"{machine['platform']}; {settings['connections']} connections, {settings['runs']} runs of {settings['seconds']} s.\n"
        f"Figures are minimum–median–maximum of the runs.\n\n{tables(result)}"
    )

#!/usr/bin/env python3
"""Holds the table of families (docs/knowledge/families.md) to the rule files: every file stands in it once, and the counts are those of the files.

check_families.py SOURCE; with THERIAC_UPDATE=1 the counts are written, there and in README.md and rules/README.md.
"""
import os
import re
import sys
from pathlib import Path

LABEL = re.compile(r'^(?:rule )?[a-z0-9][A-Za-z0-9-]*(?: "[^"]*")?:', re.M)
CHECKED = re.compile(r"^  status checked$", re.M)
FILE = re.compile(r"`([a-z_-]+/[a-z_-]+\.rx)`")
TOTAL = re.compile(r"^Rules in all: \d+, of them checked: \d+$", re.M)
DECLARATIONS = ("attributions.rx",)
STATES = ("wholly", "partly", "not covered")


def counts(rules):
    """Of each file with rules: how many, and how many of them checked."""
    found = {}
    for file in sorted(rules.rglob("*.rx")):
        text = file.read_text(encoding="utf-8")
        number = len(LABEL.findall(text))
        if number and file.name not in DECLARATIONS:
            found[str(file.relative_to(rules))] = (number, len(CHECKED.findall(text)))
    return found


def written(text, known):
    """The table with its counts as the files have them, and what is wrong with it."""
    faults, seen, lines = [], [], []
    for line in text.splitlines():
        cells = line.split(" | ")
        if re.match(r"\| \d+ ", line) and len(cells) >= 5:
            files = FILE.findall(line)
            seen += files
            faults += [f"families.md: no rule file `{file}`" for file in files if file not in known]
            if cells[1] not in STATES:
                faults.append(f"families.md: {cells[0]}: {cells[1]} is no state")
            here = [known.get(file, (0, 0)) for file in files]
            cells[2], cells[3] = str(sum(n for n, _ in here)), str(sum(n for _, n in here))
            line = " | ".join(cells)
        lines.append(line)
    faults += [f"families.md: `{file}` stands nowhere" for file in known if file not in seen]
    faults += [f"families.md: `{file}` stands twice" for file in sorted(set(seen)) if seen.count(file) > 1]
    total = f"Rules in all: {sum(n for n, _ in known.values())}, of them checked: {sum(n for _, n in known.values())}"
    return TOTAL.sub(total, "\n".join(lines) + "\n"), faults


def main():
    source = Path(sys.argv[1])
    known = counts(source / "rules")
    number = sum(n for n, _ in known.values())
    table = source / "docs/knowledge/families.md"
    text, faults = written(table.read_text(encoding="utf-8"), known)
    wanted = {table: text}
    for page, sentence in ((source / "README.md", r"^- \d+ rules over"), (source / "rules/README.md", r"^\d+ rules and")):
        old = page.read_text(encoding="utf-8")
        wanted[page] = re.sub(sentence, lambda found: re.sub(r"\d+", str(number), found[0]), old, flags=re.M)
    for page, new in wanted.items():
        if page.read_text(encoding="utf-8") != new:
            if os.environ.get("THERIAC_UPDATE"):
                page.write_text(new, encoding="utf-8")
            else:
                faults.append(f"{page.name}: the counts are not those of the files; THERIAC_UPDATE=1 writes them")
    print("\n".join(faults) or f"{number} rules, every file in one family")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

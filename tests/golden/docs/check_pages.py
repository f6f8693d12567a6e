#!/usr/bin/env python3
"""Holds the pages of `theriac doc` to what they promise: one for every rule, with all of its examples and sources; every link leads somewhere; the same bytes twice.

Usage: check_pages.py PROGRAM ROOT
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LINK = re.compile(r"(?<!\\)\]\(([^)]+)\)")
LABEL = re.compile(r"^(?! )(\S+)$", re.M)


def made(program, folder):
    subprocess.run([program, "doc", "-o", str(folder)], check=True, capture_output=True)
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in folder.rglob("*.md")}


def broken_links(pages):
    for name, text in pages.items():
        for target in LINK.findall(text):
            path = (Path(name).parent / target).as_posix()
            if path not in pages:
                yield f"{name}: {target} leads nowhere"


def examples_of(rules):
    """Label → how many examples stand in the rule, counted from the files alone."""
    counts, label = {}, None
    for file in sorted(rules.rglob("*.rx")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if begun := re.match(r"rule ([\w-]+)", line):
                label = begun[1]
                counts[label] = 0
            elif re.match(r"\s+example (fires|silent|unknown)", line):
                counts[label] += 1
            elif line and not line.startswith((" ", "#")):
                label = None
    return counts


def miscounted(index, labels):
    """Under the severities each rule stands once, and the number before them is theirs."""
    section = index.split("## By the most that a rule can say")[1].split("\n## ")[0]
    named = re.findall(r"\(rules/([^)]+)\.md\)", section)
    if sorted(named) != sorted(labels):
        yield f"index.md: {len(named)} rules stand under the severities, {len(labels)} should, each once"
    for line in section.strip().splitlines():
        if int(re.search(r"\((\d+)\):", line)[1]) != line.count("](rules/"):
            yield f"index.md: {line[:40]} is miscounted"


def lacks(pages, labels, counts):
    for label in labels:
        page = pages.get(f"rules/{label}.md")
        if page is None:
            yield f"{label} has no page"
            continue
        shown = len(re.findall(r"^\| (?:fires|silent|unknown)\b", page, re.M))
        if shown != counts.get(label, shown):
            yield f"{label}: {shown} of {counts[label]} examples"
        if "## Evidence and sources" not in page or "- `" not in page.split("## Evidence and sources")[1]:
            yield f"{label}: no source"
        if f"(rules/{label}.md)" not in pages["index.md"]:
            yield f"{label} is not in the index"


def main():
    program, root = sys.argv[1], Path(sys.argv[2])
    labels = LABEL.findall(subprocess.run([program, "read"], check=True, capture_output=True, text=True).stdout)
    with tempfile.TemporaryDirectory() as folder:
        pages, again = made(program, Path(folder) / "a"), made(program, Path(folder) / "b")
    found = [*broken_links(pages), *lacks(pages, labels, examples_of(root / "rules")), *miscounted(pages["index.md"], labels)]
    if pages != again:
        found.append("two runs differ")
    print("\n".join(found))
    print(f"{len(pages)} pages of {len(labels)} rules, {len(found)} mistakes")
    return 1 if found or len(labels) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Holds the bundled rules to their examples: every threshold has examples on both sides, and every clause and every named drug or condition one that it decides.

Usage: check_examples.py PROGRAM RULES

Thresholds: `<` becomes `<=` and back, `>` becomes `>=`; a limit or a window goes a step down and a step up (half and twice where it is a daily dose); a count one up and one down; the limits of a
table's rows likewise. Clauses: a raise, a lowering, an `unless`, a guard is left out. Names: of what `or` joins one is left out. The examples of the file must notice each change. Of each file one
change is tried at a time, all files in one run.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

CLAUSE = re.compile(r"^  (?:when|unless|raise to|lower to|\d+ if)\b")
COMPARED = re.compile(r"(?<![<>=\d])(<=|>=|<|>) ?(\d+(?:\.\d+)?)(?= (\S+))")
SPAN = re.compile(r"\b(\d+(?:\.\d+)?) to (<?)(\d+(?:\.\d+)?)(?= (\S+))")
WINDOW = re.compile(r"\b(within|longer than|at least|less than|more than) (\d+)(?= (?:years?|months?|weeks?|days?|hours?|minutes?)\b)")
COUNT = re.compile(r"\bat least (\d+)(?= of\b)")
OTHER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
WHEN = "  when "
OWN_LINE = re.compile(r"  (?:unless|raise to|lower to) ")
GUARDS = (re.compile(r"(  when .*?) unless .*$"), re.compile(r"(  when .*?) with .*$"), re.compile(r"(  when .*?) in \w+$"))
NOT_PLAIN = re.compile(r" \+ | with | in | unless ")
FAILED = re.compile(r"^ *--> \S*?([\w-]+/[\w-]+\.rx):", re.M)


def steps(number, unit):
    """The number a step down and a step up: one of its last digit; of a dose, which comes in tablets, half of it and twice."""
    value = Decimal(number)
    if unit.endswith("/day"):
        return [format(moved.normalize(), "f") for moved in (value / 2, value * 2)]
    step = Decimal(1).scaleb(value.as_tuple().exponent)
    return [format((value + sign * step).normalize(), "f") for sign in (-1, 1)]


def replaced(line, match, group, text):
    return line[:match.start(group)] + text + line[match.end(group):]


def of_clause(line):
    for match in COMPARED.finditer(line):
        yield replaced(line, match, 1, OTHER[match[1]])
        yield from (replaced(line, match, 2, moved) for moved in steps(match[2], match[3]))
    for match in SPAN.finditer(line):
        yield replaced(line, match, 2, "" if match[2] else "<")
        for group in (1, 3):
            yield from (replaced(line, match, group, moved) for moved in steps(match[group], match[4]))
    for match in WINDOW.finditer(line):
        # `not unknown (QTc within 30 days) and QTc > 500 ms within 31 days` says what the rule said: the first window decides.
        decided = re.search(r"not unknown \([^)]*\) and", line[:match.start()])
        yield from (replaced(line, match, 2, str(int(match[2]) + sign)) for sign in ((-1,) if decided else (-1, 1)))
    for match in COUNT.finditer(line):
        yield from (replaced(line, match, 1, str(int(match[1]) + sign)) for sign in (-1, 1))


def without_clause(lines, at):
    """The file without a clause of its own line, and without the guard at the end of a premise."""
    line = lines[at]
    if OWN_LINE.match(line):
        last = at + 1
        while last < len(lines) and lines[last].startswith("    "):
            last += 1
        yield f"{at + 1}: without `{line.strip()}`", lines[:at] + lines[last:]
    for guard in GUARDS:
        match = guard.match(line)
        if match:
            yield f"{at + 1}: without `{line[match.end(1):].strip()}`", lines[:at] + [match[1]] + lines[at + 1:]


def without_name(lines, at):
    """The file without one of the plain names that `or` joins in a premise."""
    parts = lines[at][len(WHEN):].split(" or ")
    for k, part in enumerate(parts):
        left = " or ".join(parts[:k] + parts[k + 1:])
        if len(parts) > 1 and not NOT_PLAIN.search(part) and left.count("(") == left.count(")"):
            yield f"{at + 1}: without `{part}`", lines[:at] + [WHEN + left] + lines[at + 1:]


def of_table(lines, first, last):
    """A limit of the first column stands in two rows: both move together, so that the rows still meet."""
    cells = [line.split("|")[0] for line in lines[first:last]]
    limits = {number: cell.split()[-1] for cell in cells for number in re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?= |$)", re.sub(r"\S+$", "x", cell.strip()))}
    for number, unit in limits.items():
        for moved in steps(number, unit):
            rows = [re.sub(rf"(?<![\d.]){re.escape(number)}(?![\d.])", moved, cell, count=1) + line[len(cell):] for cell, line in zip(cells, lines[first:last])]
            yield f"{lines[first - 2].strip()} {number} as {moved}", lines[:first] + rows + lines[last:]


def mutants(text):
    """Each change of the file's text, with what it changes."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if CLAUSE.match(line) or (at and line.startswith("    ") and CLAUSE.match(lines[at - 1])):
            for changed in of_clause(line):
                yield f"{at + 1}: {changed.strip()}", lines[:at] + [changed] + lines[at + 1:]
        yield from without_clause(lines, at)
        if line.startswith(WHEN):
            yield from without_name(lines, at)
        if line.startswith("table "):
            last = at + 2
            while last < len(lines) and "|" in lines[last]:
                last += 1
            yield from of_table(lines, at + 2, last)


def noticed(program, copy):
    answer = subprocess.run([program, "test", str(copy), "--terminology", str(copy / "terminology")], capture_output=True, text=True)
    return set(FAILED.findall(answer.stdout + answer.stderr))


def survivors(program, rules):
    pending = {file.relative_to(rules): list(mutants(file.read_text(encoding="utf-8"))) for file in sorted(rules.glob("*/*.rx"))}
    tried = sum(map(len, pending.values()))
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rules"
        shutil.copytree(rules, copy)
        while any(pending.values()):
            now = {name: changes.pop() for name, changes in pending.items() if changes}
            for name, (_, lines) in now.items():
                (copy / name).write_text("\n".join(lines), encoding="utf-8")
            found = noticed(program, copy)
            kept += [f"{name}:{what}" for name, (what, _) in now.items() if str(name) not in found]
            for name in now:
                shutil.copy(rules / name, copy / name)
    return tried, sorted(kept)


def main():
    program, rules = sys.argv[1], Path(sys.argv[2])
    tried, kept = survivors(program, rules)
    print("\n".join(kept))
    print(f"{tried} changes, {len(kept)} that no example notices")
    return 1 if kept or not tried else 0


if __name__ == "__main__":
    sys.exit(main())

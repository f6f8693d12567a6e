#!/usr/bin/env python3
"""Holds the tables about rules to the rules.

check_knowledge.py PROGRAM SOURCE: every rule named in back-quotes in docs/knowledge/*.md exists, and every attribution (effect ← drug) of its claims too; the two drugs of each row of
the first table of docs/knowledge/onc.md give a finding of its rule at moderate or above, and those of the second give none.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NAME = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`")
LABEL = re.compile(r"^(?:rule )?([a-z0-9-]+)(?: \"[^\"]*\")?:", re.M)
ATTRIBUTION = re.compile(r"([a-z][a-z ]*) ← ([A-Za-z][A-Za-z -]*)")
LOUD = ("moderate", "major", "contraindicated")
PAIRS = 15
CLAIMS = 35


def labels(source):
    return {found for file in (source / "rules").rglob("*.rx") for found in LABEL.findall(file.read_text(encoding="utf-8"))}


def attributions(source):
    text = (source / "rules/attributions.rx").read_text(encoding="utf-8")
    return set(re.findall(r"^attribute ([a-z ]+) to ([A-Za-z -]+?)(?: \[.*)?$", text, re.M))


def rows(text):
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")][2:]


def named(source):
    known = labels(source)
    for file in sorted((source / "docs/knowledge").glob("*.md")):
        yield from (f"{file.name}: no rule `{name}`" for name in NAME.findall(file.read_text(encoding="utf-8")) if name not in known)


def claims(source):
    known = attributions(source)
    listed = rows((source / "docs/knowledge/claims.md").read_text(encoding="utf-8"))
    for claim, answer in listed:
        said = [(effect.strip(), drug.strip()) for effect, drug in ATTRIBUTION.findall(answer)]
        yield from (f"claims.md: {claim}: nothing attributes {effect} to {drug}" for effect, drug in said if (effect, drug) not in known)
        if not said and not NAME.search(answer):
            yield f"claims.md: {claim}: no rule, attribution or dispute"
    if len(listed) < CLAIMS:
        yield f"claims.md: only {len(listed)} claims, {CLAIMS} were made"


def loud_rules(program, drugs, folder):
    patient = Path(folder) / "pair.json"
    patient.write_text(json.dumps({"as_of": "2026-03-02", "patient": {"age": 50}, "complete": {"medications": True}, "medications": drugs}))
    answer = subprocess.run([program, "screen", "--strict", "--format", "json", str(patient)], capture_output=True, text=True)
    if answer.returncode != 0:
        return {f"exit {answer.returncode}: {answer.stderr}"}
    loud = [f for f in json.loads(answer.stdout)["findings"] if f["severity"] in LOUD]
    return {f["rule"] for f in loud} | {also["rule"] for f in loud for also in f["also"] if isinstance(also, dict)}


def split(drugs):
    return [drug.strip() for drug in drugs.split("+")]


def pairs(program, source):
    loud, _, quiet = (source / "docs/knowledge/onc.md").read_text(encoding="utf-8").partition("\n# Pairs that must stay quiet")
    with tempfile.TemporaryDirectory() as folder:
        for pair, rule, drugs in rows(loud):
            found = loud_rules(program, split(drugs), folder)
            if rule.strip("`") not in found:
                yield f"onc.md: {pair}: {drugs} gives {sorted(found)}, not {rule}"
        for drugs, _ in rows(quiet):
            found = loud_rules(program, split(drugs), folder)
            if found:
                yield f"onc.md: {drugs} must be quiet and gives {sorted(found)}"
    if len({pair for pair, _, _ in rows(loud)}) != PAIRS or len(rows(quiet)) < PAIRS - 1:
        yield "onc.md: a pair is missing"


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    faults = [*named(source), *claims(source), *pairs(program, source)]
    print("\n".join(faults) or "every rule and attribution named exists, loud pairs are loud and quiet ones quiet")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

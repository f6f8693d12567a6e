#!/usr/bin/env python3
"""Holds the tables about rules to the rules.

check_knowledge.py PROGRAM SOURCE: every rule named in back-quotes in docs/knowledge/*.md or in the table of first claims of rules/README.md exists; and the two drugs of each row of
docs/knowledge/onc.md give a finding of its rule at moderate or above.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NAME = re.compile(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`")
LABEL = re.compile(r"^(?:rule )?([a-z0-9-]+)(?: \"[^\"]*\")?:", re.M)
LOUD = ("moderate", "major", "contraindicated")


def labels(source):
    return {found for file in (source / "rules").rglob("*.rx") for found in LABEL.findall(file.read_text(encoding="utf-8"))}


def claims(readme):
    return readme.split("\n## What was claimed at the start", 1)[1].split("\n## ", 1)[0]


def named_rules(source):
    readme = source / "rules/README.md"
    yield readme, claims(readme.read_text(encoding="utf-8"))
    for file in sorted((source / "docs/knowledge").glob("*.md")):
        yield file, file.read_text(encoding="utf-8")


def rules_of_findings(program, drugs, folder):
    patient = Path(folder) / "pair.json"
    patient.write_text(json.dumps({"as_of": "2026-03-02", "patient": {"age": 50}, "complete": {"medications": True}, "medications": drugs}))
    answer = subprocess.run([program, "screen", "--strict", "--format", "json", str(patient)], capture_output=True, text=True)
    if answer.returncode != 0:
        return {f"exit {answer.returncode}: {answer.stderr}"}
    loud = [f for f in json.loads(answer.stdout)["findings"] if f["severity"] in LOUD]
    return {f["rule"] for f in loud} | {also["rule"] for f in loud for also in f["also"] if isinstance(also, dict)}


def silent_pairs(program, source):
    with tempfile.TemporaryDirectory() as folder:
        rows = [line.strip("|").split("|") for line in (source / "docs/knowledge/onc.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "`" in line]
        for pair, rule, drugs in rows:
            found = rules_of_findings(program, [drug.strip() for drug in drugs.split("+")], folder)
            if rule.strip(" `") not in found:
                yield f"onc.md: {pair.strip()}: {drugs.strip()} gives {sorted(found)}, not {rule.strip()}"
        if len({pair for pair, _, _ in rows}) != 15:
            yield "onc.md: not fifteen pairs"


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    known = labels(source)
    faults = [f"{file.name}: no rule `{name}`" for file, text in named_rules(source) for name in NAME.findall(text) if name not in known]
    faults += silent_pairs(program, source)
    print("\n".join(faults) or "every rule named exists, and every pair is found")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

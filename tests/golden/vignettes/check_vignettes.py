#!/usr/bin/env python3
"""Holds the screenings of made-up patients to what was expected of them; README.md has the format.

Usage: check_vignettes.py PROGRAM FOLDER
"""
import json
import pathlib
import subprocess
import sys

SEVERITIES = ("info", "minor", "moderate", "major", "contraindicated")
LOUD = SEVERITIES[2:]
LINES = 100


def names(words, sign):
    return {word.strip() for word in words.split(sign)}


def unmet_finding(severity, words, findings):
    claim, _, reason = words.partition(" because ")
    drugs, _, effect = claim.rpartition(":")
    wanted, effect = names(drugs, "+"), effect.strip()
    alike = [f for f in findings if f["effect"] == effect and wanted <= set(f["drugs"])]
    if not alike:
        return "is not found"
    here = [f for f in alike if f["severity"] == severity]
    if not here:
        return "is " + ", ".join(f["severity"] for f in alike)
    if not any(reason.strip() in f["mechanism"] for f in here):
        return "has another reason: " + "; ".join(f["mechanism"] for f in here)
    return ""


def unmet_action(words, groups):
    asked, _, text = words.partition(":")
    verb, _, drug = asked.strip().partition(" ")
    actions = [a for group in groups for a in group["actions"] if a["verb"] == verb and (not drug or drug in a["drugs"])]
    if not actions:
        return "is not asked for"
    if not any(text.strip() in f"{a['to']} {a['text']}" for a in actions):
        return "is asked for otherwise: " + "; ".join(f"{a['to']} {a['text']}" for a in actions)
    return ""


def unmet(line, screening):
    kind, _, words = line.partition(":")
    findings = screening["findings"]
    if kind in SEVERITIES:
        return unmet_finding(kind, words, findings)
    if kind == "do":
        return unmet_action(words, screening["groups"])
    if kind == "silent":
        rule = words.strip()
        return f"speaks: {rule}" if any(rule == f["rule"] or rule in json.dumps(f["also"]) for f in findings) else ""
    if kind == "quiet":
        loud = [f["summary"] for f in findings if f["severity"] in LOUD and names(words, ",") & set(f["drugs"])]
        return "is loud: " + "; ".join(loud) if loud else ""
    return "no such kind of expectation"


def failures(program, patient):
    answer = subprocess.run([program, "screen", "--strict", "--format", "json", str(patient)], capture_output=True, text=True)
    if answer.returncode != 0:
        yield f"exit {answer.returncode}: {answer.stderr or answer.stdout[:400]}"
        return
    text = subprocess.run([program, "screen", str(patient)], capture_output=True, text=True).stdout
    if text.count("\n") > LINES:
        yield f"the report has {text.count(chr(10))} lines"
    screening = json.loads(answer.stdout)
    expected = patient.with_suffix(".expect")
    for number, line in enumerate(expected.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            if why := unmet(line, screening):
                yield f"{expected.name}:{number}: {line}\n  {why}"


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    patients = sorted(folder.glob("*.yaml"))
    found = [why for patient in patients for why in failures(program, patient)]
    print("\n".join(found))
    print(f"{len(patients)} patients, {len(found)} expectations unmet")
    return 1 if found or not patients else 0


if __name__ == "__main__":
    sys.exit(main())

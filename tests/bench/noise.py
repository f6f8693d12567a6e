#!/usr/bin/env python3
"""How loud the rules are on many patients: the mean number of findings at moderate or above, and the rules that say most of them. By hand; no test needs it.

Usage: noise.py SCREENINGS [--drugs N]

SCREENINGS is what `theriac batch FILE.ndjson --format ndjson -o SCREENINGS` wrote. Counted are the patients with at least N (five) ingredients in use now; a finding counts once a patient
and effect, and what folds into it does not.
"""
import argparse
import json
from collections import Counter

LOUD = ("moderate", "major", "contraindicated")
SHOWN = 10


def in_use(screening):
    return {name for entry in screening["coverage"]["screened"] if entry["status"] != "stopped" for name in entry["ingredients"]}


def loud(screening):
    return [finding for finding in screening["findings"] if finding["severity"] in LOUD]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("screenings")
    parser.add_argument("--drugs", type=int, default=5, help="at least so many in use (5)")
    arguments = parser.parse_args()
    people, findings, rules, patients = 0, 0, Counter(), Counter()
    with open(arguments.screenings, encoding="utf-8") as file:
        for line in file:
            screening = json.loads(line)
            if "error" in screening or len(in_use(screening)) < arguments.drugs:
                continue
            people += 1
            here = loud(screening)
            findings += len(here)
            rules.update((finding["rule"], finding["severity"]) for finding in here)
            patients.update({(finding["rule"], finding["severity"]) for finding in here})
    print(f"{people} patients with at least {arguments.drugs} drugs in use, {findings} findings at moderate or above", end="")
    print(f", {findings / people:.2f} a patient" if people else "")
    for (rule, severity), count in sorted(rules.items(), key=lambda each: (-each[1], each[0]))[:SHOWN]:
        print(f"{count:5}  {patients[rule, severity]:4} patients  {severity:15}  {rule}")


if __name__ == "__main__":
    main()

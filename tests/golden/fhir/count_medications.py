#!/usr/bin/env python3
"""Is any medication lost? Screens FILE (FHIR: a Bundle, or NDJSON of Bundles or resources) and counts.

Usage: count_medications.py PROGRAM FILE [OPTION…]. Every MedicationRequest, MedicationStatement, MedicationAdministration and MedicationDispense of the
input must stand in the `resources` of an entry that is screened or not screened, each entry not screened must have a reason, and there must be a
screening for each Patient. Prints the counts; exits 1 where one is lost.
"""
import json
import subprocess
import sys
import tempfile
import time

USES = {"MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"}


def roots(text):
    try:
        return [json.loads(text)]
    except ValueError:
        result = []
        for line in text.splitlines():
            try:
                result.append(json.loads(line))
            except ValueError:
                pass  # the program says which
        return result


def resources(node, path):
    if node.get("resourceType") == "Bundle":
        for i, entry in enumerate(node.get("entry", [])):
            if "resource" in entry:
                yield from resources(entry["resource"], f"{path}.entry[{i}].resource" if path else f"Bundle.entry[{i}].resource")
    else:
        kind = node.get("resourceType", "")
        yield kind, f"{kind}/{node['id']}" if "id" in node else path or kind


def main():
    program, file, options = sys.argv[1], sys.argv[2], sys.argv[3:]
    with open(file, encoding="utf-8", errors="replace") as stream:
        text = stream.read()
    wanted, patients = [], set()
    for number, root in enumerate(roots(text)):
        alone = root.get("resourceType") != "Bundle"
        for kind, name in resources(root, ""):
            if kind in USES:
                wanted.append(name)
            if kind == "Patient":
                patients.add(name if alone else (number, name))
    with tempfile.TemporaryFile("w+") as out:
        begin = time.monotonic()
        code = subprocess.run([program, "screen", file, "--format", "ndjson", *options], stdout=out, check=False).returncode
        seconds = time.monotonic() - begin
        out.seek(0)
        screenings = [json.loads(line) for line in out]
    found, silent = [], 0
    for screening in screenings:
        coverage = screening["coverage"]
        seen = set()
        for entry in coverage["screened"] + coverage["not_screened"]:
            seen |= set(entry.get("resources", []))
        found += seen
        silent += sum(1 for entry in coverage["not_screened"] if not entry["reason"])
    lost = sorted(set(wanted) - set(found))
    print(f"{len(screenings)} screenings of {len(patients)} patients, {len(found)} of {len(wanted)} medication resources accounted for, "
          f"{silent} not screened without a reason, exit {code}")
    print(f"{seconds / max(1, len(screenings)):.4f} s a screening, rules included", file=sys.stderr)
    for name in lost[:20]:
        print("lost:", name)
    return 1 if lost or silent or len(screenings) < len(patients) or len(found) < len(set(wanted)) or code not in (0, 2) else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""What --format fhir writes has the shape of R4 resources: no network, no schema; validate.sh does the rest where the schema is at hand.

Usage: check_shape.py PROGRAM FILE…. Members, codes, ids and references of each resource, nothing empty, the same bytes twice.
"""
import json
import re
import subprocess
import sys

MEMBERS = {
    "DetectedIssue": {"resourceType", "id", "extension", "identifier", "status", "code", "severity", "patient", "identifiedDateTime", "author",
                      "implicated", "evidence", "detail", "reference"},
    "GuidanceResponse": {"resourceType", "id", "extension", "identifier", "moduleUri", "status", "subject", "occurrenceDateTime", "performer", "note",
                         "dataRequirement"},
    "OperationOutcome": {"resourceType", "id", "issue"},
    "Bundle": {"resourceType", "id", "type", "entry"},
}
REQUIRED = {"DetectedIssue": {"status", "code", "severity", "identifier"}, "GuidanceResponse": {"moduleUri", "status"}, "OperationOutcome": {"issue"},
            "Bundle": {"type", "entry"}}
ISSUE_CODES = {"not-supported", "value", "incomplete", "informational", "structure", "invalid"}


def breaches(resource):
    kind = resource["resourceType"]
    if extra := set(resource) - MEMBERS[kind]:
        yield f"{kind}: unknown members {sorted(extra)}"
    if missing := REQUIRED[kind] - set(resource):
        yield f"{kind}: without {sorted(missing)}"
    if "id" in resource and not re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", resource["id"]):
        yield f"{kind}: id {resource['id']}"
    if kind == "DetectedIssue":
        if resource["status"] not in {"final", "preliminary"} or resource["severity"] not in {"high", "moderate", "low"}:
            yield f"DetectedIssue: {resource['status']}, {resource['severity']}"
        if resource["identifier"][0]["value"] != resource["id"]:
            yield "DetectedIssue: the identifier is not the finding's id"
    if kind == "GuidanceResponse" and (resource["status"] != "data-required" or "dataRequirement" not in resource):
        yield "GuidanceResponse: requires no data"
    for issue in resource.get("issue", []):
        if issue["severity"] not in {"error", "warning", "information"} or issue["code"] not in ISSUE_CODES:
            yield f"OperationOutcome: {issue}"
        for expression in issue.get("expression", []):
            if not re.fullmatch(r"[A-Z]\w+(\.\w+(\[\d+\])?)*", expression):
                yield f"OperationOutcome: expression {expression}"


def walk(value, way):
    if value in ("", [], {}, None):
        yield f"{way}: empty"
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "reference" and isinstance(part, str) and "." not in way and not re.match(r"([A-Z]\w+/[A-Za-z0-9\-.]+$|urn:|https?://)", part):
                yield f"{way}.{key}: {part}"
            yield from walk(part, f"{way}.{key}")
    if isinstance(value, list):
        for part in value:
            yield from walk(part, way + "[]")


def main():
    program, files = sys.argv[1], sys.argv[2:]
    wrong, count = [], 0
    for file in files:
        command = [program, "screen", file, "--as-of", "2025-03-10", "--format", "fhir"]
        out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        if out != subprocess.run(command, capture_output=True, text=True, check=False).stdout:
            wrong.append(f"{file}: not the same bytes twice")
        roots = [json.loads(out)] if out.startswith("{\n") else [json.loads(line) for line in out.splitlines()]
        if not roots:
            wrong.append(f"{file}: nothing was written")
        for root in roots:
            resources = [root] + [entry["resource"] for entry in root.get("entry", [])]
            urls = [entry["fullUrl"] for entry in root.get("entry", [])]
            if len(set(urls)) != len(urls):
                wrong.append(f"{file}: a fullUrl stands twice")
            for resource in resources:
                count += 1
                wrong += [f"{file}: {each}" for each in breaches(resource)] + [f"{file}: {each}" for each in walk(resource, resource["resourceType"])]
    for each in wrong[:20]:
        print(each)
    print(f"{count} resources, {len(wrong)} breaches")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

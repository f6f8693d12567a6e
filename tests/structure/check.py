#!/usr/bin/env python3
"""Holds the house to its plan: which folder may include which, where Boost may appear, how long a file may be.

Usage: check.py ROOT. Prints every breach and exits 1 where there is one.
"""
import re
import subprocess
import sys
from pathlib import Path

# A file below the first may include headers that stand below the others (and its own).
MAY_INCLUDE = {
    "grammar": {"grammar"},
    "engine": {"engine", "grammar"},
    "adapters": {"adapters", "engine", "grammar"},
    "bindings": {"bindings", "engine", "grammar"},
    "tools": {"tools", "adapters", "bindings", "engine", "grammar"},
    "tests": {"tests", "tools", "adapters", "bindings", "engine", "grammar"},
}
# The stages of the engine, in the order in which data flows; a stage includes itself and earlier ones.
STAGES = ["graph", "pack", "terminology", "calculate", "facts", "resolve", "evaluate", "trace", "compile", "assemble", "plan", "report", "explain", "counsel", "draw", "html", "document"]
# The evaluator reads facts and resolved rules; the reference must share nothing with it.
REFERENCE_MAY_NOT = ("evaluate/", "trace/", "compile/", "assemble/")
LONGEST = 400
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)


def tracked(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard"], capture_output=True, text=True, check=True)
    return [Path(line) for line in listed.stdout.splitlines()]


def homes(files):
    """Header as included → top-level folder that it stands in."""
    result = {}
    for file in files:
        if file.suffix not in {".hpp", ".def"}:
            continue
        text = file.as_posix()
        for marker in ("/include/", "/src/"):
            if marker in text:
                result.setdefault(text.split(marker, 1)[1], file.parts[0])
        if file.parts[0] in {"tests", "tools"}:
            result.setdefault(text.split("/", 1)[1], file.parts[0])
    return result


def check(root):
    files = [file for file in tracked(root) if file.suffix in {".cpp", ".hpp", ".def", ".ipp"} and (root / file).exists()]
    home = homes(files)
    for file in files:
        text = (root / file).read_text(encoding="utf-8")
        name, top = file.as_posix(), file.parts[0]
        if top not in MAY_INCLUDE:
            continue
        for bracket, header in INCLUDE.findall(text):
            owner = home.get(header)
            if owner and owner not in MAY_INCLUDE[top]:
                yield f"{name}: includes {header} of {owner}/, against the one way that data flows"
            if "boost/spirit" in header and not name.startswith("grammar/src/"):
                yield f"{name}: Boost.Spirit belongs to grammar/src"
            if "boost/graph" in header and name != "engine/src/graph/algorithms.cpp":
                yield f"{name}: Boost.Graph belongs to engine/src/graph/algorithms.cpp"
            if "boost/" in header and "/include/" in name:
                yield f"{name}: a public header includes Boost"
            if "/include/" in name and bracket == '"' and not header.startswith("theriac/"):
                yield f"{name}: a public header includes the private {header}"
            if name.startswith("tests/reference/") and header.startswith(REFERENCE_MAY_NOT):
                yield f"{name}: the reference evaluator shares {header} with the evaluator"
            if name.startswith("tests/checker/") and header.startswith(REFERENCE_MAY_NOT):
                yield f"{name}: the proof checker shares {header} with the engine"
            stage = re.match(r"engine/src/(\w+)/", name)
            other = re.match(r"(\w+)/", header)
            if stage and other and stage[1] in STAGES and other[1] in STAGES and STAGES.index(other[1]) > STAGES.index(stage[1]):
                yield f"{name}: stage {stage[1]} includes the later stage {other[1]}"
        lines = text.count("\n")
        if lines > LONGEST:
            yield f"{name}: {lines} lines; is it still one thing? (at most {LONGEST})"


def main():
    breaches = list(check(Path(sys.argv[1]).resolve()))
    for breach in breaches:
        print(breach)
    print(f"{len(breaches)} breaches" if breaches else "structure as planned")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())

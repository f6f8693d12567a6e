#!/usr/bin/env python3
"""Holds the documentation to what the program does.

check_docs.py PROGRAM SOURCE: in README.md and docs/author/*.md,
- a fenced block that starts with `$ build/theriac …` is run in the source folder, and what follows must be what it prints;
- every ```rx block must pass `theriac check`, and the examples inside its rules `theriac test`, by itself or (an exception to a bundled rule) beside the bundled rules.
THERIAC_UPDATE=1 rewrites the printed output in the documents instead; reviewers read the diff.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
PROMPT = "$ build/theriac "


def run(program, source, words):
    env = dict(os.environ, NO_COLOR="1", LC_ALL="C.UTF-8")
    return subprocess.run([program, *words], cwd=source, env=env, capture_output=True, text=True, encoding="utf-8")


def printed(program, source, block):
    """The block as it should be: its command, then what the command prints."""
    command = block.split("\n", 1)[0]
    result = run(program, source, shlex.split(command[len(PROMPT):]))
    return command + "\n" + "".join(line.rstrip() + "\n" for line in (result.stdout + result.stderr).splitlines())


def check_rules(program, source, document, number, block):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "snippet.rx"
        file.write_text(block, encoding="utf-8")
        (Path(folder) / "sources.yaml").write_bytes((source / "rules/sources.yaml").read_bytes())
        for word in ("check", "test"):
            result = run(program, source, [word, str(file)])
            if result.returncode != 0 and run(program, source, [word, str(source / "rules"), str(file)]).returncode != 0:
                yield f"{document}:{number}: `theriac {word}` of this snippet:\n{result.stdout}{result.stderr}"


def check(program, source, document, update):
    text = (source / document).read_text(encoding="utf-8")
    replaced = text
    for found in BLOCK.finditer(text):
        language, block = found.group(1), found.group(2)
        number = text.count("\n", 0, found.start()) + 1
        if language == "rx":
            yield from check_rules(program, source, document, number, block)
        elif block.startswith(PROMPT):
            wanted = printed(program, source, block)
            if wanted != block and update:
                replaced = replaced.replace(block, wanted)
            elif wanted != block:
                yield f"{document}:{number}: the program prints something else now (THERIAC_UPDATE=1 rewrites it):\n{wanted}"
    if replaced != text:
        (source / document).write_text(replaced, encoding="utf-8")


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    update = os.environ.get("THERIAC_UPDATE") == "1"
    documents = ["README.md", *sorted(str(file.relative_to(source)) for part in ("author", "user") for file in (source / "docs" / part).glob("*.md"))]
    faults = [fault for document in documents for fault in check(program, source, document, update)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in {len(documents)} documents" if faults else f"{len(documents)} documents say what the program does")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

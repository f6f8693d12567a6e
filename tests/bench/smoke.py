#!/usr/bin/env python3
"""Keeps the benchmark from rotting: a small workload is made, theriac takes its rules, and screens it to the answers by brute force.

Usage: smoke.py THERIAC
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import compare
import generate

SIZE, PATIENTS, LONG = 200, 200, {32: 20, 100: 10}


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"exit {done.returncode}: {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def screened(theriac, folder, name):
    return run(theriac, "screen", folder / name, "--as-of", "2025-03-10", "--rules", folder / f"rules_{SIZE}.rx", "--terminology", folder / "terminology",
               "--format", "ndjson").splitlines()


def is_caught(lines, folder):
    """A benchmark that would not see a wrong answer proves nothing."""
    for change in ((lambda line: line.replace('"r-', '"r-1', 1)), (lambda line: line.replace("certain", "unless", 1))):
        at = next(i for i, line in enumerate(lines) if '"rule":' in line.replace(" ", "") and change(line) != line)
        if not compare.theriac([*lines[:at], change(lines[at]), *lines[at + 1:]], folder, SIZE, PATIENTS):
            return False
    return bool(compare.theriac(lines[:-1], folder, SIZE, PATIENTS))


def main():
    theriac = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.generate(folder, [SIZE], PATIENTS, PATIENTS)
        for medications, patients in LONG.items():
            generate.generate(folder, [SIZE], patients, patients, medications)
        run(theriac, "check", folder / f"rules_{SIZE}.rx", "--terminology", folder / "terminology")
        lines = screened(theriac, folder, "regimens.ndjson")
        differences = compare.theriac(lines, folder, SIZE, PATIENTS)
        if not is_caught(lines, folder):
            differences.append("a wrong answer is not seen")
        for medications, patients in LONG.items():
            differences += compare.theriac(screened(theriac, folder, f"regimens_{medications}.ndjson"), folder, SIZE, patients, medications)
    print("\n".join(differences) or f"{PATIENTS} patients as by brute force")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())

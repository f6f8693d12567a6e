#!/usr/bin/env python3
"""Writes the benchmark's workload (workload.py) as files.

Usage: generate.py --out FOLDER [--rules 200,2000,20000] [--patients 100000] [--answers 10000] [--medications N]

  terminology/vocabulary.yaml  rules_R.rx  regimens.ndjson     theriac's
  rules_R.clp  vocabulary.txt  patients.txt                    of the other engines
  answers_R.txt   a line a finding: patient, rule, + (certain) or ? (undecided), drugs; by brute force, of the first patients (--answers)
With --medications every patient has that many; only the regimens and answers are written, as regimens_N.ndjson and answers_N_R.txt.
"""
import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import workload
import written

CHUNK = 500


def write_answers(path, known, patients, rules):
    """By all cores: brute force at 20,000 rules takes 5 ms a patient."""
    chunks = [(first, patients[first:first + CHUNK]) for first in range(0, len(patients), CHUNK)]
    with ProcessPoolExecutor() as pool, open(path, "w", encoding="utf-8") as out:
        out.writelines(pool.map(partial(answers_of, known, rules), chunks))


def answers_of(known, rules, chunk):
    first, patients = chunk
    lines = []
    for number, patient in enumerate(patients, first):
        for rule, (drugs, certain) in workload.answers(known, patient, rules).items():
            lines.append(written.answer_line(number, rule, drugs, certain))
    return "".join(lines)


def write_knowledge(out, known, rules, sizes):
    (out / "terminology").mkdir(parents=True, exist_ok=True)
    (out / "terminology/vocabulary.yaml").write_text(written.terminology(known), encoding="utf-8")
    (out / "vocabulary.txt").write_text(written.drugs_as_integers(known), encoding="utf-8")
    for size in sizes:
        (out / f"rules_{size}.rx").write_text(written.rx(known, rules[:size]), encoding="utf-8")
        (out / f"rules_{size}.clp").write_text(written.clips(known, rules[:size]), encoding="utf-8")


def generate(out, sizes, count, answered, medications=0):
    known = workload.knowledge()
    patients = workload.Patients(known, count, medications)
    drawn = list(patients)
    rules = workload.rules(known, patients.popularity, max(sizes))
    suffix = f"_{medications}" if medications else ""
    out.mkdir(parents=True, exist_ok=True)
    if not medications:
        write_knowledge(out, known, rules, sizes)
        with open(out / "patients.txt", "w", encoding="utf-8") as file:
            file.writelines(map(written.patient_as_integers, drawn))
    with open(out / f"regimens{suffix}.ndjson", "w", encoding="utf-8") as file:
        file.writelines(written.regimen(known, number, patient) for number, patient in enumerate(drawn))
    for size in sizes:
        write_answers(out / f"answers{suffix}_{size}.txt", known, drawn[:answered], rules[:size])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--rules", default="200,2000,20000")
    options.add_argument("--patients", type=int, default=100000)
    options.add_argument("--answers", type=int, default=10000)
    options.add_argument("--medications", type=int, default=0)
    given = options.parse_args()
    generate(given.out, [int(size) for size in given.rules.split(",")], given.patients, given.answers, given.medications)


if __name__ == "__main__":
    main()

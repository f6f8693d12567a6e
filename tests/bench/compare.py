"""Holds what an engine answered to the answers by brute force. Every function gives the differences as text: none where all is equal."""
import json
from itertools import groupby

import workload
import written

SHOWN = 3


def read_answers(path):
    """Per patient {rule: (drugs, certain)}, in order; patients without any are left out."""
    def parts():
        with open(path, encoding="utf-8") as file:
            for line in file:
                patient, rule, sign, drugs = line.split()
                yield int(patient), int(rule), (tuple(map(int, drugs.split(","))), sign == "+")
    return {patient: {rule: answer for _, rule, answer in group} for patient, group in groupby(parts(), key=lambda each: each[0])}


def clips(path, answers, count):
    """CLIPS judges what is certain, and writes `patient rule drug,drug…` a line."""
    with open(path, encoding="utf-8") as file:
        told = ((int(patient), int(rule), frozenset(map(int, drugs.split(",")))) for patient, rule, drugs in map(str.split, file))
        got = set(told)
    wanted = {(patient, rule, frozenset(drugs)) for patient in range(count) for rule, (drugs, certain) in answers.get(patient, {}).items() if certain}
    return [f"patient {patient}: rule {rule} is {'missing' if (patient, rule, drugs) in wanted else 'too much'}"
            for patient, rule, drugs in sorted(got ^ wanted, key=lambda each: each[:2])[:SHOWN]]


class Theriac:
    """What theriac must say: as the answers, but supports that share no drug are findings of their own, so that a rule of one class speaks of each drug alone."""

    ALONE = {"condition", "age", "lab"}

    def __init__(self, known, rules, answers):
        self.names = [drug.name for drug in known.drugs]
        self.alone = []
        for rule in rules:
            self.alone.append(rule[0] in self.ALONE or (rule[0] == "chain" and self.alone[rule[1]]))
        self.answers = answers

    def wanted(self, patient, certain):
        found = []
        for rule, (drugs, sure) in self.answers.get(patient, {}).items():
            if sure != certain:
                continue
            names = sorted(self.names[drug] for drug in drugs)
            found += [(written.rule_id(rule), [name]) for name in names] if self.alone[rule] else [(written.rule_id(rule), names)]
        return sorted(found)

    def differences(self, lines, count):
        """lines: of `theriac.batch/1`, or whole screenings; the first `count` are held to the answers."""
        found = []
        lines = iter(lines)
        for patient in range(count):
            line = next(lines, None)
            if line is None:
                return found + [f"only {patient} of {count} patients were answered"]
            found += [f"patient {patient}: {each}" for each in self._of(patient, json.loads(line))]
            if len(found) >= SHOWN:
                return found[:SHOWN]
        return found

    def _of(self, number, line):
        if "error" in line:
            return [line["error"]]
        found = []
        name = line["patient"]["id"] if "patient" in line else line["id"]
        if name != written.patient_name(number):
            found.append(f"answered as {name}")
        missed = line["not_screened"] if "not_screened" in line else line["coverage"]["not_screened"]
        if missed:
            found.append(f"not screened: {missed}")
        if any(finding["status"] != "certain" for finding in line["findings"]):
            found.append("a finding is not certain")
        found += self._compared("certain", line["findings"], self.wanted(number, True))
        undecided, wanted = line["undecided"], self.wanted(number, False)
        if isinstance(undecided, list):
            found += self._compared("undecided", undecided, wanted)
        elif undecided != len(wanted):
            found.append(f"{undecided} undecided, not {len(wanted)}")
        return found

    @staticmethod
    def _compared(what, got, wanted):
        got = sorted((finding["rule"], sorted(finding["drugs"])) for finding in got)
        missing = [each for each in wanted if each not in got][:SHOWN]
        surplus = [each for each in got if each not in wanted][:SHOWN]
        if missing or surplus:
            return [f"{what}: missing {missing}, too much {surplus}"]
        return [] if len(got) == len(wanted) else [f"{what}: {len(got)}, not {len(wanted)}"]


def theriac(lines, folder, size, count, medications=0):
    """Differences of theriac's lines from the answers of a generated folder."""
    known = workload.knowledge()
    rules = workload.rules(known, workload.Patients(known, 0).popularity, size)
    suffix = f"_{medications}" if medications else ""
    answers = read_answers(folder / f"answers{suffix}_{size}.txt")
    return Theriac(known, rules, answers).differences(lines, count)

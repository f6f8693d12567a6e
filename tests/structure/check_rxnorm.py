#!/usr/bin/env python3
"""Compares the vocabulary's names, brands and RxCUIs with a copy of RxNorm's prescribable content. By hand; no test needs it.

Usage: check_rxnorm.py FOLDER [RULES/TERMINOLOGY]

FOLDER holds ingredients.tsv (rxcui, name, tty), brand_to_ingredient.tsv (brand, ingredient; several joined by ` / `) and, where a letter is missing from them,
sandbox_brand_to_ingredients.tsv. Prints each difference with its kind; those of the first two kinds are faults, the others are to be explained (a name of another
country stands in no US list). What the copy cannot know because it has no name with that letter is counted and not printed. Exits 1 where a fault was found. Needs PyYAML.
"""
import csv
import re
import sys
from pathlib import Path

import yaml

FAULTS = ("code of another", "brand of another")
LETTER = "letter not in the copy"


def key(name):
    return re.sub(r"[\s,-]+", " ", name.strip().casefold())


def table(path):
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def entries(folder):
    """Drugs and combinations as written, with the files they stand in."""
    for path in sorted(folder.glob("*.yaml")):
        sections = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}
        for section in ("drugs", "combinations"):
            for entry in sections.get(section, []):
                yield path.name, section, entry


def names(entry):
    return {key(name) for name in [entry["name"], *entry.get("synonyms", [])]}


class RxNorm:
    def __init__(self, folder):
        rows = table(folder / "ingredients.tsv")
        self.by_code = {row["rxcui"]: row["name"] for row in rows}
        self.codes = {}
        for row in rows:
            self.codes.setdefault(key(row["name"]), set()).add(row["rxcui"])
        self.letters = {name[0] for name in self.codes}
        self.brands = {}  # every substance that a product of the brand holds
        for file, column in (("brand_to_ingredient.tsv", "ingredient"), ("sandbox_brand_to_ingredients.tsv", "ingredients")):
            for row in table(folder / file):
                self.brands.setdefault(key(row["brand"]), set()).update(key(part) for part in re.split(r" [/+] ", row[column]))


    def lacks(self, ours):
        """Whether a name of ours begins with a letter with which no name of the copy begins."""
        return any(name[0] not in self.letters for name in ours)


def same(ours, theirs):
    """Whether a name of ours and one of theirs may be one substance: a salt or an ester is the same with a word more."""
    return any(our == their or our.startswith(their + " ") or their.startswith(our + " ") for our in ours for their in theirs)


def differences(rxnorm, folder):
    drugs, listed = {}, list(entries(folder))
    for _, section, entry in listed:
        if section == "drugs":
            drugs[key(entry["name"])] = names(entry)
    for file, section, entry in listed:
        ours = names(entry)
        parts = [drugs.get(key(part), {key(part)}) for part in entry.get("ingredients", [])] or [ours]
        code = entry.get("rxcui")
        if code and code in rxnorm.by_code:
            their = key(rxnorm.by_code[code])
            found = {key(part) for part in rxnorm.by_code[code].split(" / ")}
            if not same(ours | {their} if section == "combinations" else ours, {their}) or (section == "combinations" and len(found) != len(parts)):
                yield "code of another", file, entry["name"], f"{code} is {rxnorm.by_code[code]}"
        elif code:
            yield LETTER if any(map(rxnorm.lacks, parts)) else "code not in the copy", file, entry["name"], code
        elif section == "drugs" and any(name in rxnorm.codes for name in ours):
            yield "code to be had", file, entry["name"], ", ".join(sorted(c for name in ours for c in rxnorm.codes.get(name, ())))
        if section == "drugs" and not any(name in rxnorm.codes for name in ours):
            yield LETTER if rxnorm.lacks(ours) else "name not in the copy", file, entry["name"], ""
        for brand in entry.get("brands", []):
            substances = rxnorm.brands.get(key(brand))
            if substances is None:
                yield "brand not in the copy", file, entry["name"], brand
            elif not all(same(part, substances) or rxnorm.lacks(part) for part in parts):
                yield "brand of another", file, entry["name"], f"{brand} is {', '.join(sorted(substances))}"


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__.strip())
        return 2
    folder = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parents[2] / "rules" / "terminology"
    rxnorm = RxNorm(Path(sys.argv[1]))
    if not rxnorm.by_code:
        print(f"{sys.argv[1]} holds no ingredients.tsv")
        return 2
    counts = {}
    for kind, file, name, what in differences(rxnorm, folder):
        counts[kind] = counts.get(kind, 0) + 1
        if kind != LETTER:
            print(f"{kind}\t{file}\t{name}\t{what}")
    total = sum(1 for _ in entries(folder))
    print(f"{total} drugs and combinations: " + (", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "no difference"))
    return 1 if any(counts.get(kind) for kind in FAULTS) else 0


if __name__ == "__main__":
    sys.exit(main())

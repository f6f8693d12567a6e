#!/usr/bin/env python3
"""Measures theriac beside CLIPS and simdjson on one generated workload, and holds all answers to those by brute force.

Usage: bench.py --theriac PROGRAM --clips PROGRAM --simdjson PROGRAM --work FOLDER [--json FILE] [--quick] [--peers-only]
What is measured and how stands in docs/contributor/performance.md.
"""
import argparse
import hashlib
import json
import os
import shutil
import statistics
import sys
from itertools import islice
from pathlib import Path

import compare
import engines
import generate

SIZES = [200, 2000, 20000]
LONG = [31, 32, 40, 100]
HERE = Path(__file__).resolve().parent
Plan = dict
FULL = Plan(patients=300000, answers=10000, long=200, rounds=5, memory=4)
QUICK = Plan(patients=20000, answers=1000, long=20, rounds=3, memory=0)


def workload(work, plan):
    """The generated files; made once for what they depend on."""
    key = hashlib.sha256(repr(sorted(plan.items())).encode())
    for name in ("workload.py", "written.py", "generate.py"):
        key.update((HERE / name).read_bytes())
    folder = work / f"workload-{key.hexdigest()[:12]}"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        say(f"making the workload: {plan['patients']} patients, the answers of {plan['answers']}")
        generate.generate(folder, SIZES, plan["patients"], plan["answers"])
        for medications in LONG:
            generate.generate(folder, SIZES, plan["long"], plan["long"], medications)
        head(folder / "regimens.ndjson", folder / "one.ndjson", 1)
        head(folder / "regimens.ndjson", folder / "answered.ndjson", plan["answers"])
        (folder / "whole").touch()
    return folder


def head(source, target, count):
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        out.writelines(islice(lines, count))


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---- answers

def check_clips(clips, folder, plan):
    out = folder / "clips.out"
    for size in SIZES:
        count = min(plan["answers"], clips.PATIENTS[size])
        clips.answer(size, count, out)
        answers = compare.read_answers(folder / f"answers_{size}.txt")
        yield from (f"clips, {size} rules: {each}" for each in compare.clips(out, answers, count))
    out.unlink()


def check_theriac(theriac, folder, plan):
    out, again = folder / "theriac.out", folder / "theriac.again"
    for size in SIZES:
        theriac.batch(folder / "answered.ndjson", size, out=out)
        theriac.batch(folder / "answered.ndjson", size, out=again, threads=2, pinned=False)
        if out.read_bytes() != again.read_bytes():
            yield f"theriac, {size} rules: two threads answer otherwise than one"
        yield from checked(out, folder, size, plan["answers"])
        theriac.batch(folder / "answered.ndjson", size, "--undecided", "--supports", out=out)
        yield from checked(out, folder, size, plan["answers"])
        for medications in LONG:
            theriac.batch(folder / f"regimens_{medications}.ndjson", size, out=out)
            yield from checked(out, folder, size, plan["long"], medications)
    out.unlink()
    again.unlink()


def checked(out, folder, size, count, medications=0):
    with open(out, encoding="utf-8") as lines:
        for each in compare.theriac(lines, folder, size, count, medications):
            yield f"theriac, {size} rules{f', {medications} medications' if medications else ''}: {each}"


# ---- rounds

class Figures:
    """Every figure of every round."""

    def __init__(self):
        self.of = {}

    def add(self, name, value):
        self.of.setdefault(name, []).append(value)

    def spread(self):
        return {name: [min(values), statistics.median(values), max(values)] for name, values in self.of.items()}

    def table(self):
        rows = [("", "min", "median", "max")] + [(name, *map(shown, values)) for name, values in self.spread().items()]
        widths = [max(len(row[at]) for row in rows) for at in range(4)]
        return "\n".join("  ".join(cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths))) for row in rows)


def shown(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def peers_round(figures, clips, simdjson, folder, plan):
    rates = {size: clips.rate(size, plan["patients"]) for size in SIZES}
    for size, rate in rates.items():
        figures.add(f"clips_regimens_per_second_{size}", rate)
    whole, parsing = simdjson.rates(folder / "regimens.ndjson", folder / "one.ndjson")
    figures.add("simdjson_regimens_per_second", whole)
    figures.add("simdjson_regimens_per_second_in_memory", parsing)
    return rates, whole, parsing


def theriac_round(figures, theriac, folder, plan, peers):
    clips, whole, parsing = peers
    files = folder / "regimens.ndjson", folder / "one.ndjson"
    rates = {size: plan["patients"] / theriac.cost(*files, size) for size in SIZES}
    for size, rate in rates.items():
        figures.add(f"regimens_per_second_{size}", rate)
        figures.add(f"ratio_clips_{size}", rate / clips[size])
    figures.add("ratio_simdjson_2000", rates[2000] / whole)
    figures.add("ratio_simdjson_2000_in_memory", rates[2000] / parsing)
    figures.add("growth_2000_20000", rates[2000] / rates[20000])
    plain = plan["patients"] / rates[2000]
    figures.add("ratio_undecided_supports", theriac.cost(*files, 2000, "--undecided", "--supports") / plain)
    out = folder / "theriac.out"
    figures.add("regimens_per_second_2000_to_file", plan["patients"] / theriac.cost(*files, 2000, out=out))
    out.unlink()
    figures.add("ratio_threads_2", theriac.gain(*files, 2000, threads=2))
    answered = folder / "answered.ndjson", folder / "one.ndjson"
    figures.add("regimens_per_second_2000_ndjson", plan["answers"] / theriac.cost(*answered, 2000, "--format", "ndjson"))
    figures.add("cold_start_extra_ms", 1000 * theriac.cold_start(HERE.parent.parent / "examples/01_quick_start/ada.yaml"))


def live_round(figures, live, theriac, folder):
    told = live.costs(theriac.image(2000), folder / "regimens.ndjson")
    figures.add("ratio_incremental_add", told["add_us"] / told["anew_us"])
    figures.add("ratio_incremental_add_brief", told["add_brief_us"] / told["anew_brief_us"])
    figures.add("incremental_add_us", told["add_us"])


def memory(figures, theriac, folder, plan):
    """Peak memory of 10,000 patients and of many: the file, so many times."""
    figures.add(f"peak_memory_mb_{plan['answers']}", engines.peak_mb(theriac.words(folder / "answered.ndjson", 2000)))
    many = folder / "many.ndjson"
    with open(many, "wb") as out:
        for _ in range(plan["memory"]):
            out.write((folder / "regimens.ndjson").read_bytes())
    figures.add(f"peak_memory_mb_{plan['memory'] * plan['patients']}", engines.peak_mb(theriac.words(many, 2000)))
    many.unlink()


def measure(given, plan):
    folder = workload(given.work, plan)
    core = max(os.sched_getaffinity(0))
    clips, simdjson = engines.Clips(given.clips, folder, core), engines.Simdjson(given.simdjson, core)
    theriac = None if given.peers_only else engines.Theriac(given.theriac, folder, core)
    figures = Figures()
    if theriac:
        for size in SIZES:
            figures.add(f"build_seconds_{size}", theriac.build(size).wall)
    say("holding the answers to those by brute force")
    differences = list(check_clips(clips, folder, plan))
    if theriac:
        differences += check_theriac(theriac, folder, plan)
    for number in range(plan["rounds"]):
        say(f"round {number + 1} of {plan['rounds']}, load {os.getloadavg()[0]:.1f}")
        peers = peers_round(figures, clips, simdjson, folder, plan)
        if theriac:
            theriac_round(figures, theriac, folder, plan, peers)
            if given.live:
                live_round(figures, engines.Live(given.live, core), theriac, folder)
    if theriac and plan["memory"]:
        memory(figures, theriac, folder, plan)
    return differences, figures


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("theriac", "clips", "simdjson", "work"):
        options.add_argument(f"--{name}", type=Path, required=True)
    options.add_argument("--live", type=Path)
    options.add_argument("--json", type=Path)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--peers-only", action="store_true")
    given = options.parse_args()
    plan = QUICK if given.quick else FULL
    try:
        differences, figures = measure(given, plan)
    except engines.Failed as failed:
        sys.exit(f"this did not run: {failed}")
    print(f"{machine()}, one core of {os.cpu_count()}; {plan['patients']} patients, {plan['rounds']} rounds")
    print(figures.table())
    print("\n".join(differences) or f"all answers equal those by brute force ({plan['answers']} patients, and of {', '.join(map(str, LONG))} medications)")
    if given.json:
        spread = figures.spread()
        result = {"answers_equal": not differences, **{name: values[1] for name, values in spread.items()}, "spread": spread, "machine": machine(), **plan}
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())

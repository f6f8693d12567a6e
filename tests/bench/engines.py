"""The programs that the benchmark runs: how each is called, and what a run of it costs. The command lines of theriac stand here and nowhere else."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple

Run = namedtuple("Run", "wall cpu output")
AS_OF = "2025-03-10"  # nothing in the workload has a date; the regimens need a day all the same


class Failed(Exception):
    pass


def run(words, core=None, keep=False):
    """Runs a program, on one core where one is named. Its output is kept or goes nowhere."""
    words = [str(word) for word in words]
    pin = (lambda: os.sched_setaffinity(0, {core})) if core is not None else None
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        begin = time.perf_counter()
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out if keep else subprocess.DEVNULL, stderr=errors, preexec_fn=pin)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            raise Failed(f"{' '.join(words)}\n{errors.read()[-2000:].decode()}")
        out.seek(0)
        return Run(wall, usage.ru_utime + usage.ru_stime, out.read().decode())


PEAK = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


def peak_mb(words):
    """The most memory that a program had at once. By way of a small process: until it is itself, a program counts with the memory of what started it."""
    return int(run([sys.executable, "-c", PEAK, *words], keep=True).output) / 1024


class Theriac:
    def __init__(self, program, folder, core):
        self.program, self.folder, self.core = program, folder, core

    def image(self, size):
        return self.folder / f"rules_{size}.thb"

    def build(self, size):
        return run([self.program, "build", "--rules", self.folder / f"rules_{size}.rx", "--terminology", self.folder / "terminology", "-o", self.image(size)])

    def words(self, regimens, size, *options, threads=1):
        return [self.program, "batch", regimens, "--rules", self.image(size), "--as-of", AS_OF, "-j", threads, *options]

    def batch(self, regimens, size, *options, threads=1, out=None, pinned=True):
        """Answers to the file `out`; without one they go nowhere, so that no disk is measured."""
        words = self.words(regimens, size, *options, threads=threads)
        return run([*words, *(["-o", out] if out else [])], self.core if pinned else None)

    def cost(self, regimens, one, size, *options, **how):
        """What the patients cost in processor time: the whole process, less the same with one patient (start, loading of rules)."""
        return self.batch(regimens, size, *options, **how).cpu - self.batch(one, size, *options, **how).cpu

    def duration(self, regimens, one, size, *options, **how):
        """The same by the clock on the wall, on all cores."""
        how = {"pinned": False, **how}
        return self.batch(regimens, size, *options, **how).wall - self.batch(one, size, *options, **how).wall

    def gain(self, *what, threads, times=3):
        """How much sooner so many threads are done than one: the middle of pairs of runs, since the clock on the wall counts what else runs."""
        return statistics.median(self.duration(*what) / self.duration(*what, threads=threads) for _ in range(times))

    def cold_start(self, regimen, times=30):
        """What `screen` with the bundled rules takes beyond `--version`, in seconds of processor time: the middle of pairs of runs."""
        def cost(*words):
            return run([self.program, *words], self.core).cpu
        return statistics.median(cost("screen", regimen) - cost("--version") for _ in range(times))


class Live:
    """A drug added to a live screening of twelve, beside screening anew; calls of the library."""

    def __init__(self, program, core):
        self.program, self.core = program, core

    def costs(self, image, regimens):
        return json.loads(run([self.program, image, regimens], self.core, keep=True).output)


class Clips:
    """Tuned rules, called from C++; only telling facts and running is timed."""

    PATIENTS = {200: 20000, 2000: 10000, 20000: 2000}

    def __init__(self, program, folder, core):
        self.program, self.folder, self.core = program, folder, core

    def answer(self, size, patients, out=None):
        words = [self.program, self.folder / "vocabulary.txt", self.folder / f"rules_{size}.clp", self.folder / "patients.txt", patients]
        return json.loads(run([*words, *([out] if out else [])], self.core, keep=True).output)

    def rate(self, size, at_most):
        told = self.answer(size, min(at_most, self.PATIENTS.get(size, 2000)))
        return told["patients"] / told["seconds"]


class Simdjson:
    """On-Demand, every field of the same file."""

    def __init__(self, program, core):
        self.program, self.core = program, core

    def rates(self, regimens, one):
        """(whole process less its start, the parsing alone), in patients a second."""
        whole = run([self.program, regimens], self.core, keep=True)
        start = run([self.program, one], self.core)
        told = json.loads(whole.output)
        return told["patients"] / (whole.cpu - start.cpu), told["patients"] / told["seconds"]

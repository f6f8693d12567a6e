"""The benchmark's workload: a synthetic vocabulary, synthetic patients, rules of eight kinds, and their answers by brute force.

Everything is drawn from one seed, so every machine makes the same workload; a smaller number of rules or patients is a prefix of a larger one.

Let S(c) be the patient's drugs that lie in class c or below it. A rule's finding holds a set of drugs:
  pair       x, y         |S(x) ∪ S(y)| ≥ 2, neither empty                S(x) ∪ S(y)
  drug_pair  drug, x      the drug is taken and S(x) holds another        {drug} ∪ S(x)
  condition  x, condition S(x) not empty, the patient has the condition   S(x)
  age        x, from      S(x) not empty, age ≥ from                      S(x)
  lab        x, lab, op   S(x) not empty, the value is beyond the bound   S(x)   a value nobody measured leaves it undecided
  count      x            |S(x)| ≥ 3                                      S(x)
  dose       drug, from   the drug's daily dose ≥ from                    {drug}
  chain      of, from     rule `of` spoke, and age ≥ from                 as `of`; undecided where `of` is
"""
import bisect
import random
from collections import namedtuple
from itertools import accumulate

SEED = 20261122
DRUGS, CLASSES, CONDITIONS = 1500, 400, 60

Drug = namedtuple("Drug", "name base leaves closure")            # leaves: the classes it names; closure: those and all above
Knowledge = namedtuple("Knowledge", "drugs parents")             # parents: of each class
Patient = namedtuple("Patient", "age sex doses conditions labs")  # doses: (drug, mg a day); labs: (lab, value in its finest step)
Lab = namedtuple("Lab", "name unit steps mean spread bounds")    # steps: to one of the unit; 10 where one decimal is written

LABS = [
    Lab("eGFR", "mL/min/1.73m2", 1, 75, 28, [("<", 30), ("<", 45), ("<", 60)]),
    Lab("K", "mmol/L", 10, 42, 6, [(">", 55), ("<", 35)]),
    Lab("Na", "mmol/L", 1, 139, 5, [("<", 130)]),
    Lab("QTc", "ms", 1, 430, 28, [(">", 470), (">", 500)]),
    Lab("ALT", "U/L", 1, 30, 25, [(">", 120), (">", 80)]),
    Lab("INR", "", 10, 14, 9, [(">", 40), (">", 30)]),
    Lab("Hb", "g/L", 1, 132, 18, [("<", 90)]),
    Lab("Plt", "10*9/L", 1, 240, 70, [("<", 100)]),
    Lab("WBC", "10*9/L", 10, 70, 20, [("<", 30)]),
    Lab("Glu", "mg/dL", 1, 110, 40, [("<", 70), (">", 250)]),
    Lab("Mg", "mg/dL", 10, 20, 4, [("<", 14)]),
    Lab("CK", "U/L", 1, 140, 120, [(">", 500)]),
]

ONSETS = ["b", "br", "c", "cl", "d", "dr", "f", "fl", "g", "l", "m", "n", "p", "pr", "r", "s", "t", "tr", "v", "z"]
VOWELS = ["a", "e", "i", "o", "u"]
STEMS = ["pam", "pril", "olol", "statin", "pine", "azole", "mycin", "tidine", "sartan", "idone", "ine", "cillin", "oxetine", "prazole", "gliptin",
         "mab", "vir", "zine"]
BASE_DOSES = [5, 10, 20, 25, 40, 50, 100, 200, 250, 500]
LEVELS = [0.06, 0.13, 0.22, 0.25, 0.2, 0.14]                     # shares of the classes, from the top


class Weighted:
    """Draws an index with the probability of its weight."""

    def __init__(self, weights):
        self.upto = list(accumulate(weights, initial=0.0))[1:]

    def draw(self, rng):
        return bisect.bisect_right(self.upto, rng.random() * self.upto[-1])


def falling(count, shift, power):
    return [1.0 / (i + shift) ** power for i in range(count)]


# ---- vocabulary

def _names(rng, count):
    names = {}
    while len(names) < count:
        syllables = rng.choice((1, 2, 2, 3))
        name = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables)) + rng.choice(STEMS)
        names.setdefault(name)
    return list(names)


def _class_parents(rng):
    sizes = [max(1, int(CLASSES * share)) for share in LEVELS]
    sizes[-1] += CLASSES - sum(sizes)
    levels, first = [], 0
    for size in sizes:
        levels.append(range(first, first + size))
        first += size
    parents = [[] for _ in range(CLASSES)]
    for above, level in zip(levels, levels[1:]):
        for each in level:
            count = rng.choices((1, 2, 3), (88, 10, 2))[0]
            parents[each] = rng.sample(list(above), min(count, len(above)))
    return parents


def knowledge(seed=SEED):
    rng = random.Random(seed)
    parents = _class_parents(rng)
    above = []                                                   # parents come before their children
    for each, direct in enumerate(parents):
        above.append({each}.union(*(above[parent] for parent in direct)))
    inner = {parent for direct in parents for parent in direct}
    leaves = [each for each in range(CLASSES) if each not in inner]
    rng.shuffle(leaves)
    sizes = Weighted(falling(len(leaves), 3, 0.85))
    drugs = []
    for name in _names(rng, DRUGS):
        count = rng.choices((2, 3, 4, 5, 6, 7, 8), (34, 27, 17, 10, 6, 4, 2))[0]
        chosen = set()
        while len(chosen) < count:
            chosen.add(leaves[sizes.draw(rng)])
        closure = set().union(*(above[leaf] for leaf in chosen))
        drugs.append(Drug(name, rng.choice(BASE_DOSES), sorted(chosen), sorted(closure)))
    return Knowledge(drugs, parents)


# ---- patients

def _distinct(count, draw):
    chosen = []
    while len(chosen) < count:
        each = draw()
        if each not in chosen:
            chosen.append(each)
    return chosen


class Patients:
    """The patients in their order: iterate. `popularity` is the share of each drug."""

    def __init__(self, known, count, medications=0, seed=SEED):
        """medications: how many each patient has, 0 for as many as people have."""
        self.known, self.count, self.medications = known, count, medications
        self.rng = random.Random(seed + 1)
        self.order = list(range(DRUGS))
        self.rng.shuffle(self.order)
        weights = falling(DRUGS, 8, 0.8)
        self.drugs = Weighted(weights)
        self.conditions = Weighted(falling(CONDITIONS, 4, 0.9))
        self.popularity = [0.0] * DRUGS
        for drug, weight in zip(self.order, weights):
            self.popularity[drug] = weight / self.drugs.upto[-1]

    def __iter__(self):
        for _ in range(self.count):
            yield self._draw()

    def _draw(self):
        rng = self.rng
        count = min(25, max(1, int(rng.gammavariate(2.9, 2.75) + 0.7)))
        age = int(min(99, max(1, rng.gauss(62, 19))))
        doses = self._doses(self.medications or count)
        ill = min(6, max(0, int(rng.gammavariate(1.8, 1.4))))
        conditions = _distinct(ill, lambda: self.conditions.draw(rng))
        measured = rng.choices((0, 1, 2, 3, 4, 5), (20, 14, 18, 20, 16, 12))[0]
        labs = [(lab, max(1, int(rng.gauss(LABS[lab].mean, LABS[lab].spread)))) for lab in rng.sample(range(len(LABS)), measured)]
        return Patient(age, rng.choice("FM"), doses, conditions, labs)

    def _doses(self, count):
        doses = {}
        while len(doses) < count:
            drug = self.order[self.drugs.draw(self.rng)]
            if drug not in doses:
                doses[drug] = max(1, int(self.known.drugs[drug].base * self.rng.choice((0.5, 1, 1, 1, 1.5, 2, 3))))
        return list(doses.items())


# ---- rules: (kind, …) in the order of the table above

def rules(known, popularity, count, seed=SEED):
    rng = random.Random(seed + 2)
    taken = [0.0] * CLASSES
    for share, drug in zip(popularity, known.drugs):
        for each in drug.closure:
            taken[each] += share
    taken = [1 - (1 - min(1, share)) ** 8 for share in taken]    # by someone with eight drugs; rules prefer classes of few
    classes = Weighted([0.0 if share == 0 else 1.0 / (0.02 + share) ** 2.2 for share in taken])
    counted = sorted(range(CLASSES), key=lambda each: -taken[each])[int(CLASSES * 0.1):int(CLASSES * 0.7)]
    conditions = Weighted(falling(CONDITIONS, 4, 0.9))
    drugs = Weighted([share ** 0.6 for share in popularity])
    made = []
    for _ in range(count):
        made.append(_rule(rng, known, made, classes, counted, conditions, drugs))
    return made


def _rule(rng, known, made, classes, counted, conditions, drugs):
    kind = rng.random()
    if kind < .55:
        first = classes.draw(rng)
        return ("pair", first, first if rng.random() < .04 else classes.draw(rng))
    if kind < .70:
        return ("drug_pair", drugs.draw(rng), classes.draw(rng))
    if kind < .80:
        return ("condition", classes.draw(rng), conditions.draw(rng))
    if kind < .88:
        if rng.random() < .4:
            return ("age", classes.draw(rng), rng.choice((65, 75, 80)))
        lab = rng.randrange(len(LABS))
        op, bound = rng.choice(LABS[lab].bounds)
        return ("lab", classes.draw(rng), lab, op, bound)
    if kind < .93:
        return ("count", rng.choice(counted))
    if kind < .97:
        drug = drugs.draw(rng)
        return ("dose", drug, known.drugs[drug].base * rng.choice((2, 3)))
    if not made:
        return ("age", classes.draw(rng), 65)
    of = rng.randrange(len(made))
    while made[of][0] == "chain":
        of = rng.randrange(len(made))
    return ("chain", of, rng.choice((65, 75)))


# ---- answers

def _judge(rule, patient, members, answers):
    """(drugs, certain) of one rule, or None where it is silent."""
    kind, a, *more = rule
    doses, conditions, labs = patient
    if kind == "dose":
        return ({a}, True) if doses.get(a, -1) >= more[0] else None
    if kind == "drug_pair":
        others = members.get(more[0], set())
        return (others | {a}, True) if a in doses and others - {a} else None
    if kind == "chain":
        return answers.get(a)
    drugs = members.get(a)
    if not drugs:
        return None
    if kind == "pair":
        others = members.get(more[0])
        return (drugs | others, True) if others and len(drugs | others) >= 2 else None
    if kind == "count":
        return (drugs, True) if len(drugs) >= 3 else None
    if kind == "condition":
        return (drugs, True) if more[0] in conditions else None
    if kind == "lab":
        lab, op, bound = more
        value = labs.get(lab)
        if value is None:
            return (drugs, False)
        return (drugs, True) if (value < bound if op == "<" else value > bound) else None
    return (drugs, True)                                         # age: judged by the caller


def answers(known, patient, of_rules):
    """{rule: (drugs, certain)} of one patient, by trying every rule."""
    members = {}
    for drug, _ in patient.doses:
        for each in known.drugs[drug].closure:
            members.setdefault(each, set()).add(drug)
    facts = (dict(patient.doses), set(patient.conditions), dict(patient.labs))
    found = {}
    for number, rule in enumerate(of_rules):
        if rule[0] in ("age", "chain") and patient.age < rule[2]:
            continue
        answer = _judge(rule, facts, members, found)
        if answer:
            found[number] = answer
    return found

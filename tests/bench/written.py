"""The workload as files: theriac's vocabulary, rules and regimens, the rules of CLIPS, the patients as integers, and the answers."""
from collections import Counter
from decimal import Decimal

from workload import CONDITIONS, LABS


def class_name(number):
    return f"C{number:03}"


def condition_name(number):
    return f"K{number:02}"


def rule_id(number):
    return f"r-{number}"


# ---- theriac

def terminology(known):
    """The vocabulary as YAML. Every drug was looked up for the one family of classes, so what it does not name it is not."""
    lines = ["version: 1.0.0", "drugs:"]
    for drug in known.drugs:
        classes = ", ".join(class_name(each) for each in drug.leaves)
        lines.append(f"  - {{name: {drug.name}, is: [{classes}], usual_route: oral, reviewed: {{class: made-up}}}}")
    lines.append("classes:")
    for number, parents in enumerate(known.parents):
        above = f", is: [{', '.join(class_name(each) for each in parents)}]" if parents else ""
        lines.append(f"  - {{name: {class_name(number)}{above}}}")
    lines.append("conditions:")
    lines += [f"  - {{name: {condition_name(each)}}}" for each in range(CONDITIONS)]
    lines.append("observations:")
    lines += [f"  - {{name: {lab.name}, unit: {lab.unit or '1'}}}" for lab in LABS]
    lines += ["routes:", "  - {name: oral, words: [by mouth], exposure: systemic}", "problems:", "  - harm"]
    return "\n".join(lines) + "\n"



def lab_value(lab, steps):
    """The value as laboratories write it: 42 tenths are 4.2."""
    return str(steps) if LABS[lab].steps == 1 else str(Decimal(steps) / LABS[lab].steps)


def _premise(known, rule):
    kind, a, *more = rule
    if kind == "pair":
        return f"{class_name(a)} + {class_name(more[0])}"
    if kind == "drug_pair":
        return f"{known.drugs[a].name} + {class_name(more[0])}"
    if kind == "condition":
        return f"{class_name(a)} with {condition_name(more[0])}"
    if kind == "age":
        return f"{class_name(a)} if age >= {more[0]} years"
    if kind == "lab":
        lab, op, bound = more
        return f"{class_name(a)} with {LABS[lab].name} {op} {lab_value(lab, bound)} {LABS[lab].unit}".rstrip()
    if kind == "count":
        return f"at least 3 of {class_name(a)}"
    if kind == "dose":
        return f"{known.drugs[a].name} total daily dose >= {more[0]} mg/day"
    return f"harm {a} if age >= {more[0]} years"


def rx(known, rules):
    """Every rule has an effect of its own, so none folds into another; `harm 17` is that of rule 17."""
    return "".join(f"effect harm {number}\n{rule_id(number)}: {_premise(known, rule)} → harm {number} [moderate]\n"
                   for number, rule in enumerate(rules))


def patient_name(number):
    return f"P{number:07}"


def regimen(known, number, patient):
    """A line of NDJSON, theriac.regimen/1, as compact as an honest sender writes."""
    medications = ",".join(f'{{"drug":"{known.drugs[drug].name}","dose":"{dose} mg daily"}}' for drug, dose in patient.doses)
    conditions = ",".join(f'"{condition_name(each)}"' for each in patient.conditions)
    labs = ",".join(_lab_entry(lab, value) for lab, value in patient.labs)
    return (f'{{"patient":{{"id":"{patient_name(number)}","age":{patient.age},"sex":"{patient.sex}"}},"medications":[{medications}],'
            f'"conditions":[{conditions}],"labs":[{labs}],"complete":{{"conditions":true}}}}\n')


def _lab_entry(lab, value):
    unit = f',"unit":"{LABS[lab].unit}"' if LABS[lab].unit else ""
    return f'{{"name":"{LABS[lab].name}","value":{lab_value(lab, value)}{unit}}}'


# ---- CLIPS

# Tuned by hand: the host tells each class once, as the mask of the patient's positions in it, and joins masks by C functions, so that a
# finding is one activation; of two classes the one with fewer drugs stands first. `(hit RULE MASK)` keeps it.
def clips(known, rules):
    read = {rule[1] for rule in rules if rule[0] == "chain"}
    size = Counter(each for drug in known.drugs for each in drug.closure)
    return "".join(_clips_rule(number, _rarer_first(rule, size), number in read) for number, rule in enumerate(rules))


def _rarer_first(rule, size):
    return ("pair", *sorted(rule[1:], key=lambda each: size[each])) if rule[0] == "pair" else rule


def _clips_rule(number, rule, is_read):
    when, mask = _clips_premise(rule)
    tell = f" (assert (f{number} {mask}))" if is_read else ""
    return f"(defrule r{number} {when} => (hit {number} {mask}){tell})\n"


def _clips_premise(rule):
    kind, a, *more = rule
    if kind == "pair" and a == more[0]:
        return f"(c{a} ?m&:(two ?m ?m))", "?m"
    if kind == "pair":
        return f"(c{a} ?a) (c{more[0]} ?b&:(two ?a ?b))", "(both ?a ?b)"
    if kind == "drug_pair":
        return f"(d{a} ? ?a) (c{more[0]} ?b&:(two ?a ?b))", "(both ?a ?b)"
    if kind == "condition":
        return f"(k{more[0]}) (c{a} ?m)", "?m"
    if kind == "age":
        return f"(c{a} ?m) (age ?v&:(>= ?v {more[0]}))", "?m"
    if kind == "lab":
        lab, op, bound = more
        return f"(l{lab} ?v&:({op} ?v {bound})) (c{a} ?m)", "?m"
    if kind == "count":
        return f"(c{a} ?m&:(three ?m))", "?m"
    if kind == "dose":
        return f"(d{a} ?v&:(>= ?v {more[0]}) ?m)", "?m"
    return f"(f{a} ?m) (age ?v&:(>= ?v {more[0]}))", "?m"


# ---- as integers, for drivers whose reading is not charged

def drugs_as_integers(known):
    """How many drugs, classes, conditions and laboratory values; then a line a drug: how many classes, the classes."""
    lines = [f"{len(known.drugs)} {len(known.parents)} {CONDITIONS} {len(LABS)}"]
    lines += [" ".join(map(str, (len(drug.closure), *drug.closure))) for drug in known.drugs]
    return "\n".join(lines) + "\n"


def patient_as_integers(patient):
    """age, how many drugs, (drug, dose)…, how many conditions, conditions, how many values, (lab, value)…"""
    numbers = [patient.age, len(patient.doses), *_flat(patient.doses), len(patient.conditions), *patient.conditions, len(patient.labs), *_flat(patient.labs)]
    return " ".join(map(str, numbers)) + "\n"


def _flat(pairs):
    return [number for pair in pairs for number in pair]


# ---- answers

def answer_line(number, rule, drugs, certain):
    return f"{number} {rule} {'+' if certain else '?'} {','.join(map(str, sorted(drugs)))}\n"

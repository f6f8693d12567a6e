// Random rules that look at measurements, ages and conditions, and people of whom some of that is known: what `what-if` is asked about.
#pragma once

#include "support/random.hpp"
#include "theriac/load.hpp"
#include "theriac/patient.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace theriac::testing {

struct Person {
  struct Value {
    std::string number;
    int days_ago = 0;
  };
  std::optional<int> age;
  std::string sex;
  std::vector<std::pair<std::string, int>> drugs;  // milligrams a day
  std::map<std::string, Value> values;             // by the name of the observation
  std::map<std::string, ConditionEntry::Is> conditions;
  bool conditions_complete = false;
};

inline constexpr const char* people_vocabulary = R"(version: 1.0.0
drugs:
  - {name: alfa, is: [red], usual_route: oral, reviewed: {class: made-up}}
  - {name: bravo, is: [red], usual_route: oral, reviewed: {class: made-up}}
  - {name: charlie, is: [blue], usual_route: oral, reviewed: {class: made-up}}
  - {name: delta, is: [blue], usual_route: oral, reviewed: {class: made-up}}
  - {name: echo, usual_route: oral, reviewed: {class: made-up}}
classes:
  - {name: red}
  - {name: blue}
conditions:
  - {name: gout}
  - {name: asthma}
  - {name: fits}
observations:
  - {name: potassium, unit: mmol/L, plausible: [2, 8], absolute: [0.5, 15], validity: 90 days}
  - {name: sodium, unit: mmol/L, plausible: [110, 170], absolute: [80, 220], validity: 90 days}
  - {name: serum creatinine, unit: mg/dL, plausible: [0.2, 15], absolute: [0, 60], validity: 90 days}
  - {name: creatinine clearance, unit: mL/min, formula: "Cockcroft-Gault, actual weight", plausible: [3, 200], absolute: [0, 400], validity: 90 days}
  - {name: weight, unit: kg, plausible: [2, 250], absolute: [0.3, 650], validity: 365 days}
  - {name: height, unit: cm, plausible: [45, 220], absolute: [20, 275], validity: 3650 days}
  - {name: BMI, unit: kg/m2, formula: BMI, plausible: [12, 60], absolute: [5, 150], validity: 365 days}
  - {name: QT interval, unit: ms, plausible: [200, 700], absolute: [100, 1000], validity: 180 days}
  - {name: heart rate, unit: /min, plausible: [30, 220], absolute: [5, 400], validity: 30 days}
  - {name: QTcB, unit: ms, formula: Bazett, plausible: [300, 650], absolute: [150, 1000], validity: 180 days}
routes:
  - {name: oral, words: [by mouth, oral], exposure: systemic}
problems:
  - harm
)";

inline const std::map<std::string, std::string> units_of_values = {
    {"potassium", "mmol/L"},
    {"sodium", "mmol/L"},
    {"serum creatinine", "mg/dL"},
    {"creatinine clearance", "mL/min"},
    {"weight", "kg"},
    {"height", "cm"},
    {"BMI", "kg/m2"},
    {"QT interval", "ms"},
    {"heart rate", "/min"},
    {"QTcB", "ms"},
};

class PersonWriter {
 public:
  explicit PersonWriter(Random& random) : random_(random) {}

  Person make() {
    Person out;
    if (random_.chance(75)) out.age = random_.pick({17, 18, 40, 64, 65, 66, 74, 75, 90});
    out.sex = random_.pick({"female", "male", "unknown"});
    for (std::size_t i = random_.between(1, 5); i > 0; --i) out.drugs.emplace_back(drug(), random_.pick({10, 20, 40, 500, 1000}));
    for (const auto& [name, numbers] : seen) {
      if (random_.chance(35)) out.values[name] = {random_.pick(numbers), random_.pick({0, 0, 3, 13, 14, 400})};
    }
    for (const auto& name : conditions) {
      if (random_.chance(30))
        out.conditions[name] = random_.pick({ConditionEntry::Is::present, ConditionEntry::Is::absent, ConditionEntry::Is::unknown});
    }
    out.conditions_complete = random_.chance(50);
    return out;
  }

  std::string rules() {
    std::string text;
    const auto count = random_.between(2, 6);
    for (std::size_t i = 0; i < count; ++i) text += rule(i);
    return text;
  }

 private:
  std::string drug() { return random_.pick({"alfa", "bravo", "charlie", "delta", "echo"}); }
  std::string premise() {
    const auto first = random_.chance(40) ? random_.pick({"red", "blue"}) : drug();
    if (random_.chance(60)) return first;
    auto second = drug();
    for (int i = 0; second == first && i < 20; ++i) second = drug();
    return first == second ? first : first + " + " + second;
  }
  std::string limit() {
    const auto& [name, numbers] = random_.pick(limits);
    const auto unit = units_of_values.at(name);
    const auto within = random_.chance(15) ? " within 14 days" : "";
    return fmt::format("{} {} {} {}{}", name, random_.pick({"<", "<=", ">", ">="}), random_.pick(numbers), unit, within);
  }
  std::string fact() {
    switch (random_.below(10)) {
      case 0:
      case 1:
        return fmt::format("age {} {} years", random_.pick({">=", "<", ">", "<="}), random_.pick({18, 65, 75}));
      case 2:
        return random_.pick(conditions);
      case 3:
        return "no " + random_.pick(conditions);
      case 4:
        return fmt::format("({} or {})", limit(), random_.chance(50) ? limit() : random_.pick(conditions));
      case 5:
        return "female";
      default:
        return limit();
    }
  }
  std::string rule(std::size_t number) {
    auto text = fmt::format("effect harm {}\nr-{}: {}", number, number, premise());
    const auto facts = random_.between(1, 3);
    for (std::size_t i = 0; i < facts; ++i) text += (i == 0 ? " if " : " and ") + fact();
    if (random_.chance(25)) text += " unless " + fact();
    const auto effect = random_.chance(25) ? random_.below(number + 1) : number;
    text += fmt::format(" → harm {} [{}]; avoid\n", effect, random_.pick({"minor", "moderate", "major"}));
    if (random_.chance(30)) text += fmt::format("  raise to contraindicated if {}\n", fact());
    if (random_.chance(15)) text += fmt::format("  lower to info if {}\n", fact());
    return text + "\n";
  }

  using Numbers = std::vector<std::string>;
  inline static const std::vector<std::string> conditions = {"gout", "asthma", "fits"};
  inline static const std::map<std::string, Numbers> seen = {{"potassium", {"3.4", "3.5", "5", "5.5", "5.6"}},
                                                             {"sodium", {"129", "130", "140"}},
                                                             {"serum creatinine", {"0.7", "1.2", "1.5", "1.9", "4"}},
                                                             {"weight", {"45", "50", "70", "120"}},
                                                             {"height", {"150", "170", "190"}},
                                                             {"QT interval", {"380", "440", "500"}},
                                                             {"heart rate", {"48", "60", "90"}},
                                                             {"creatinine clearance", {"29", "30", "75"}}};
  inline static const std::vector<std::pair<std::string, Numbers>> limits = {{"potassium", {"3.5", "5", "5.5"}},
                                                                             {"sodium", {"130", "135"}},
                                                                             {"serum creatinine", {"1.5", "2"}},
                                                                             {"creatinine clearance", {"30", "45", "60"}},

                                                                             {"creatinine clearance", {"15", "50"}},
                                                                             {"weight", {"50"}},
                                                                             {"BMI", {"18.5", "30"}},
                                                                             {"QTcB", {"450", "470", "500"}},
                                                                             {"heart rate", {"50", "60"}}};
  Random& random_;
};

inline const std::shared_ptr<const Terminology>& vocabulary_of_people() {
  static const auto loaded = parse_terminology({grammar::Source::make("vocabulary.yaml", people_vocabulary)});
  return loaded.terminology;
}

// ---- screening with a value in place of what was stated

using Assumed = std::map<std::string, std::string>;

// Of that day.
inline Patient patient_of(Person person, const Assumed& assumed) {
  for (const auto& [input, value] : assumed) {
    if (input == "age")
      person.age = std::stoi(value);
    else if (units_of_values.contains(input))
      person.values[input] = {value, 0};
    else
      person.conditions[input] = value == "yes" ? ConditionEntry::Is::present : ConditionEntry::Is::absent;
  }
  const auto as_of = parse_date("2025-03-10")->earliest;
  Patient out;
  out.as_of = as_of;
  out.sex = person.sex;
  out.complete.conditions = person.conditions_complete;
  if (person.age) out.age = Age{*person.age * 12, *person.age * 12 + 11, fmt::format("{} years", *person.age), {}};
  for (const auto& [drug, mg] : person.drugs) {
    MedicationEntry entry;
    entry.text = entry.drug = {drug, {}};
    entry.dose = Said{fmt::format("{} mg", mg), {}};
    entry.frequency = Said{"daily", {}};
    entry.route = Said{"oral", {}};
    out.medications.push_back(entry);
  }
  for (const auto& [name, value] : person.values) {
    const auto on = as_of - value.days_ago * minutes_per_day;
    out.observations.push_back({{name, {}}, {value.number, {}}, {units_of_values.at(name), {}}, When{on, on}, {}, {}, {}});
  }
  for (const auto& [name, is] : person.conditions) out.conditions.push_back({{name, {}}, is, {}, {}});
  return out;
}

}  // namespace theriac::testing

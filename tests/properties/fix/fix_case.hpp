// Random rules, and lists that they speak of, as text: what `fix` is held against.
#pragma once

#include "support/random.hpp"
#include "theriac/truth.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace theriac::testing {

// ---- the list

struct Line {
  enum class Is { taken, proposed, past } is = Is::taken;
  std::string drug;
  int mg = 10;
  int stopped_ago = 0;
  bool is_for_something = false;  // the list says what it is for
};

struct FixCase {
  std::string rules;
  std::vector<Line> lines;
  std::map<std::string, std::vector<int>> above, at_or_above;  // limits of daily doses, by drug
  std::set<std::string> classes_of_abrupt_stops;
  std::map<std::string, std::vector<std::string>> classes;
  std::string protects;  // "" where no rule says to give anything
  Severity goal{};
};

inline const std::vector<std::string> drugs = {"warfarin",   "ibuprofen", "lisinopril", "digoxin",    "simvastatin", "furosemide",
                                               "metformin",  "diazepam",  "sertraline", "oxycodone",  "amlodipine",  "levothyroxine",
                                               "omeprazole", "naproxen",  "baclofen",   "venlafaxine"};

// ---- rules

inline std::string severity(Random& random) { return random.pick({"[major]", "[major]", "[moderate]", "[minor]", "[contraindicated]"}); }

class CaseWriter {
 public:
  explicit CaseWriter(Random& random) : random_(random) {}

  FixCase make() {
    write_lines();
    for (const std::string name : {"kind one", "kind two", "kind three"}) {
      auto& members = out_.classes[name];
      for (const auto& drug : drugs) {
        if (random_.chance(35)) members.push_back(drug);
      }
      while (members.size() < 3) members.push_back(drugs[members.size()]);
      out_.rules += "class " + name + " = ";
      for (std::size_t i = 0; i < members.size(); ++i) out_.rules += (i > 0 ? ", " : "") + members[i];
      out_.rules += "\n";
    }
    const auto rules = random_.between(3, 9);
    for (std::size_t i = 0; i < rules; ++i) rule(i);
    out_.goal = random_.chance(70) ? Severity::major : Severity::moderate;
    return std::move(out_);
  }

 private:
  std::string drug() { return random_.chance(70) ? random_.pick(out_.lines).drug : random_.pick(drugs); }
  std::string kind() { return random_.pick({"kind one", "kind two", "kind three"}); }
  std::string phrase() { return random_.chance(45) ? drug() : kind(); }
  std::string two(std::string (CaseWriter::*of)()) {
    const auto first = (this->*of)();
    auto second = (this->*of)();
    for (int i = 0; second == first && i < 20; ++i) second = (this->*of)();
    return first + " + " + second;
  }
  std::string effect() { return random_.pick({"bleeding", "fall", "hyperkalemia", "additive sedation"}); }

  void add(std::size_t number, const std::string& premise, const std::string& clauses = "") {
    out_.rules += fmt::format("rule r{}:\n  when {}\n  then {} {}\n{}", number, premise, effect(), severity(random_), clauses);
  }

  void dose(std::size_t number) {
    const auto of = drug();
    const int limit = static_cast<int>(random_.between(1, 4)) * 10;
    const bool above = random_.chance(70);
    (above ? out_.above : out_.at_or_above)[of].push_back(limit);
    add(number, fmt::format("{} total daily dose {} {} mg/day{}", of, above ? ">" : ">=", limit, random_.chance(50) ? " + " + kind() : ""));
  }

  // Of a drug that begins where there is one, that stood in the list.
  void washout(std::size_t number) {
    auto before = drug(), then = phrase();
    for (const auto& line : out_.lines) {
      if (line.is == Line::Is::proposed) then = line.drug;
      if (line.is != Line::Is::proposed && line.drug != then && random_.chance(50)) before = line.drug;
    }
    const auto days = random_.between(2, 20);
    add(number, fmt::format("{} stopped within {} days{} + {}", before, days, random_.chance(50) ? " or " + before : "", then));
  }

  void protect(std::size_t number) {
    auto other = drug();
    out_.protects = "famotidine";
    add(number, fmt::format("{} with no famotidine", other), "  start famotidine\n");
  }

  void rule(std::size_t number) {
    switch (random_.below(15)) {
      case 0:
        return add(number, fmt::format("at least {} of {}", random_.between(2, 3), kind()));
      case 1:
        return dose(number);
      case 2:
      case 13:
      case 14:
        return washout(number);
      case 3:
        return add(number, two(&CaseWriter::phrase), fmt::format("  unless {}\n", "any " + drug()));
      case 4:
        return add(number, fmt::format("{} and no {}", drug(), drug()));
      case 5:
        return add(number, two(&CaseWriter::phrase), fmt::format("  raise to major if any {}\n", drug()));
      case 6:
        out_.rules += fmt::format("rule d{}:\n  when {} as blocker + {} as victim\n  then victim is overexposed\n", number, drug(), kind());
        return add(number, fmt::format("overexposed {} + {}", kind(), drug()));
      case 7:
        return add(number, fmt::format("additive sedation and {}", drug()));
      case 8: {
        const auto of = kind();
        out_.classes_of_abrupt_stops.insert(of);
        return add(number, fmt::format("abrupt stop of {} after longer than 4 weeks", of));
      }
      case 9:
        return add(number, "at least 2 of the same ingredient");
      case 10:
        return protect(number);
      case 11:
        return add(number, two(&CaseWriter::kind), fmt::format("  lower to minor if any {}\n", drug()));
      default:
        return add(number, two(&CaseWriter::phrase));
    }
  }

  void write_lines() {
    const auto count = random_.between(2, 10);
    bool proposed = false;
    for (std::size_t i = 0; i < count; ++i) {
      Line line{Line::Is::taken, random_.pick(drugs), static_cast<int>(random_.between(1, 8)) * 10, 0};
      if (random_.chance(12)) {
        line.is = Line::Is::past;
        line.stopped_ago = static_cast<int>(random_.between(1, 15));
      } else if (!proposed && random_.chance(15)) {
        line.is = Line::Is::proposed;
        proposed = true;
      }
      line.is_for_something = random_.chance(20);
      out_.lines.push_back(line);
    }
  }

  Random& random_;
  FixCase out_;
};

}  // namespace theriac::testing

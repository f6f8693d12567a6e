// Every finding has a proof that an independent checker accepts, and refuses as soon as one word of it is changed.
#include "assemble/finding.hpp"
#include "checker/checker.hpp"
#include "support/bundled.hpp"
#include "support/run.hpp"
#include "theriac/report.hpp"

#include <fmt/format.h>

using namespace theriac;
using namespace theriac::testing;
using yaml::Node;

namespace {

Node parsed(const Finding& finding) {
  const auto text = explain_json(Screening{}, finding);
  const auto read = yaml::read(grammar::Source::make("finding.json", text), yaml::regimen_codes);
  REQUIRE(read.roots.size() == 1);
  return *read.roots.front().find("explained")->items.front().find("finding");
}

// A generated case with its findings, told as a screening tells them. Cyclic rule bases are left out: a proof there may go round.
struct Proved {
  Case what;
  std::vector<Node> findings;
};

std::optional<Proved> proved(std::uint64_t seed) {
  Proved result{generate(seed), {}};
  const auto stratified = detail::stratify(*result.what.terms, result.what.rules);
  if (!stratified.refused.empty()) return {};
  for (const auto& stratum : stratified.strata.strata) {
    if (stratum.cyclic) return {};
  }
  RuleBase::Compiled base;
  base.terminology = result.what.terms;
  base.rules = result.what.rules;
  base.strata = stratified.strata;
  const auto evaluation = detail::evaluate(*base.terminology, base.rules, base.strata, result.what.facts);
  const detail::AssembleContext context{base, base.rules, result.what.facts, evaluation};
  const detail::World world{context.terms(), context.facts, context.evaluation.facts};
  for (const auto& draft : detail::draft(*base.terminology, base.rules, evaluation)) {
    if (draft.verdict > Verdict::open) result.findings.push_back(parsed(detail::finding_of(context, world, draft)));
  }
  return result;
}

// ---- one word changed

struct Mutant {
  Node finding;
  std::string what;
};

Node* child(Node& node, std::string_view key) {
  for (auto& entry : node.entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

class Mutator {
 public:
  explicit Mutator(Node finding) : finding_(std::move(finding)) {}

  std::vector<Mutant> all() {
    change("status of the finding", child(finding_, "status"), "silent");
    change("effect of the finding", child(finding_, "effect"), "another effect");
    list("drugs of the finding", child(finding_, "drugs"));
    node(*child(finding_, "derivation"));
    return std::move(mutants_);
  }

 private:
  void keep(std::string what) { mutants_.push_back({finding_, std::move(what)}); }

  void change(const std::string& what, Node* scalar, const std::string& to) {
    if (scalar == nullptr) return;
    const auto before = scalar->text;
    scalar->text = before == to ? to + " x" : to;
    keep(what + ": " + before + " → " + scalar->text);
    scalar->text = before;
  }

  void list(const std::string& what, Node* of) {
    if (of == nullptr) return;
    const auto before = of->items;
    for (std::size_t i = 0; i < before.size(); ++i) {
      of->items.erase(of->items.begin() + static_cast<std::ptrdiff_t>(i));
      keep(what + " without " + before[i].text);
      of->items = before;
    }
    Node more;
    more.kind = yaml::Kind::scalar;
    more.text = "99";
    of->items.push_back(more);
    keep(what + " with one more");
    of->items = before;
  }

  void premise(Node& premise) {
    const auto kind = child(premise, "kind")->text;
    change("kind", child(premise, "kind"), "guess");
    change("literal", child(premise, "literal"), "another phrase");
    for (const char* truth : {"no", "open", "possible", "listed", "yes"}) {
      if (child(premise, "holds")->text != truth) change("holds of " + kind, child(premise, "holds"), truth);
    }
    for (const char* is : {"true", "false", "unknown", "blocked"}) {
      if (child(premise, "is")->text != is) change("is of " + kind, child(premise, "is"), is);
    }
    list("drugs of " + kind, child(premise, "drugs"));
    list("entries of " + kind, child(premise, "entries"));
    if (auto* needs = child(premise, "needs"); needs != nullptr) {
      for (auto& need : needs->items) change("need of " + kind, child(need, "input"), "another input");
    }
    if (kind == "drug" && child(premise, "holds")->text == "yes") change("value of a drug", child(premise, "value"), "another drug");
  }

  void node(Node& node) {
    change("rule", child(node, "rule"), "another rule");
    change("place of the rule", child(node, "at"), "elsewhere.rx:1:1");
    auto* premises = child(node, "premises");
    for (std::size_t i = 0; i < premises->items.size(); ++i) {
      const auto before = premises->items;
      premises->items.erase(premises->items.begin() + static_cast<std::ptrdiff_t>(i));
      keep("without a premise");
      premises->items = before;
      premises->items.push_back(before[i]);
      keep("a premise twice");
      premises->items = before;
      premise(premises->items[i]);
    }
    auto* because = child(node, "because");
    if (because == nullptr) return;
    for (auto& each : because->items) {
      if (child(each, "premises") != nullptr)
        this->node(each);
      else if (auto* via = child(each, "via"); via != nullptr && is_drug(via->items.front().text))
        leaf(each, *via);
    }
  }

  bool is_drug(const std::string& name) {
    const auto& drugs = child(finding_, "drugs")->items;
    return std::any_of(drugs.begin(), drugs.end(), [&](const Node& each) { return each.text == name; });
  }

  void leaf(Node& leaf, Node& via) {
    change("fact of a leaf", child(leaf, "fact"), "another drug");
    change("value of a leaf", child(leaf, "value"), "taken since the flood");
    change("place of a leaf", child(leaf, "at"), "elsewhere.yaml:1:1");
    for (auto& step : via.items) change("way", &step, "no such class");
    if (via.items.size() > 2) {
      std::swap(via.items.front(), via.items[1]);
      keep("way turned round");
      std::swap(via.items.front(), via.items[1]);
    }
  }

  Node finding_;
  std::vector<Mutant> mutants_;
};

}  // namespace

TEST_CASE("every finding of a generated case has a proof that the checker accepts") {
  std::size_t cases = 0, findings = 0;
  for (std::uint64_t seed = first_seed(); seed < first_seed() + cases_wanted(1500); ++seed) {
    const auto one = proved(seed);
    if (!one || one->findings.empty()) continue;
    ++cases;
    const checker::Checker check(one->what.rules, one->what.facts, *one->what.terms);
    for (const auto& finding : one->findings) {
      ++findings;
      const auto wrong = check.refusal(finding);
      INFO("THERIAC_SEED=" << seed << " THERIAC_CASES=1");
      CHECK(wrong == "");
      if (!wrong.empty()) return;
    }
  }
  MESSAGE(fmt::format("{} findings of {} cases", findings, cases));
}

TEST_CASE("the proof of counts that one entry meets does not say that they must come from two") {
  const auto screening = test::screen_text("at least 1 of ACE inhibitor + at least 1 of diuretic → hypotension [minor]\n",
                                           "medications: [lisinopril/hydrochlorothiazide 20/12.5 mg daily]\n");
  REQUIRE(screening.findings.size() == 1);
  for (const auto& premise : screening.findings.front().derivation.premises) CHECK(premise.holds != Truth::no);
}

TEST_CASE("a proof in which one word is changed is refused") {
  std::size_t refused = 0, accepted = 0;
  for (std::uint64_t seed = first_seed(); refused < 1000 && accepted < 5; ++seed) {
    const auto one = proved(seed);
    if (!one) continue;
    const checker::Checker check(one->what.rules, one->what.facts, *one->what.terms);
    for (const auto& finding : one->findings) {
      if (!check.refusal(finding).empty()) continue;  // said by the case above
      for (const auto& mutant : Mutator(finding).all()) {
        const bool is_refused = !check.refusal(mutant.finding).empty();
        (is_refused ? refused : accepted) += 1;
        INFO("seed " << seed << ": " << mutant.what);
        CHECK(is_refused);
      }
    }
  }
  CHECK(accepted == 0);
  MESSAGE(fmt::format("{} mutants refused", refused));
}

TEST_CASE("every finding of the examples and vignettes has a proof that the checker accepts") {
  const auto rules = test::bundled_rules();
  const auto& base = rules->compiled();
  const auto files = test::lists_in(test::folders_of_lists());
  std::size_t findings = 0, checked = 0;
  const std::size_t step = cases_wanted(1500) >= 20000 ? 1 : 4;  // the reference takes its time over all rules
  for (std::size_t i = 0; i < files.size(); i += step) {
    const auto& file = files[i];
    ++checked;
    for (const auto& patient : test::patients_in(file)) {
      const auto facts = detail::understand(patient, *base.terminology);
      const checker::Checker check(base.rules, facts, *base.terminology);
      const auto screening = screen(*rules, patient);
      for (const auto* list : {&screening.findings, &screening.folded, &screening.undecided}) {
        for (const auto& finding : *list) {
          ++findings;
          INFO(file.filename().string() << ": " << finding.rule);
          CHECK(check.refusal(parsed(finding)) == "");
        }
      }
    }
  }
  CHECK(files.size() > 30);
  CHECK(findings > 30);
  MESSAGE(fmt::format("{} findings of {} lists", findings, checked));
}

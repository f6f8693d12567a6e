// Tests on a drug: doses and times.
#include "resolve/run.hpp"

#include <fmt/format.h>

namespace theriac::detail {
namespace {

using grammar::Code;

class TestReader {
 public:
  TestReader(Run& run, const Scope& scope, std::optional<DoseTest::Of> quantity, std::vector<DrugTest>& into)
      : run_(run), scope_(scope), quantity_(quantity), into_(into) {}

  bool read(const grammar::Test& test) {
    test_ = &test;
    return std::visit([&](const auto& what) { return one(what); }, test.what);
  }

 private:
  bool one(const grammar::Comparison&) { return dose(); }
  bool one(const grammar::Range&) { return dose(); }

  bool dose() {
    if (!quantity_) return refuse("a drug is compared by one of its quantities", "as in `citalopram total daily dose > 20 mg/day`");
    const auto tests = dose_tests(run_, scope_, *test_, *quantity_);
    if (!tests) return false;
    into_.insert(into_.end(), tests->begin(), tests->end());
    return true;
  }

  bool one(const grammar::Trend&) {
    return refuse("a drug neither rises nor falls", "name what is measured, as in `lithium level rising 30 % within 14 days`");
  }

  bool one(const grammar::Is& is) {
    const auto* state = state_named(run_, scope_, is.state, false);
    if (state != nullptr) into_.emplace_back(IsDerived{state->effect});
    return state != nullptr;
  }

  bool one(const grammar::Length& length) {
    const auto span = span_of(run_, scope_, length.than);
    if (span) into_.emplace_back(TakenFor{length.longer, *span});
    return span.has_value();
  }

  bool one(const grammar::Within&) { return refuse("a drug has more than one date", "write `started within …` or `stopped within …`"); }

  bool one(const grammar::Change& change) {
    using enum grammar::Change::Kind;
    std::optional<Span_> within;
    if (change.within) {
      within = span_of(run_, scope_, *change.within);
      if (!within) return false;
    }
    if (change.other) return relative(change, within);
    if (!within) return refuse("a time is missing", "as in `stopped within 14 days`");
    if (change.kind == stopped) {
      into_.emplace_back(StoppedWithin{*within});
    } else if (change.kind == changed) {
      into_.emplace_back(ChangedWithin{*within});
    } else {
      into_.emplace_back(StartedWithin{*within});
    }
    return true;
  }

  bool relative(const grammar::Change& change, std::optional<Span_> within) {
    if (run_.report.muted()) return true;  // the first look only wants the drugs
    const auto item = item_named(run_, scope_, *change.other);
    if (!item) return false;
    using Event = EventRelative::Event;
    const auto event = change.kind == grammar::Change::Kind::stopped   ? Event::stopped
                       : change.kind == grammar::Change::Kind::changed ? Event::changed
                                                                       : Event::started;
    into_.emplace_back(EventRelative{event, change.relation != grammar::Change::Relation::before, *item, std::move(within)});
    return true;
  }

  bool refuse(std::string message, std::string help) {
    auto diagnostic = grammar::diagnose(Code::TH2004, scope_.place(test_->span), std::move(message));
    diagnostic.help.push_back(std::move(help));
    run_.report.add(std::move(diagnostic));
    return false;
  }

  Run& run_;
  const Scope& scope_;
  std::optional<DoseTest::Of> quantity_;
  std::vector<DrugTest>& into_;
  const grammar::Test* test_ = nullptr;
};

}  // namespace

std::optional<std::vector<DrugTest>> drug_tests(Run& run, const Scope& scope, const std::vector<grammar::Test>& tests,
                                                std::optional<DoseTest::Of> quantity) {
  std::vector<DrugTest> all;
  TestReader reader(run, scope, quantity, all);
  bool good = true;
  for (const auto& test : tests) good = reader.read(test) && good;
  if (!good) return std::nullopt;
  return all;
}

// A role's name, or the very words of an item.
std::optional<std::uint32_t> item_named(Run& run, const Scope& scope, const grammar::Phrase& phrase) {
  const auto words = normalise(phrase.text());
  for (const auto& role : scope.roles) {
    if (role.name == words) return role.item;
  }
  const auto covered = cover(run.names, phrase, {Shape::Of::drug, false}, {});
  if (covered.best.size() == 1 && scope.items != nullptr) {
    const auto drugs = plain_drug(run, scope, phrase);
    std::vector<std::uint32_t> matching;
    for (std::uint32_t i = 0; drugs && i < scope.items->size(); ++i) {
      const auto* own = drugs_of_item((*scope.items)[i]);
      if (own != nullptr && same_drugs(*own, *drugs)) matching.push_back(i);
    }
    if (matching.size() == 1) return matching.front();
    if (!drugs) return std::nullopt;
  }
  auto diagnostic =
      grammar::diagnose(Code::TH4004, scope.place(phrase.span), fmt::format("`{}` is none of this rule's roles and drugs", phrase.text()));
  std::string known;
  for (const auto& role : scope.roles) known += (known.empty() ? "`" : ", `") + role.name + "`";
  diagnostic.help.push_back(known.empty() ? "give the drug a role: `amlodipine as first`" : fmt::format("the roles here are {}", known));
  run.report.add(std::move(diagnostic));
  return std::nullopt;
}

}  // namespace theriac::detail

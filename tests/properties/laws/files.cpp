// Rules in one file or in several, in whatever order: the same of every patient, byte for byte.
#include "properties/cells/person.hpp"
#include "support/run.hpp"
#include "theriac/brief.hpp"
#include "theriac/load.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr std::size_t people_each = 20;

// One statement with its effect each.
std::vector<std::string> pieces(const std::string& rules) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < rules.size();) {
    const auto next = rules.find("effect ", at + 1);
    out.push_back(rules.substr(at, next == std::string::npos ? next : next - at));
    at = next == std::string::npos ? rules.size() : next;
  }
  return out;
}

std::shared_ptr<const RuleBase> rules_in(std::vector<std::string> texts, std::size_t files, Random& random) {
  random.shuffle(texts);
  std::vector<std::string> in(files);
  for (auto& text : texts) in[random.below(files)] += text;
  std::vector<grammar::SourcePtr> sources;
  for (std::size_t i = 0; i < files; ++i) sources.push_back(grammar::Source::make(fmt::format("file-{}.rx", i), in[i]));
  random.shuffle(sources);
  return compile(vocabulary_of_people(), sources).rules;
}

}  // namespace

TEST_CASE("the order of files, and in which of them a rule stands, changes nothing") {
  REQUIRE(vocabulary_of_people());
  std::size_t found = 0;
  for (std::size_t i = 0; i < std::max<std::size_t>(1, cases_wanted(20'000) / people_each); ++i) {
    Random random(first_seed() + i);
    const auto text = PersonWriter(random).rules();
    INFO("THERIAC_SEED=", first_seed() + i, "\n", text);
    const auto one = rules_in({text}, 1, random), many = rules_in(pieces(text), 3, random);
    REQUIRE(one);
    REQUIRE(many);
    for (std::size_t k = 0; k < people_each; ++k) {
      const auto patient = patient_of(PersonWriter(random).make(), {});
      const auto told = brief(*one, patient);
      found += told.findings.size();
      CHECK_EQ(brief_line(told, {true, true}), brief_line(brief(*many, patient), {true, true}));
    }
  }
  CHECK(found > 0);
}

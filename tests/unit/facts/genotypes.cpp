// Diplotypes, copies and phenotypes → states, with the bundled table of genes.
#include "facts/example.hpp"
#include "facts/facts.hpp"
#include "theriac/load.hpp"
#include "theriac/regimen/read.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

const Terminology& genes() {
  static const auto loaded = load_terminology(std::string(THERIAC_RULES) + "/terminology");
  REQUIRE(loaded.terminology);
  return *loaded.terminology;
}

detail::Facts facts_of(const std::string& genotypes) {
  auto read = regimen::read(grammar::Source::make("p.yaml", "as_of: 2025-03-10\ngenotypes: {" + genotypes + "}\nmedications: [codeine]\n"));
  for (const auto& diagnostic : read.diagnostics) MESSAGE(diagnostic.message);
  REQUIRE(read.patients.size() == 1);
  return detail::understand(read.patients[0], genes());
}

// What the patient has, or may have; then why something was not understood.
std::string said(const std::string& genotypes) {
  const auto facts = facts_of(genotypes);
  std::string all;
  for (const auto& fact : facts.conditions) {
    if (fact.truth != Truth::no)
      all += (all.empty() ? "" : ", ") + std::string(fact.truth == Truth::possible ? "perhaps " : "") + genes().at(fact.what).name;
  }
  for (const auto& each : facts.not_understood) all += (all.empty() ? "" : ", ") + each.kind + ": " + each.reason;
  return all;
}

ConditionId named(std::string_view state) {
  const auto found = genes().find(state);
  REQUIRE(found.size() == 1);
  return make_id<ConditionId>(found.front().id);
}

}  // namespace

TEST_CASE("activity scores: alleles, copies and alleles side by side, in either order") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"*4/*4", "poor"},
      {"*1/*4", "intermediate"},
      {"*4/*1", "intermediate"},
      {"*10/*4", "intermediate"},
      {"*1/*10", "normal"},
      {"*1/*1", "normal"},
      {"*1x2/*10", "normal"},
      {"*1x2/*4", "normal"},
      {"*1x2/*1", "ultrarapid"},
      {"*1/*2xN", "ultrarapid"},
      {"*1/*1x\u22653", "ultrarapid"},
      {"*36+*10/*1", "normal"},
      {"*36+*10/*5", "intermediate"},
      {"*4xN/*4", "poor"},
      {"CYP2D6*1/*4", "intermediate"},
      {"CYP2D6 *1/*4", "intermediate"},
      {"*1|*4", "intermediate"},
      {"poor metabolizer", "poor"},
      {"Poor metaboliser", "poor"},
      {"PM", "poor"},
      {"extensive metabolizer", "normal"},
      {"ultra-rapid metabolizer", "ultrarapid"},
      {"*41/*41", "intermediate"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(said("CYP2D6: \"" + text + "\"") == "CYP2D6 " + expected + " metaboliser");
  }
}

TEST_CASE("pairs of functions, and what lies in what") {
  CHECK(said("CYP2C19: \"*2/*3\"") == "CYP2C19 poor metaboliser");
  CHECK(said("CYP2C19: \"*17/*2\"") == "CYP2C19 intermediate metaboliser");
  CHECK(said("CYP2C19: \"*1/*17\"") == "CYP2C19 rapid metaboliser");
  CHECK(said("CYP2C19: \"*9/*2\"") == "CYP2C19 likely poor metaboliser");
  CHECK(facts_of("CYP2C19: \"*9/*2\"").has(named("CYP2C19 poor metaboliser"), genes()).truth == Truth::yes);
  CHECK(said("UGT1A1: \"*80+*28/*6\"") == "UGT1A1 poor metaboliser");
  CHECK(said("TPMT: \"*1/*3A\", NUDT15: \"*1/*1\"") == "TPMT intermediate metaboliser, NUDT15 normal metaboliser");
  CHECK(said("DPYD: \"Reference/c.1905+1G>A\"") == "DPYD intermediate metaboliser");
  CHECK(said("SLCO1B1: \"*1/*5\"") == "SLCO1B1 decreased function");
  CHECK(said("VKORC1: GA") == "VKORC1 AG");
  CHECK(said("VKORC1: \"A/A\"") == "VKORC1 AA");
  CHECK(said("CYP3A5: \"*3/*3\"") == "CYP3A5 poor metaboliser");
  CHECK(said("CYP2C9: \"*1/*3\"") == "CYP2C9 intermediate metaboliser");
}

TEST_CASE("alleles that are carried") {
  CHECK(said("HLA-B: \"*57:01/*08:01\"") == "HLA-B*57:01");
  CHECK(said("HLA-B: \"*57:01:01/*08:01\"") == "HLA-B*57:01");
  CHECK(said("HLA-B: \"*57/*08:01\"") == "perhaps HLA-B*57:01");
  CHECK(said("HLA-B: \"*15:02 positive\"") == "HLA-B*15:02");
  CHECK(said("\"HLA-B*57:01\": positive") == "HLA-B*57:01");
  CHECK(said("HLA-B: \"*07:02/*08:01\"") == "");
  CHECK(facts_of("HLA-B: \"*07:02/*08:01\"").has(named("HLA-B*57:01"), genes()).truth == Truth::no);
  CHECK(facts_of("HLA-B: \"*57:01 positive\"").has(named("HLA-B*15:02"), genes()).truth == Truth::open);
  CHECK(facts_of("\"HLA-B*57:01\": negative").has(named("HLA-B*57:01"), genes()).truth == Truth::no);
}

TEST_CASE("what is not known is neither normal nor silent") {
  CHECK(said("CYP2D6: \"*1/*999\"") ==
        "perhaps CYP2D6 intermediate metaboliser, perhaps CYP2D6 normal metaboliser, perhaps CYP2D6 ultrarapid metaboliser, genotype: what allele "
        "*999 does is "
        "not established in the table of CYP2D6");
  CHECK(said("TPMT: \"*1/*8\"") ==
        "perhaps TPMT poor metaboliser, perhaps TPMT intermediate metaboliser, perhaps TPMT normal metaboliser, genotype: what allele *8 does is not "
        "established "
        "in the table of TPMT");
  CHECK(said("NUDT15: unknown") == "perhaps NUDT15 poor metaboliser, perhaps NUDT15 intermediate metaboliser, perhaps NUDT15 normal metaboliser");
  CHECK(said("CYP2D6: \"*10/*1xN\"") == "perhaps CYP2D6 normal metaboliser, perhaps CYP2D6 ultrarapid metaboliser");
  CHECK(said("CYP2D6: \"*4/*4 (normal metabolizer)\"") ==
        "CYP2D6 poor metaboliser, genotype: the alleles and the phenotype beside them do not agree by the table of CYP2D6; the alleles count");
  CHECK(said("CYP9Z9: \"*1/*1\"") == "genotype: no such gene here");
  CHECK(said("\"HLA-B*57:01\": maybe") == "perhaps HLA-B*57:01, genotype: write positive, negative or unknown");
  CHECK(facts_of("CYP2C19: \"*1/*1\"").has(named("CYP2D6 poor metaboliser"), genes()).truth == Truth::open);
}

TEST_CASE("a genotype that nobody mentioned is open even where the problem list is complete") {
  grammar::Diagnostics wrong;
  const auto example = [&](std::string_view text) { return detail::understand(detail::read_example(text, genes(), wrong, {}), genes()); };
  CHECK(example("none; 82 years").has(named("CYP2D6 PM"), genes()).truth == Truth::open);
  CHECK(example("none; CYP2D6 *4/*4").has(named("CYP2D6 PM"), genes()).truth == Truth::yes);
  CHECK(example("none; CYP2D6 *1/*1").has(named("CYP2D6 PM"), genes()).truth == Truth::no);
  CHECK(example("none; CYP2D6 poor metabolizer").has(named("CYP2D6 PM"), genes()).truth == Truth::yes);
  CHECK(example("none; HLA-B*57:01").has(named("HLA-B*57:01"), genes()).truth == Truth::yes);
  CHECK(wrong.empty());
  example("none; CYP2D6 *4/*999");
  REQUIRE(wrong.size() == 1);
  CHECK(wrong.front().primary.text == "what allele *999 does is not established in the table of CYP2D6");
}

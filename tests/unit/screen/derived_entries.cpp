// A derived effect stands for every entry that may bring it, not only for the surest.
#include "support/screening.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

constexpr const char* rules = "drowsy: codeine → drowsiness [minor]; avoid\n\npair: paracetamol + drowsiness → made-up harm [moderate]; avoid\n";

bool tells_of_pair(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.rule == "pair"; });
}

}  // namespace

TEST_CASE("a pair inside one combination product is none, until the effect may come from another entry") {
  const auto alone = screen_text(rules, "medications: [co-codamol 30/500 two tablets daily]\n");
  CHECK_FALSE(tells_of_pair(alone.findings));
  CHECK_FALSE(tells_of_pair(alone.undecided));
  const auto perhaps = screen_text(rules, "medications: [co-codamol 30/500 two tablets daily, {drug: codeine 30 mg daily, status: unknown}]\n");
  CHECK_FALSE(tells_of_pair(perhaps.findings));
  CHECK(tells_of_pair(perhaps.undecided));
  const auto taken = screen_text(rules, "medications: [co-codamol 30/500 two tablets daily, codeine 30 mg daily]\n");
  CHECK(tells_of_pair(taken.findings));
}

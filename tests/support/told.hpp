// What the engine concludes of a case, as lines without indexes or places: what must not change where nothing that matters does.
#pragma once

#include "support/run.hpp"

#include <set>

namespace theriac::testing {

using Lines = std::vector<std::string>;

// In the order of the report.
Lines findings_told(const Case& what, const std::vector<detail::Draft>& drafts);
// The first place where two differ; "" where they do not.
std::string first_difference(const Lines& one, const Lines& other, const char* one_is, const char* other_is);

// How findings are written, by whoever finds them.
struct Told {
  std::string rule, effect, of_drug;
  std::vector<std::string> drugs;
  Verdict verdict{};
  Severity severity{};
  std::set<Severity> could_raise;
  std::vector<std::vector<std::string>> supports;
  std::string needs, against;
  std::set<std::string> flags, flags_possible, also;
  int within = -1;
};
std::string line(const Told& told);
std::string told(const std::set<std::pair<std::string, std::string>>& needs);  // kind and input
std::string told(const detail::Needs& needs);
std::string told(const std::set<Severity>& of, Severity above);
std::set<Severity> targets(const std::vector<detail::Shifted>& shifts);
std::set<std::string> flag_names(const Terminology& terms, const std::vector<FlagId>& flags);
std::set<std::string> without(std::set<std::string> flags, const std::set<std::string>& those);
std::vector<std::string> names(const Terminology& terms, const std::vector<ConceptId>& ids);  // sorted

}  // namespace theriac::testing

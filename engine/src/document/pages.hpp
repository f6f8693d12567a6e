// The parts of a rule base's pages.
#pragma once

#include "compile/compiled.hpp"

#include <string>

namespace theriac::detail {

std::string page_file(const ResolvedRule& rule);  // "rules/opioid-benzo.md"
std::string page_of_rule(const RuleBase::Compiled& base, std::uint32_t rule);
std::string page_of_index(const RuleBase::Compiled& base);
std::string page_of_drugs(const Terminology& terms);

}  // namespace theriac::detail

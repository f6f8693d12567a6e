// What a binding of a rule comes to, premise by premise, as the checker works it out and as a proof must claim it.
#pragma once

#include "reference/world.hpp"

#include <string>
#include <vector>

namespace theriac::checker {

struct Claim {
  std::string kind, literal, in_rule;
  reference::Answer answer;
  bool exception = false;  // the answer is of what stands against the rule
  std::set<std::string> drugs;
  std::set<std::int32_t> entries;
  std::set<std::string> places;  // one of which it may name; empty: not checked
  std::string value;             // what it must say; "": not checked
};

struct Worked {
  std::vector<Claim> claims;  // in the order of the rule
  reference::Answer body;
  std::vector<reference::Answer> unless, exceptions;
};

Worked work_out(const reference::World& world, const detail::ResolvedRule& rule, const reference::Binding& binding);

}  // namespace theriac::checker

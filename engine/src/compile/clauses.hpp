// Which clauses of a rule its examples reach: each way of a drug phrase, each leaf of its guards, exceptions, raises and flags.
#pragma once

#include "evaluate/world.hpp"

#include <map>

namespace theriac::detail {

class Clauses {
 public:
  Clauses(const Terminology& terms, const ResolvedRule& rule);

  // What one example makes of them, for every set of drugs that the rule is tried on.
  void see(const World& world);
  const std::vector<ClauseSeen>& seen() const { return seen_; }

 private:
  void add(const void* clause, const std::string& text, const grammar::Place& at);

  const ResolvedRule& rule_;
  std::vector<ClauseSeen> seen_;
  std::map<const void*, std::size_t> places_;
};

}  // namespace theriac::detail

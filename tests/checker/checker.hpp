// Checks the proof of a finding as the JSON of a screening tells it, without believing the evaluator: each premise must be what the rule says there,
// the drugs must be in the list, each truth is judged anew (by tests/reference, which shares no code with the engine), each step from a drug to a
// class must be an edge of the vocabulary, and all of it together must give the verdict that the finding claims.
#pragma once

#include "facts/facts.hpp"
#include "reference/reference.hpp"
#include "resolve/resolved.hpp"
#include "theriac/yaml/tree.hpp"

#include <string>
#include <vector>

namespace theriac::checker {

class Checker {
 public:
  Checker(const std::vector<detail::ResolvedRule>& rules, const detail::Facts& facts, const Terminology& terms);

  // Why the proof of this finding (an object of `findings`, `folded` or `undecided`) does not stand; "" where it does.
  std::string refusal(const yaml::Node& finding) const;

 private:
  std::string check_node(const yaml::Node& node, const std::string& status, const std::string& effect, int depth) const;
  std::string check_leaf(const yaml::Node& leaf, const detail::ResolvedRule& rule) const;
  std::string check_drugs(const yaml::Node& finding) const;
  const detail::ResolvedRule* rule(const std::string& label) const;
  bool shows(const reference::Binding& binding, const detail::ResolvedRule& rule, const yaml::Node& premises, const std::string& status,
             const std::string& effect) const;

  const std::vector<detail::ResolvedRule>& rules_;
  const detail::Facts& facts_;
  const Terminology& terms_;
  reference::World world_;
};

}  // namespace theriac::checker

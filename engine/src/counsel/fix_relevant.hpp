// Which changes can have an effect on a finding. To say of too many that they can is never wrong, only slower; of too few would be.
#pragma once

#include "counsel/fix_edits.hpp"
#include "evaluate/reads.hpp"
#include "theriac/brief.hpp"

#include <map>

namespace theriac::detail {

using EditSet = std::vector<char>;  // one mark an edit

class Relevant {
 public:
  Relevant(const Terminology& terms, const std::vector<ResolvedRule>& rules, const std::vector<TriedEdit>& edits);

  // For each part of the finding that must go, the changes of which one at least must be made or unmade.
  std::vector<EditSet> parts(const BriefFinding& finding) const;

 private:
  EditSet of_rule(std::uint32_t rule) const;
  EditSet of_support(std::uint32_t rule, const std::vector<std::string>& drugs) const;

  const std::vector<ResolvedRule>& rules_;
  std::map<std::string, std::uint32_t> labels_;
  std::vector<char> apart_;                     // by rule: each of its supports stands by itself
  std::vector<ReadIndex::Marks> all_, guards_;  // by edit: rules that it touches; that it touches by a guard or by what others find
  std::vector<std::set<std::string>> drugs_;    // by edit
};

}  // namespace theriac::detail

// The slots of a plan while it is made: equal phrases and facts have one. What a plan cannot judge by bits alone is refused here.
#pragma once

#include "plan/program.hpp"

#include <map>
#include <optional>
#include <string>

namespace theriac::detail {

class Slots {
 public:
  explicit Slots(Plan::Program& program) : program_(program), terms_(*program.base().terminology) {}

  // Nothing where a test looks at more than the one entry.
  std::optional<std::uint32_t> phrase(const std::vector<DrugAlternative>& any_of);
  // Whatever may be one of them, whoever is certain or not; numbered from 0.
  std::uint32_t wide(const std::vector<DrugAlternative>& any_of);
  // The guard as a node over facts; nothing where a leaf is no plain fact.
  std::optional<std::uint32_t> guard(const ResolvedGuard& guard);
  std::uint32_t all_of(const std::vector<std::uint32_t>& nodes);

 private:
  std::optional<std::uint32_t> fact(const ResolvedGuard& leaf);
  std::uint32_t add_node(Plan::Program::Node node, const std::vector<std::uint32_t>& children);

  Plan::Program& program_;
  const Terminology& terms_;
  std::map<std::vector<ConceptId>, std::uint32_t> by_concepts_, wide_by_concepts_;
  std::map<std::string, std::uint32_t> by_fact_;
};

}  // namespace theriac::detail

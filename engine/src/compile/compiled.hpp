// A compiled rule base: what `RuleBase` holds.
#pragma once

#include "evaluate/evaluate.hpp"
#include "resolve/resolved.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace theriac {

struct RuleBase::Compiled {
  RuleBaseInfo info;
  std::shared_ptr<const Terminology> terminology;
  std::vector<detail::ResolvedRule> rules;       // by label, with the severities that all jurisdictions support
  std::vector<detail::ResolvedRule> as_written;  // the same, before that
  std::vector<detail::ResolvedAttribution> attributions;
  detail::Strata strata;
  std::map<std::string, SourceReference> references;

  // Into `rules`, which are in the order of their labels; none where no rule has it.
  std::optional<std::uint32_t> find(std::string_view label) const;
};

}  // namespace theriac

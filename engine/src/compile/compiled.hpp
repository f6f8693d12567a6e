// A compiled rule base: what `RuleBase` holds.
#pragma once

#include "compile/jurisdiction.hpp"
#include "compile/once.hpp"
#include "evaluate/evaluate.hpp"
#include "evaluate/reads.hpp"
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
  std::vector<detail::ResolvedRule> rules;  // by label, with the severities that all jurisdictions support
  std::vector<detail::Capped> capped;       // those of which that changed something
  std::vector<detail::ResolvedAttribution> attributions;
  detail::Strata strata;
  std::map<std::string, SourceReference> references;

  // Into `rules`, which are in the order of their labels; none where no rule has it.
  std::optional<std::uint32_t> find(std::string_view label) const;

  // All rules before jurisdictions were heard. A copy, made when somebody first asks: a screening by all jurisdictions does not.
  const std::vector<detail::ResolvedRule>& as_written() const;
  // What screenings ask of all rules or of the whole vocabulary; worked out when the first one does. It holds for the rules of any jurisdiction: they
  // read the same (one whose heads are taken away derives less, and to mark too much is never wrong) and are reviewed at the same dates.
  const detail::ReadIndex& reads() const;
  std::size_t overdue(Minutes as_of) const;  // rules whose date of review is before
  std::size_t ingredients() const;

 private:
  detail::Once<std::vector<detail::ResolvedRule>> as_written_;
  detail::Once<detail::ReadIndex> reads_;
  detail::Once<std::vector<Minutes>> reviews_;  // the last minute of each date of review, sorted
  detail::Once<std::size_t> ingredients_;
};

}  // namespace theriac

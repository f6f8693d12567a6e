#include "compile/fits.hpp"

#include "pack/archive.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// Walks values field by field, as they are packed.
class Walk {
 public:
  explicit Walk(const TerminologyData& data) : data_(data) {}
  bool ok() const { return ok_; }

  template <class T>
  void look(const T& value) {
    if constexpr (std::is_same_v<T, ConceptId>)
      below(value, data_.concepts.size());
    else if constexpr (std::is_same_v<T, ConditionId>)
      below(value, data_.conditions.size());
    else if constexpr (std::is_same_v<T, ObservationId>)
      below(value, data_.observations.size());
    else if constexpr (std::is_same_v<T, EffectId>)
      below(value, data_.effects.size());
    else if constexpr (std::is_same_v<T, RouteId>)
      below(value, data_.routes.size());
    else if constexpr (std::is_same_v<T, FormId>)
      below(value, data_.forms.size());
    else if constexpr (std::is_same_v<T, FlagId>)
      below(value, data_.flags.size());
    else if constexpr (std::is_same_v<T, ProblemId>)
      below(value, data_.problems.size());
    else if constexpr (std::is_same_v<T, SumId>)
      below(value, data_.sums.size());
    else if constexpr (std::is_same_v<T, Severity>)
      below(value, static_cast<std::size_t>(Severity::contraindicated) + 1);
    else if constexpr (std::is_same_v<T, Exposes>)
      below(value, static_cast<std::size_t>(Exposes::local) + 1);
    else if constexpr (archive::plain<T> || std::is_same_v<T, std::string> || std::is_same_v<T, grammar::Place> || std::is_same_v<T, Rational>)
      return;
    else if constexpr (archive::is<T, std::vector>::value)
      for (const auto& each : value) look(each);
    else if constexpr (archive::is<T, std::optional>::value) {
      if (value) look(*value);
    } else if constexpr (archive::is<T, std::pair>::value) {
      look(value.first);
      look(value.second);
    } else if constexpr (archive::is<T, std::variant>::value)
      std::visit([this](const auto& each) { look(each); }, value);
    else
      boost::pfr::for_each_field(value, [this](const auto& each) { look(each); });
  }

 private:
  template <class T>
  void below(T value, std::size_t count) {
    ok_ = ok_ && static_cast<std::size_t>(value) < count;
  }
  const TerminologyData& data_;
  bool ok_ = true;
};

bool indexes_fit(const ResolvedRule& rule) {
  const auto item = [&](std::uint32_t at) { return at < rule.items.size(); };
  const auto heads = [&](const std::vector<ResolvedHead>& list) {
    return std::all_of(list.begin(), list.end(), [&](const ResolvedHead& head) { return !head.of_item || item(*head.of_item); });
  };
  const auto exception = [&](const ResolvedException& each) {
    return heads(each.heads) && std::all_of(each.exceptions.begin(), each.exceptions.end(), [&](std::uint32_t at) {
             return at < rule.exceptions.size() && &rule.exceptions[at] > &each;  // never round in a circle
           });
  };
  const auto action = [&](const ResolvedAction& each) { return std::all_of(each.items.begin(), each.items.end(), item); };
  return heads(rule.heads) && std::all_of(rule.exceptions.begin(), rule.exceptions.end(), exception) &&
         std::all_of(rule.actions.begin(), rule.actions.end(), action);
}

}  // namespace

bool fits(const TerminologyData& terminology, const std::vector<ResolvedRule>& rules, const std::vector<ResolvedAttribution>& attributions,
          const Strata& strata) {
  Walk walk(terminology);
  walk.look(terminology);
  walk.look(rules);
  walk.look(attributions);
  if (!walk.ok() || !std::all_of(rules.begin(), rules.end(), indexes_fit)) return false;
  return std::all_of(strata.strata.begin(), strata.strata.end(), [&](const Strata::Stratum& stratum) {
    return std::all_of(stratum.rules.begin(), stratum.rules.end(), [&](std::uint32_t rule) { return rule < rules.size(); });
  });
}

}  // namespace theriac::detail

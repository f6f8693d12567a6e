// When was a dose changed? As the entry says; or where one entry of an ingredient took over from another of another dose.
#include "facts/understand.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr Minutes handover = 7 * minutes_per_day;  // as between the entries of one run (docs/design/semantics.md, abrupt stop)

DoseChange stated(const MedicationEntry& entry, Minutes as_of) {
  const bool of_the_hold = entry.status == Status::held && !entry.previous_dose;
  if (of_the_hold || (!entry.changed && !entry.previous_dose)) return {};
  if (!entry.changed) return {Truth::yes, std::nullopt};
  auto when = *entry.changed;
  if (when.earliest <= as_of) when.latest = std::min(when.latest, as_of);
  return {Truth::yes, when};
}

bool took_over(const Exposure& from, const Exposure& to) {
  return from.what == to.what && from.entry != to.entry && from.entry >= 0 && from.presence == Presence::past && from.end_given && to.start_given &&
         to.start.latest >= from.end.earliest - handover && to.start.earliest <= from.end.latest + handover;
}

// Known to differ, known to be the same, or not known.
Truth differ(const DoseFact& a, const DoseFact& b) {
  if (!a.known() || !b.known() || !(a.unit.dimension == b.unit.dimension)) return Truth::possible;
  const auto scaled = [](const DoseFact& dose) -> std::optional<Rational> {
    if (!dose.per_day.low || dose.per_day.low != dose.per_day.high) return std::nullopt;
    return multiply(*dose.per_day.low, dose.unit.factor);
  };
  const auto x = scaled(a), y = scaled(b);
  if (!x || !y) return Truth::possible;
  return *x == *y ? Truth::no : Truth::yes;
}

}  // namespace

void understand_dose_changes(const Patient& patient, Facts& facts) {
  for (auto& exposure : facts.exposures) {
    if (exposure.entry >= 0) exposure.change = stated(patient.medications[static_cast<std::size_t>(exposure.entry)], facts.as_of);
  }
  for (auto& to : facts.exposures) {
    const bool taken = to.presence == Presence::present || to.presence == Presence::unknown;
    if (!taken || to.change.truth != Truth::open) continue;
    for (const auto& from : facts.exposures) {
      if (!took_over(from, to)) continue;
      const auto changed = differ(from.dose, to.dose);
      if (changed == Truth::no || (to.change.truth == Truth::yes && changed == Truth::possible)) continue;
      to.change = {changed, to.start};
    }
  }
}

}  // namespace theriac::detail

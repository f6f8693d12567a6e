// One dose, several that add up within the day, or several of which nobody can say which is taken when.
#include "dosage/parts.hpp"

#include <algorithm>

namespace theriac::grammar::dosage {
namespace {

bool timed(const Segment& segment) {
  return std::any_of(segment.often.begin(), segment.often.end(), [](const Often& often) { return !often.frequency.when.empty(); });
}

bool once(const Segment& segment) {
  return std::any_of(segment.often.begin(), segment.often.end(), [](const Often& often) { return often.frequency.per_unit == "once"; });
}

// Doses that were given one after another are together only where words or times of day say so.
bool add_up(const std::vector<Segment>& segments) {
  return std::all_of(segments.begin() + 1, segments.end(),
                     [](const Segment& each) { return each.linked && !each.often.empty() && (each.joined_by_and || timed(each)); });
}

// Of different times of the day, each of them.
bool differ(const std::vector<Segment>& segments) {
  std::vector<std::string> seen;
  for (const auto& segment : segments) {
    for (const auto& often : segment.often) {
      const auto& when = often.frequency.when;
      if (!when.empty() && std::find(seen.begin(), seen.end(), when) != seen.end()) return false;
      seen.push_back(when);
    }
  }
  return true;
}

// Does the dose change from day to day?
void look_for_change(const Tokens& tokens, const Doses& doses, MedicationLine& line) {
  const auto& segments = doses.segments;
  const bool several = segments.size() > 1;
  if (several && line.varies.empty() && doses.duration_between) line.varies = "the dose changes with time";
  if (several && std::any_of(segments.begin(), segments.end(), once)) line.varies = "the dose changes with time";
  if (line.varies.empty())
    line.varies = why_dose_varies(tokens, line, several && std::all_of(segments.begin(), segments.end(), timed) && differ(segments));
}

void finish_scheme(const Doses& doses, MedicationLine& line) {
  const auto& only = doses.segments.front();
  const bool alone = doses.segments.size() == 1 && !only.dose &&
                     std::none_of(only.often.begin(), only.often.end(), [](const Often& often) { return often.kind == Often::Kind::count; });
  if (alone)
    line.frequencies = doses.scheme;
  else
    line.refused.push_back("how often is said twice");
}

}  // namespace

void put_together(std::string_view text, const Tokens& tokens, const Doses& doses, MedicationLine& line) {
  const auto& segments = doses.segments;
  look_for_change(tokens, doses, line);
  std::sort(line.not_read.begin(), line.not_read.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  if (!doses.scheme.empty()) return finish_scheme(doses, line);
  if (segments.size() == 1) {
    line.dose = segments[0].dose;
    line.frequencies = merge_often(text, segments[0].often, line.refused);
    if (line.frequencies.empty() && doses.over_a_day && segments[0].often.empty()) line.frequencies.emplace_back();
    return;
  }
  const bool by_and = std::all_of(segments.begin() + 1, segments.end(), [](const Segment& each) { return each.joined_by_and; });
  if (!add_up(segments) || (!differ(segments) && !by_and)) {
    const auto& other = segments.back().dose->span;
    line.refused.push_back(std::string(text.substr(other.begin, other.end - other.begin)) + ": with the dose before it, or instead of it?");
    return;
  }
  for (const auto& segment : segments) {
    const auto dose = segment.dose ? segment.dose : std::optional<Amount>(line.strengths.front());
    for (auto& frequency : merge_often(text, segment.often, line.refused)) {
      frequency.dose = dose;
      line.frequencies.push_back(std::move(frequency));
    }
  }
}

}  // namespace theriac::grammar::dosage

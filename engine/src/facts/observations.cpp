// Measurements → intervals in the observation's own unit. A unit that does not convert, a value that cannot be right or read: unknown, and said so.
#include "facts/names.hpp"
#include "facts/understand.hpp"
#include "terminology/observation_unit.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

const Kinds observation_kind{NameKind::observation};

// "1.2", ">60", "<= 0.5", "3.5-4".
std::optional<Interval> interval_of(std::string_view text) {
  text = trimmed(text);
  bool above = false, below = false, open = false;
  const auto take = [&](std::string_view sign) {
    if (text.substr(0, sign.size()) != sign) return false;
    text = trimmed(text.substr(sign.size()));
    return true;
  };
  if (take("\u2265") || take(">="))
    above = true;
  else if (take("\u2264") || take("<="))
    below = true;
  else if (take(">"))
    above = open = true;
  else if (take("<"))
    below = open = true;
  if (const auto value = Rational::parse(text)) {
    if (above) return Interval{*value, std::nullopt, open, false};
    if (below) return Interval{std::nullopt, *value, false, open};
    return Interval::exactly(*value);
  }
  const auto dash = text.find('-', 1);
  if (above || below || dash == std::string_view::npos) return std::nullopt;
  const auto low = Rational::parse(trimmed(text.substr(0, dash))), high = Rational::parse(trimmed(text.substr(dash + 1)));
  if (!low || !high || *high < *low) return std::nullopt;
  return Interval{*low, *high, false, false};
}

bool outside(const Interval& value, const std::optional<std::pair<Rational, Rational>>& range) {
  if (!range) return false;
  return (value.low && *value.low > range->second) || (value.high && *value.high < range->first);
}

bool is_plain(const Unit& unit) { return unit.dimension == Dimension{}; }

class Measurement {
 public:
  Measurement(const ObservationEntry& entry, ObservationId what, const Terminology& terminology, Facts& facts)
      : entry_(entry), what_(what), kind_(terminology.at(what)), facts_(facts) {}

  void read() {
    const auto value = interval_of(entry_.value.text);
    if (!value) return refuse(shown(), value_reason());
    auto unit = parse_unit(entry_.unit.text);
    if (entry_.unit.text.empty()) {
      if (!is_plain(kind_.unit)) return refuse(shown(), "no unit; write it, for example " + kind_.unit.text);
      unit = kind_.unit;
    }
    if (!unit) return refuse(shown(), unknown_unit());
    const auto conversion = conversion_to(kind_, *unit);
    if (!conversion) return refuse(shown(), "not a unit of " + kind_.name + "; it is kept in " + kind_.unit.text);
    const auto restated = converted(*value, *conversion);
    if (!restated) return refuse(shown(), "the number is too large or too fine");
    if (outside(*restated, kind_.absolute)) return refuse(shown(), "cannot be right: " + range_text(*kind_.absolute));
    if (outside(*restated, kind_.plausible)) facts_.assumed.push_back(kind_.name + " " + shown() + " is unusual and was believed");
    facts_.observations.push_back(
        {what_, *restated, entry_.date, shown(), entry_.value.at.source ? entry_.value.at : entry_.name.at, entry_.value.text, entry_.unit.text});
  }

 private:
  std::string shown() const { return entry_.value.text + (entry_.unit.text.empty() ? "" : " " + entry_.unit.text); }

  void refuse(const std::string& text, std::string reason) {
    const auto& at = entry_.value.at.source ? entry_.value.at : entry_.name.at;
    facts_.not_understood.push_back({"observation", kind_.name + " " + text, std::move(reason), at.to_string()});
  }

  std::string value_reason() const {
    const bool comma = entry_.value.text.find(',') != std::string::npos;
    return comma ? "a comma may mean a thousand or a decimal; write it without" : "not a number";
  }

  std::string unknown_unit() const {
    const auto near = nearest_unit(entry_.unit.text);
    return "unknown unit" + (near ? "; near it: " + *near : std::string());
  }

  std::string range_text(const std::pair<Rational, Rational>& range) const {
    return "outside " + range.first.to_string() + " to " + range.second.to_string() + " " + kind_.unit.text;
  }

  const ObservationEntry& entry_;
  ObservationId what_;
  const Observation& kind_;
  Facts& facts_;
};

// "112/64": two measurements.
bool add_blood_pressure(const ObservationEntry& entry, const Terminology& terminology, Facts& facts) {
  const auto name = normalise(entry.name.text);
  if (name != "blood pressure" && name != "bp" && name != "nibp") return false;
  const auto stroke = entry.value.text.find('/');
  if (stroke == std::string::npos) {
    facts.not_understood.push_back({"observation", entry.name.text + " " + entry.value.text, "write systolic/diastolic", entry.value.at.to_string()});
    return true;
  }
  auto part = entry;
  if (part.unit.text.empty()) part.unit.text = "mmHg";
  part.name.text = "systolic blood pressure";
  part.value.text = std::string(trimmed(entry.value.text.substr(0, stroke)));
  const bool known = add_observation(part, terminology, facts);
  part.name.text = "diastolic blood pressure";
  part.value.text = std::string(trimmed(entry.value.text.substr(stroke + 1)));
  return add_observation(part, terminology, facts) || known;
}

}  // namespace

bool add_observation(const ObservationEntry& entry, const Terminology& terminology, Facts& facts) {
  if (add_blood_pressure(entry, terminology, facts)) return true;
  const auto name = exactly(entry.name.text, observation_kind, terminology);
  if (!name) return false;
  Measurement(entry, make_id<ObservationId>(name->id), terminology, facts).read();
  return true;
}

void understand_observations(const Patient& patient, const Terminology& terminology, Facts& facts) {
  for (const auto& entry : patient.observations) {
    if (add_observation(entry, terminology, facts)) continue;
    facts.not_understood.push_back(
        {"observation", entry.name.text, not_known(entry.name.text, observation_kind, terminology), entry.name.at.to_string()});
  }
}

}  // namespace theriac::detail

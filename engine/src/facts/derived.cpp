// Quantities that nobody measured and a formula gives. Each keeps what it was worked out from; where inputs are missing, stale or the formula does
// not hold, the reason stands in `not_derived`. A stated value counts before a worked-out one that is not newer.
#include "calculate/formulas.hpp"
#include "facts/body.hpp"
#include "facts/newest.hpp"
#include "facts/understand.hpp"
#include "terminology/observation_unit.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

using Of = FormulaInput::Of;

constexpr std::int32_t adult = 18 * 12;

std::optional<std::uint32_t> named(const Terminology& terms, std::string_view name, NameKind kind) {
  for (const auto& found : terms.find(name)) {
    if (found.kind == kind) return found.id;
  }
  return std::nullopt;
}

bool is_exact(const Interval& value) { return value.low && value.high && *value.low == *value.high; }

// One decimal; more where that would round it onto a whole or half number that it is not, so that a limit is never seen to be met where it is not.
std::string number_text(const Rational& value) {
  for (int places = 1; places < 4; ++places) {
    const auto shown = Rational::parse(value.to_string(places));
    const auto doubled = shown ? multiply(*shown, 2) : std::nullopt;
    if (!doubled || doubled->denominator() != 1 || *shown == value) return value.to_string(places);
  }
  return value.to_string(4);
}

std::string interval_text(const Interval& value) {
  if (value.low && value.high) return is_exact(value) ? number_text(*value.low) : number_text(*value.low) + " to " + number_text(*value.high);
  if (value.low) return "at least " + number_text(*value.low);
  return value.high ? "at most " + number_text(*value.high) : "anything";
}

// What one input of a formula is.
struct Input {
  Interval value;   // in the formula's unit
  Interval listed;  // the same, where nothing is there that was not mentioned
  std::vector<UsedInput> used;
  std::vector<Missing> missing;  // no value at all
  std::vector<Missing> inexact;
  std::optional<When> when;
};

Input no_value(Missing missing) {
  Input input;
  input.missing.push_back(std::move(missing));
  return input;
}

class Derivation {
 public:
  Derivation(ObservationId what, const Formula& formula, const Patient& patient, const Terminology& terms, Facts& facts)
      : what_(what), formula_(formula), patient_(patient), terms_(terms), facts_(facts) {}

  void run() {
    check_holds();
    for (const auto& input : formula_.inputs) inputs_.push_back(read(input));
    const auto sex = sex_of();
    if (!because_.empty()) return refuse();
    for (const auto& input : inputs_) missing_.insert(missing_.end(), input.missing.begin(), input.missing.end());
    if (missing_.empty()) return conclude(sex);
    for (const auto& input : inputs_) missing_.insert(missing_.end(), input.inexact.begin(), input.inexact.end());
    if (sex == SexIs::either) missing_.push_back({"patient", "sex", "not given"});
    refuse();
  }

 private:
  void refuse() {
    // Where it does not hold, no input would help.
    if (!because_.empty()) missing_.clear();
    facts_.not_derived.push_back({what_, because_, std::move(missing_)});
  }

  // ---- where it holds ----
  void check_holds() {
    const auto& name = std::string(formula_.name);
    if (formula_.adults_only && facts_.age) {
      if (facts_.age->months_high < adult) because_ = name + " does not hold under 18 years";
      if (facts_.age->months_low < adult && facts_.age->months_high >= adult) missing_.push_back({"patient", "age", "not exact"});
    }
    const bool age_counts = std::any_of(formula_.inputs.begin(), formula_.inputs.end(), [](const FormulaInput& each) { return each.of == Of::age; });
    if (formula_.adults_only && !facts_.age && !age_counts) missing_.push_back({"patient", "age", "not given"});
    for (const auto& not_in : formula_.not_in) {
      const auto id = named(terms_, not_in.condition, NameKind::condition);
      if (!id) continue;
      const auto truth = stated(make_id<ConditionId>(*id), not_in.for_days);
      if (truth == Truth::yes) because_ = name + " does not hold with " + std::string(not_in.condition);
      if (truth == Truth::possible) missing_.push_back({"condition", std::string(not_in.condition), "to be found out"});
    }
  }

  // What is stated of it; silence is no: a formula would never hold otherwise. Docs say so.
  Truth stated(ConditionId condition, std::int64_t for_days) const {
    auto truth = Truth::no;
    for (const auto& fact : facts_.conditions) {
      if (fact.truth == Truth::no || !terms_.is_kind_of(fact.what, condition)) continue;
      const bool over = for_days > 0 && fact.onset && fact.onset->latest + for_days * minutes_per_day <= facts_.as_of;
      if (!over) truth = std::max(truth, fact.truth);
    }
    return truth;
  }

  SexIs sex_of() {
    if (!formula_.uses_sex || facts_.sex == "female") return SexIs::female;
    return facts_.sex == "male" ? SexIs::male : SexIs::either;
  }

  // ---- inputs ----
  Input read(const FormulaInput& input) const {
    switch (input.of) {
      case Of::age:
        return read_age();
      case Of::observation:
        return read_observation(input);
      case Of::condition:
        return read_conditions(input);
      case Of::grade:
        return read_grade(input);
      case Of::drug:
        return read_drugs(input);
    }
    return {};
  }

  Input read_age() const {
    if (!facts_.age) return no_value({"patient", "age", "not given"});
    const auto& age = *facts_.age;
    Input input;
    input.value = input.listed = {Rational{age.months_low / 12}, Rational{age.months_high / 12}, false, false};
    const bool exact = is_exact(input.value);
    input.used.push_back({"age", exact ? input.value.low->to_string() : age.text, exact ? "years" : "", std::nullopt, age.at});
    if (!exact) input.inexact.push_back({"patient", "age", "not exact"});
    return input;
  }

  When dated(const ObservationFact& fact) const { return detail::dated(fact, facts_.as_of); }

  // As the first input, which is read by then.
  bool is_same_day(const When& when) const {
    if (inputs_.empty() || !inputs_.front().missing.empty()) return true;
    const auto first = inputs_.front().when.value_or(When{facts_.as_of, facts_.as_of});
    const auto day = [](Minutes instant) { return instant / minutes_per_day; };
    return day(first.earliest) == day(when.earliest) && day(first.latest) == day(when.latest);
  }

  Input read_observation(const FormulaInput& wanted) const {
    const auto name = std::string(wanted.names.front());
    const auto id = named(terms_, name, NameKind::observation);
    if (!id) return no_value({"observation", name, "not in the vocabulary"});
    const auto observation = make_id<ObservationId>(*id);
    const auto& kind = terms_.at(observation);
    const auto found = newest_usable(facts_, terms_, observation, [&](const When& when) {
      return wanted.same_day && !is_same_day(when) ? "none of the day of the " + std::string(formula_.inputs.front().names.front()) : "";
    });
    if (found.facts.empty()) return no_value({"observation", kind.name, found.because});
    Input input;
    for (const auto* fact : found.facts) {
      const auto value = in_unit(fact->value, kind, wanted.unit);
      if (!value) return no_value({"observation", kind.name, "does not convert to " + std::string(wanted.unit)});
      input.value = input.used.empty() ? *value : hull(input.value, *value);
      add_used(input, *fact, kind);
    }
    input.listed = input.value;
    if (!is_exact(input.value)) input.inexact.push_back({"observation", kind.name, "only known as " + found.facts.front()->shown});
    return input;
  }

  static void add_used(Input& input, const ObservationFact& fact, const Observation& kind) {
    input.used.push_back({kind.name, fact.value_said, fact.unit_said.empty() ? kind.unit.text : fact.unit_said, fact.when, fact.at});
    if (!fact.when) return;
    const auto before = input.when.value_or(*fact.when);
    input.when = When{std::min(before.earliest, fact.when->earliest), std::max(before.latest, fact.when->latest)};
  }

  // From the observation's own unit.
  static std::optional<Interval> in_unit(const Interval& own, const Observation& kind, std::string_view unit) {
    const auto to = parse_unit(unit);
    const auto conversion = to ? conversion_to(kind, *to) : std::nullopt;
    const auto back = conversion ? divide(1, conversion->times) : std::nullopt;
    const auto plus = back ? multiply(conversion->plus, *back) : std::nullopt;
    const auto minus = plus ? subtract(0, *plus) : std::nullopt;
    return minus ? converted(own, {*back, *minus}) : std::nullopt;
  }

  // ---- findings that are there or not ----
  static Interval count(std::int64_t low, std::int64_t high) { return {Rational{low}, Rational{high}, false, false}; }

  static Input there(std::string name, std::string shown, const grammar::Place& at) {
    Input input;
    input.value = input.listed = count(1, 1);
    input.used.push_back({std::move(name), std::move(shown), "", std::nullopt, at});
    return input;
  }

  // None is known to be there; `unsure` holds what is not known (asked) or not mentioned.
  static Input perhaps(std::vector<Missing> unsure) {
    const bool asked = std::any_of(unsure.begin(), unsure.end(), [](const Missing& each) { return each.asked; });
    Input input;
    input.value = count(0, unsure.empty() ? 0 : 1);
    input.listed = count(0, asked ? 1 : 0);
    input.inexact = std::move(unsure);
    return input;
  }

  Input read_conditions(const FormulaInput& wanted) const {
    std::vector<Missing> unsure;
    for (const auto name : wanted.names) {
      const auto id = named(terms_, name, NameKind::condition);
      if (!id) continue;
      const auto answer = facts_.has(make_id<ConditionId>(*id), terms_);
      if (answer.truth == Truth::yes) return there(std::string(name), answer.fact->shown, answer.fact->at);
      if (answer.truth == Truth::possible) unsure.push_back({"condition", std::string(name), "not known"});
      if (answer.truth == Truth::open) unsure.push_back({"condition", std::string(name), "not mentioned", false});
    }
    return perhaps(std::move(unsure));
  }

  // A grade that nobody stated of what is there is not known, and asked for, though the list be complete.
  Input read_grade(const FormulaInput& wanted) const {
    const auto is = [&](std::string_view name, Truth truth) {
      const auto id = named(terms_, name, NameKind::condition);
      return id && std::any_of(facts_.conditions.begin(), facts_.conditions.end(), [&](const ConditionFact& fact) {
               const auto what = make_id<ConditionId>(*id);
               return fact.truth == truth && (truth == Truth::no ? terms_.is_kind_of(what, fact.what) : terms_.is_kind_of(fact.what, what));
             });
    };
    if (is(wanted.milder, Truth::yes)) return perhaps({});
    auto input = read_conditions(wanted);
    if (*input.value.low == Rational{1} || !is(wanted.grade_of, Truth::yes) || is(wanted.names.front(), Truth::no)) return input;
    return perhaps({{"condition", "grade of " + std::string(wanted.grade_of), "not given"}});
  }

  Input read_drugs(const FormulaInput& wanted) const {
    std::vector<Missing> unsure;
    for (const auto name : wanted.names) {
      const auto id = named(terms_, name, NameKind::drug_class);
      if (!id) continue;
      for (const auto& exposure : facts_.exposures) {
        const bool counts = exposure.exposes != Exposes::local && exposure.start.earliest <= facts_.as_of;
        if (!counts || exposure.presence == Presence::past || exposure.presence == Presence::never) continue;
        const auto member = terms_.membership(exposure.what, make_id<ConceptId>(*id));
        if (member == Truth::yes && exposure.presence == Presence::present) return there(std::string(name), exposure.shown, exposure.at);
        if (member == Truth::no) continue;
        if (exposure.presence == Presence::not_mentioned) {
          unsure.push_back({"habit", exposure.shown, "not mentioned", false});
          continue;
        }
        if (member == Truth::yes) unsure.push_back({"status", "is " + terms_.at(exposure.what).name + " taken", "not confirmed"});
        if (member != Truth::yes) unsure.push_back({"membership", terms_.at(exposure.what).name + " as " + std::string(name), "not reviewed", false});
      }
    }
    for (const auto& text : facts_.unrecognised) unsure.push_back({"medication", text, "not recognised", false});
    if (!facts_.medications_complete) unsure.push_back({"medication", "other medications", "not mentioned", false});
    return perhaps(std::move(unsure));
  }

  // ---- the result ----
  void conclude(SexIs sex) {
    std::vector<Interval> values, listed;
    for (const auto& input : inputs_) {
      values.push_back(input.value);
      listed.push_back(input.listed);
    }
    const auto own = result_of(values, sex);
    if (!own) {
      because_ = std::string(formula_.name) + ": " + std::string(formula_.why_not);
      return refuse();
    }
    if (cannot_be(*own)) {
      because_ = std::string(formula_.name) + " gives " + interval_text(*own) + ", which cannot be right";
      return refuse();
    }
    ObservationFact fact;
    fact.what = what_;
    fact.value = *own;
    fact.when = date();
    fact.formula = formula_.name;
    for (const auto& input : inputs_) {
      fact.inputs.insert(fact.inputs.end(), input.used.begin(), input.used.end());
      fact.inexact.insert(fact.inexact.end(), input.inexact.begin(), input.inexact.end());
    }
    if (formula_.uses_sex)
      fact.inputs.push_back({"sex", sex == SexIs::either ? "not known: both" : facts_.sex, "", {}, patient_.sex_at.value_or(grammar::Place{})});
    if (sex == SexIs::either) fact.inexact.push_back({"patient", "sex", "not given"});
    if (listed != values) fact.listed = result_of(listed, sex);
    if (fact.listed == own) fact.listed.reset();
    if (fact.listed) fact.range_said = interval_text(*own) + " with what is not mentioned";
    fact.value_said = interval_text(fact.listed.value_or(*own));
    const auto& unit = terms_.at(what_).unit.text;
    fact.unit_said = unit == "1" ? "" : unit;
    fact.shown =
        fact.value_said + (fact.unit_said.empty() ? "" : " " + unit) + " (" + fact.formula + (fact.listed ? "; " + fact.range_said : "") + ")";
    if (!is_reported_since(dated(fact))) facts_.observations.push_back(std::move(fact));
  }

  std::optional<Interval> result_of(const std::vector<Interval>& values, SexIs sex) const {
    const auto result = calculate(formula_, values, sex);
    const auto unit = parse_unit(formula_.unit);
    const auto conversion = result && unit ? conversion_to(terms_.at(what_), *unit) : std::nullopt;
    return conversion ? converted(*result, *conversion) : std::nullopt;
  }

  bool cannot_be(const Interval& value) const {
    const auto& range = terms_.at(what_).absolute;
    return range && ((value.low && *value.low > range->second) || (value.high && *value.high < range->first));
  }

  // The oldest of what dates it.
  std::optional<When> date() const {
    std::optional<When> oldest;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      if (!formula_.inputs[i].dates || !inputs_[i].when) continue;
      const auto& when = *inputs_[i].when;
      oldest = oldest ? When{std::min(oldest->earliest, when.earliest), std::min(oldest->latest, when.latest)} : when;
    }
    return oldest;
  }

  // Is there a stated value that is certainly as new?
  bool is_reported_since(const When& derived) const {
    return std::any_of(facts_.observations.begin(), facts_.observations.end(), [&](const ObservationFact& fact) {
      return fact.what == what_ && fact.formula.empty() && dated(fact).earliest <= facts_.as_of && dated(fact).earliest >= derived.latest;
    });
  }

  ObservationId what_;
  const Formula& formula_;
  const Patient& patient_;
  const Terminology& terms_;
  Facts& facts_;
  std::vector<Input> inputs_;
  std::vector<Missing> missing_;
  std::string because_;
};

}  // namespace

void derive_quantities(const Patient& patient, const Terminology& terminology, Facts& facts) {
  const auto& kinds = terminology.data().observations;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const auto* formula = kinds[i].formula.empty() ? nullptr : find_formula(kinds[i].formula);
    if (formula) Derivation(make_id<ObservationId>(i), *formula, patient, terminology, facts).run();
  }
}

Body body_of(const Patient& patient, const Terminology& terminology) {
  Facts facts;
  facts.as_of = patient.as_of;
  understand_observations(patient, terminology, facts);
  derive_quantities(patient, terminology, facts);
  Body body;
  const auto read = [&](std::string_view name, std::string_view unit, std::optional<Interval>& value, std::string& why) {
    const auto id = named(terminology, name, NameKind::observation);
    if (!id) return;
    const auto what = make_id<ObservationId>(*id);
    const auto found = newest_usable(facts, terminology, what, {}, true);
    why = found.because;
    for (const auto* fact : found.facts) value = value ? hull(*value, fact->value) : fact->value;
    const auto to = parse_unit(unit);
    if (value && (!to || terminology.at(what).unit.factor != to->factor)) value.reset();
  };
  read("weight", "kg", body.weight_kg, body.why_no_weight);
  read("body surface area", "m2", body.surface_m2, body.why_no_surface);
  return body;
}

}  // namespace theriac::detail

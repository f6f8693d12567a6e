// Strength × how many × how often → what may be taken in a day, as an interval, or why that is not known. Never 0 for want of knowledge.
#include "facts/dose_parts.hpp"
#include "facts/medication.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

using namespace dosing;

using grammar::Amount;
using grammar::Frequency;
using grammar::MedicationLine;

DoseFact unknown(std::string why) {
  DoseFact fact;
  fact.why_unknown = std::move(why);
  return fact;
}

class Dose {
 public:
  Dose(const MedicationLine& line, const DoseContext& context) : line_(line), context_(context) {}

  DoseFact fact() {
    auto fact = amount();
    if (line_.varies.empty() && line_.refused.empty() && context_.unread.empty())
      fact.every = hours_between_doses(line_, context_.as_needed || context_.partly);
    return fact;
  }

 private:
  DoseFact amount() {
    if (!line_.varies.empty()) return unknown(line_.varies);
    if (!line_.refused.empty()) return unknown(line_.refused.front());
    if (!choose_strength() || !count_is_plain()) return unknown(why_);
    if (strength_ && rate()) return rate_stands_alone() ? finish() : unknown(why_);
    if (!single_dose()) return unknown(why_);
    if (!daily()) {
      auto fact = unknown(why_);
      if (single_ && !line_.divided) fact.single = Interval{single_->low, single_->high, false, false};
      if (const auto unit = parse_unit(unit_)) fact.unit = *unit;
      return fact;
    }
    return finish();
  }

  bool fail(std::string why) {
    why_ = std::move(why);
    return false;
  }

  // The strength that belongs to this ingredient.
  bool choose_strength() {
    const auto& strengths = line_.strengths;
    if (strengths.empty()) return true;
    if (context_.ingredients == 1) {
      if (strengths.size() > 1) return fail("several strengths for one drug");
      strength_ = strengths[0];
      return true;
    }
    const bool of_volume = strengths.size() == 1 && millilitres(split(strengths[0].unit).above).has_value();
    if (of_volume) return fail("the strength is not stated");
    if (strengths.size() != context_.ingredients) return fail("which ingredient the strength belongs to is not said");
    if (!context_.order_is_told) return fail("which strength belongs to which ingredient is not said");
    strength_ = strengths[context_.ingredient];
    return true;
  }

  // An amount with "/kg" or "/m2" multiplied out; nothing, with the reason, where the body's size is not known.
  struct Sized {
    std::optional<Range> value;
    std::string unit;
  };
  Sized sized(const Amount& amount) {
    Sized result{numbers(amount.low, amount.high), amount.unit};
    const auto by = [&](const std::string& mark, const std::optional<Interval>& size, const std::string& why, const char* what, const char* noun) {
      const auto at = result.unit.find(mark);
      const bool there = at != std::string::npos && (at + mark.size() == result.unit.size() || result.unit[at + mark.size()] == '/');
      if (!there || !result.value) return;
      const bool known = size && size->low && size->high;
      if (!known) fail(std::string("a dose by ") + what + ", and the " + noun + " is " + (why.empty() ? "not exact" : why));
      result.value = known ? times(*result.value, {*size->low, *size->high}) : std::nullopt;
      result.unit.erase(at, mark.size());
    };
    by("/kg", context_.body.weight_kg, context_.body.why_no_weight, "weight", "weight");
    by("/m2", context_.body.surface_m2, context_.body.why_no_surface, "surface", "surface");
    return result;
  }

  // "25 mcg/h", "21 mg/24h", "240 mg/day": a day's amount in itself.
  bool rate() {
    const auto strength = sized(*strength_);
    const auto unit = split(strength.unit);
    const bool hours = unit.below == "h", minutes = unit.below == "min", whole_days = unit.below == "day" || unit.below == "week";
    if ((!hours && !minutes && !whole_days) || (line_.dose && !one_patch())) return false;
    const auto& amount = strength.value;
    const auto period = days(unit.count.to_string(), hours ? "hour" : minutes ? "minute" : unit.below);
    if (!amount || !period) return false;
    const auto low = divide(amount->low, period->high), high = divide(amount->high, period->low);
    if (!low || !high) return false;
    unit_ = unit.above;
    per_day_ = Range{*low, *high};
    return true;
  }

  bool one_patch() const { return line_.dose->low == "1" && line_.dose->high == "1" && (line_.dose->unit == "patch" || line_.form == "patch"); }

  // "diazepam 2 10 mg": two of 10 mg? A number that the drug's name holds ("vitamin B 12 1 mg") is none.
  bool count_is_plain() {
    const bool count = strength_ && strength_->unit.empty() && strength_->low.size() < 3 && strength_->span.begin >= context_.known_until;
    if (!count || !line_.dose || is_counted(line_.dose->unit)) return true;
    return fail(strength_->low + ", " + line_.dose->low + " " + line_.dose->unit + ": which of the two is taken?");
  }

  // "500 mg/day bd" says two things; a patch that is changed every 72 hours says one, and so does a day's amount in divided doses.
  bool rate_stands_alone() {
    if (line_.frequencies.empty() || line_.divided) return true;
    const bool changed = line_.form == "patch" && std::all_of(line_.frequencies.begin(), line_.frequencies.end(), [](const Frequency& f) {
                           return (f.times_low == "1" && f.times_high == "1") || f.per_unit == "week";
                         });
    if (changed) return true;
    const auto& f = line_.frequencies.front();
    const bool at_most_daily = line_.frequencies.size() == 1 && f.times_low == "1" && f.times_high == "1" && f.per_unit != "minute" &&
                               !(f.per_unit == "hour" && f.per != "24" && f.per != "48" && f.per != "72");
    if (at_most_daily) return true;
    const bool daily = line_.frequencies.size() == 1 && f.per == "1" && f.per_unit == "day" && f.times_low == f.times_high;
    const std::string often = daily && f.times_low == "2" ? "twice a day" : daily ? f.times_low + " times a day" : "at times";
    return fail(strength_->low + " " + strength_->unit + ", and " + often + " as well");
  }

  bool single_dose() {
    const bool own_doses = std::any_of(line_.frequencies.begin(), line_.frequencies.end(), [](const Frequency& f) { return f.dose.has_value(); });
    if (own_doses) return true;
    const auto single = amount_of(line_.dose ? *line_.dose : strength_ ? *strength_ : Amount{});
    if (!single) return false;
    single_ = single;
    const auto sites = numbers(line_.sites_low, line_.sites_high);
    if (sites && line_.sites_high != "1") single_ = times(*single, *sites);
    return single_ ? true : fail("too large");
  }

  // One administration in a unit of mass, volume …; sets unit_.
  std::optional<Range> amount_of(const Amount& amount) {
    why_.clear();
    const auto [value, unit_said] = sized(amount);
    if (!value) {
      if (why_.empty()) fail(line_.dose || strength_ ? "the amount is not readable" : "no dose is stated");
      return std::nullopt;
    }
    if (is_counted(amount.unit)) return counted(*value, amount);
    const auto unit = split(unit_said);
    if (unit.above == "%") return refuse("a strength in percent tells no amount");
    if (line_.form == "patch" && unit.below.empty() && !millilitres(unit_said) && !is_counted(unit_said))
      return refuse("what the patch gives in an hour or a day is not stated");
    if (!unit.below.empty()) return per_something(*value, unit, amount);
    if (const auto volume = millilitres(amount.unit)) {
      const bool of_strength = strength_ && !millilitres(strength_->unit);
      if (of_strength) return of_volume(*value, *volume);
      const auto in_ml = times(*value, {*volume, *volume});
      return in_ml ? in_unit(*in_ml, "mL") : refuse("too large");
    }
    return in_unit(*value, unit_said);
  }

  std::optional<Range> refuse(std::string why) {
    fail(std::move(why));
    return std::nullopt;
  }

  std::optional<Range> in_unit(const Range& value, const std::string& unit) {
    if (!unit_.empty() && unit_ != unit) {
      const auto from = parse_unit(unit), to = parse_unit(unit_);
      const auto low = from && to ? convert({value.low, *from}, *to) : std::nullopt;
      const auto high = from && to ? convert({value.high, *from}, *to) : std::nullopt;
      if (!low || !high) return refuse("doses in different units");
      return Range{*low, *high};
    }
    unit_ = unit;
    return value;
  }

  // "2 tablets" of a strength; "2 puffs" of 100 mcg/puff.
  std::optional<Range> counted(const Range& count, const Amount& amount) {
    const bool is_strength = strength_ && amount == *strength_;
    if (is_strength) return refuse("no unit: " + amount.low);
    if (!strength_) return refuse("the strength is not stated");
    const auto [value, unit_said] = sized(*strength_);
    const auto unit = split(unit_said);
    if (!value && !why_.empty()) return std::nullopt;
    if (!value || unit.above.empty()) return refuse("no unit: " + strength_->low);
    if (unit.above == "%") return refuse("a strength in percent tells no amount");
    if (unit.below == "h" || unit.below == "day") return refuse("a rate is not multiplied by a count");
    if (!unit.below.empty() && !is_counted(unit.below))
      return refuse("how much one " + (amount.unit.empty() ? std::string("of it") : amount.unit) + " holds is not stated");
    const auto product = times(count, *value);
    if (!product) return refuse("too large");
    return in_unit(*product, unit.above);
  }

  std::optional<Range> of_volume(const Range& value, const Rational& volume) {
    const auto unit = split(strength_->unit);
    const auto below = millilitres(unit.below);
    const auto strength = numbers(strength_->low, strength_->high);
    if (!below || !strength || unit.above == "%") return refuse("how much one mL holds is not stated");
    const auto in_ml = times(value, {volume, volume});
    const auto total = in_ml ? times(*in_ml, *strength) : std::nullopt;
    const auto base = multiply(unit.count, *below);
    const auto low = total && base ? divide(total->low, *base) : std::nullopt;
    const auto high = total && base ? divide(total->high, *base) : std::nullopt;
    if (!low || !high) return refuse("too large");
    return in_unit({*low, *high}, unit.above);
  }

  std::optional<Range> per_something(const Range& value, const PerUnit& unit, const Amount& amount) {
    if (is_counted(unit.below) && unit.count == Rational{1}) return in_unit(value, unit.above);
    return refuse("how much of " + amount.low + " " + amount.unit + " is taken is not stated");
  }

  bool once_a_day() const {
    return line_.frequencies.size() == 1 && line_.frequencies[0].times_high == "1" && line_.frequencies[0].per == "1" &&
           line_.frequencies[0].per_unit == "day" && !line_.frequencies[0].dose;
  }

  bool as_directed() const {
    return std::any_of(line_.frequencies.begin(), line_.frequencies.end(),
                       [](const Frequency& f) { return f.times_high.empty() && f.when.find("as directed") != std::string::npos; });
  }

  bool daily() {
    if (line_.divided && !once_a_day()) return fail("in divided doses, and more than once a day");
    if (as_directed()) return fail("as directed, and the directions are not here");
    std::optional<Range> sum;
    for (const auto& frequency : line_.frequencies) {
      const auto part = part_of_day(frequency);
      if (!part) return false;
      sum = sum ? plus(*sum, *part) : part;
      if (!sum) return fail("too large");
    }
    const auto most = maximum();
    if (!sum && !most) return fail(context_.as_needed ? "as needed, and no maximum is stated" : "how often is not stated");
    if (!sum) sum = Range{0, *most};
    const bool cut = most && *most < sum->high;  // a maximum below what the words come to: it need not all be taken
    if (cut) sum->high = *most;
    if (context_.as_needed || context_.partly || cut) sum->low = Rational{0};
    per_day_ = sum;
    return true;
  }

  std::optional<Range> part_of_day(const Frequency& frequency) {
    const auto dose = frequency.dose ? amount_of(*frequency.dose) : single_;
    if (!dose) return std::nullopt;
    if (frequency.times_high.empty()) return refuse("how often is not stated");
    const auto count = numbers(frequency.times_low, frequency.times_high);
    const auto period = days(frequency.per, frequency.per_unit);
    if (!count || !period) return refuse("how often is not stated");
    const auto total = times(*dose, *count);
    const auto low = total ? divide(total->low, period->high) : std::nullopt;
    const auto high = total ? divide(total->high, period->low) : std::nullopt;
    if (!low || !high) return refuse("too large");
    return Range{*low, *high};
  }

  // In the dose's unit. "max 4" may count doses or tablets; then the larger of the two.
  std::optional<Rational> maximum() {
    if (!line_.maximum_per_day) return std::nullopt;
    const auto& stated = *line_.maximum_per_day;
    const auto value = Rational::parse(stated.high);
    if (!value) return std::nullopt;
    if (!is_counted(stated.unit)) {
      const auto range = in_unit({*value, *value}, stated.unit);
      return range ? std::optional<Rational>(range->high) : std::nullopt;
    }
    const auto as_doses = single_ ? multiply(*value, single_->high) : std::nullopt;
    if (stated.unit == "dose" || !line_.dose || !is_counted(line_.dose->unit)) return as_doses;
    const auto each = counted({*value, *value}, stated);
    if (!each) return as_doses;
    return stated.unit.empty() && as_doses && *as_doses > each->high ? as_doses : each->high;
  }

  DoseFact finish() const {
    DoseFact fact;
    const auto unit = parse_unit(unit_);
    if (!unit) return unknown("the unit " + unit_ + " is not known");
    fact.unit = *unit;
    auto low = per_day_->low;
    if (context_.as_needed || context_.partly) low = Rational{0};
    fact.per_day = {low, per_day_->high, false, false};
    if (single_ && !line_.divided) fact.single = Interval{single_->low, single_->high, false, false};
    if (!context_.unread.empty()) fact.why_unknown = "not read: \"" + context_.unread + "\"";
    return fact;
  }

  const MedicationLine& line_;
  const DoseContext& context_;
  std::optional<Amount> strength_;
  std::string unit_;
  std::optional<Range> single_, per_day_;
  std::string why_;
};

}  // namespace

DoseFact dose_of(const MedicationLine& line, const DoseContext& context) { return Dose(line, context).fact(); }

}  // namespace theriac::detail

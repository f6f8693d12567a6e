#include "evaluate/sum.hpp"

#include "evaluate/standing.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace theriac::detail {
namespace {

constexpr std::size_t time_axis = 2;
constexpr std::array levels{Truth::yes, Truth::listed, Truth::possible, Truth::open};

// What one exposure brings in: a row of the table with its dose; or that nobody knows which, or nobody looked.
struct Part {
  const Summed::Row* row = nullptr;
  std::optional<Rational> low, high;  // the dose in the row's unit; high absent: no bound is known
  bool not_in_table = false;
  Judged missing = Judged::known(true);
};

struct Total {
  Rational low{0};
  std::optional<Rational> high{Rational{0}};
};

// The factor for that much of the drug a day.
const Summed::Factor& factor_for(const Summed::Row& row, const Rational& dose) {
  for (const auto& factor : row.factors) {
    if (!factor.up_to || dose <= *factor.up_to) return factor;
  }
  return row.factors.back();
}

class Adder {
 public:
  Adder(const World& world, const SummedDrugs& what, Adds as, const CountOptions& options)
      : world_(world), what_(what), table_(world.terms.at(what.sum)), as_(as), options_(options) {
    for (const auto i : options.beside) beside_.insert(entry_of(world, i));
    gather();
  }

  Added run() {
    Added result;
    std::set<ConceptId> ingredients;
    std::set<std::uint32_t> exposures;
    Needs needs;
    for (const auto instant : instants(world_, standing_)) {
      for (const auto& each : standing_) {
        missing_at(world_, each, instant, needs);
        if (truth_at(each, instant) != Truth::no) add(needs, parts_.at(each.exposure).missing.needs);
      }
      const auto truth = truth_of_all(instant);
      if (truth == Truth::no || truth < result.counted.judged.truth) continue;
      if (truth > result.counted.judged.truth) {
        ingredients.clear();
        exposures.clear();
      }
      result.counted.judged.truth = truth;
      for (const auto i : contributors(instant, truth)) {
        exposures.insert(i);
        ingredients.insert(world_.exposure(i).what);
      }
      result.shown = shown(instant);
    }
    if (result.shown.empty()) result.shown = shown(world_.facts.as_of);
    if (world_.drugs_unlisted()) add(needs, world_.unlisted_drugs());
    auto& judged = result.counted.judged;
    if (judged.truth != Truth::yes && judged.truth != Truth::no) judged.needs = std::move(needs);
    result.counted.ingredients.assign(ingredients.begin(), ingredients.end());
    result.counted.exposures.assign(exposures.begin(), exposures.end());
    return result;
  }

 private:
  void gather() {
    for (std::uint32_t i = 0; i < world_.facts.exposures.size(); ++i) {
      const auto& exposure = world_.exposure(i);
      if (std::binary_search(options_.without.begin(), options_.without.end(), exposure.what)) continue;
      for (const auto& alternative : what_.any_of) {
        auto matched = match(world_, alternative, exposure, options_.routes);
        if (matched.judged.truth == Truth::no) continue;
        if (parts_.find(i) == parts_.end()) parts_.emplace(i, part_of(exposure));
        standing_.push_back({i, static_cast<std::uint32_t>(exposure.what), std::move(matched)});
      }
    }
  }

  Part part_of(const Exposure& exposure) const {
    Part part;
    bool of_drug = false;
    for (const auto& row : table_.rows) {
      if (row.drug != exposure.what) continue;
      of_drug = true;
      const bool fits =
          row.routes.empty() || (exposure.route && std::find(row.routes.begin(), row.routes.end(), *exposure.route) != row.routes.end());
      if (fits) return with_dose(row, exposure);
    }
    if (!of_drug && table_.unlisted_is_nothing) return part;
    part.not_in_table = !of_drug || exposure.route.has_value();
    part.low = Rational{0};
    part.missing = part.not_in_table
                       ? Judged::missing(Truth::open, "equivalent", table_.name + " of " + world_.name(exposure.what), "not in the table")
                       : Judged::missing(Truth::possible, "route", "route of " + world_.name(exposure.what), "not given");
    return part;
  }

  Part with_dose(const Summed::Row& row, const Exposure& exposure) const {
    Part part;
    part.row = &row;
    const bool nothing = row.factors.back().high == Rational{0};
    if (table_.kind == Summed::Kind::points || nothing) {
      part.low = part.high = Rational{1};
      return part;
    }
    const auto& dose = exposure.dose;
    if (dose.known()) {
      part.low = dose.per_day.low ? in_unit(*dose.per_day.low, dose.unit, row.per) : std::nullopt;
      part.high = dose.per_day.high ? in_unit(*dose.per_day.high, dose.unit, row.per) : std::nullopt;
    }
    if (!part.low) part.low = Rational{0};
    const bool in_range = std::any_of(row.factors.begin(), row.factors.end(), [](const auto& factor) { return factor.low != factor.high; });
    if (part.low != part.high || in_range)
      part.missing = Judged::missing(Truth::possible, "dose", "dose of " + world_.name(exposure.what), why(dose));
    return part;
  }

  static std::string why(const DoseFact& dose) { return dose.why_unknown.empty() ? "undecided" : dose.why_unknown; }

  static std::optional<Rational> in_unit(const Rational& amount, const Unit& unit, const Unit& per) {
    auto dimension = unit.dimension;
    --dimension.exponents[time_axis];
    if (dimension != per.dimension) return std::nullopt;
    const auto base = multiply(amount, unit.factor);
    return base ? divide(*base, per.factor) : std::nullopt;
  }

  std::set<std::uint32_t> standing_at(Minutes instant, Truth level) const {
    std::set<std::uint32_t> exposures;
    for (const auto& each : standing_) {
      if (truth_at(each, instant) >= level) exposures.insert(each.exposure);
    }
    return exposures;
  }

  // The doses of one row add up before its factor is chosen; points count once.
  Total total(Minutes instant, Truth level) const {
    std::map<const Summed::Row*, Total> doses;
    std::map<ConceptId, Total> ingredients;  // one where it brings any
    Total sum;
    for (const auto i : standing_at(instant, level)) {
      const auto& part = parts_.at(i);
      if (part.row == nullptr) {
        const bool counts = part.low && (!part.not_in_table || level == Truth::open);
        if (counts) sum.high.reset();
        if (counts) ingredients[world_.exposure(i).what].high = Rational{1};
        continue;
      }
      auto& dose = doses[part.row];
      if (table_.kind == Summed::Kind::points) dose = Total{};
      if (const auto more = add(dose.low, *part.low)) dose.low = *more;
      dose.high = dose.high && part.high ? add(*dose.high, *part.high) : std::nullopt;
    }
    for (const auto& [row, dose] : doses) {
      const auto low = multiply(dose.low, factor_for(*row, dose.low).low);
      const auto high = dose.high ? multiply(*dose.high, factor_for(*row, *dose.high).high) : std::nullopt;
      auto& ingredient = ingredients[row->drug];
      if (low && *low > Rational{0}) ingredient.low = Rational{1};
      if (!high || *high > Rational{0}) ingredient.high = Rational{1};
      take_in(sum, low, high);
    }
    if (what_.by == SummedDrugs::By::count) sum = how_many(ingredients);
    if (level == Truth::open && world_.drugs_unlisted()) sum.high.reset();
    return sum;
  }

  void take_in(Total& sum, const std::optional<Rational>& low, const std::optional<Rational>& high) const {
    const bool most = what_.by == SummedDrugs::By::most;
    const auto more = !low ? std::nullopt : most ? std::optional(std::max(sum.low, *low)) : add(sum.low, *low);
    if (more) sum.low = *more;
    if (!sum.high || !high)
      sum.high.reset();
    else
      sum.high = most ? std::optional(std::max(*sum.high, *high)) : add(*sum.high, *high);
  }

  static Total how_many(const std::map<ConceptId, Total>& ingredients) {
    Total count;
    for (const auto& [ingredient, brings] : ingredients) {
      count.low = add(count.low, brings.low).value_or(count.low);
      count.high = add(*count.high, *brings.high);
    }
    return count;
  }

  // Low ends are what is there for sure, high ends what may be.
  bool reaches(Minutes instant, Truth level, const Rational& limit, bool strictly) const {
    const auto sum = total(instant, level);
    if (level <= Truth::possible && !sum.high) return true;
    const auto& value = level <= Truth::possible ? *sum.high : sum.low;
    return strictly ? value > limit : value >= limit;
  }

  bool holds(Minutes instant, Truth level, const SummedDrugs::Limit& limit) const {
    const auto against = static_cast<Truth>(5 - static_cast<int>(level));
    switch (limit.order) {
      case Order::greater:
        return reaches(instant, level, limit.value, true);
      case Order::greater_equal:
        return reaches(instant, level, limit.value, false);
      case Order::less:
        return !reaches(instant, against, limit.value, false);
      case Order::less_equal:
        return !reaches(instant, against, limit.value, true);
      case Order::equal:
        return reaches(instant, level, limit.value, false) && !reaches(instant, against, limit.value, true);
      default:
        return reaches(instant, level, limit.value, true) || !reaches(instant, against, limit.value, false);
    }
  }

  bool adds_something(const Part& part, Truth level) const {
    if (part.row == nullptr) return part.low.has_value() && level <= (part.not_in_table ? Truth::open : Truth::possible);
    const auto& factor = part.row->factors.back();
    if (level >= Truth::listed) return *part.low > Rational{0} && factor.low > Rational{0};
    return (!part.high || *part.high > Rational{0}) && factor.high > Rational{0};
  }

  std::vector<std::uint32_t> contributors(Minutes instant, Truth level) const {
    std::vector<std::uint32_t> result;
    for (const auto i : standing_at(instant, level)) {
      if (adds_something(parts_.at(i), level)) result.push_back(i);
    }
    return result;
  }

  // Something adds to it, or might, and with the other items' drugs it is not all one entry.
  bool binds(Minutes instant, Truth level) const {
    if (as_ == Adds::guard) return true;
    auto entries = beside_;
    const auto adding = contributors(instant, level);
    for (const auto i : adding) entries.insert(entry_of(world_, i));
    return !adding.empty() && (beside_.empty() || entries.size() > 1);
  }

  Truth truth_of_all(Minutes instant) const {
    for (const auto level : levels) {
      const bool all = std::all_of(what_.limits.begin(), what_.limits.end(), [&](const auto& limit) { return holds(instant, level, limit); });
      if (all && binds(instant, level)) return level;
    }
    return Truth::no;
  }

  std::string shown(Minutes instant) const {
    const auto low = total(instant, Truth::listed).low;
    const auto high = total(instant, Truth::possible).high;
    const auto unit =
        what_.by == SummedDrugs::By::count || table_.unit.text.empty() || table_.unit.text == "1" ? std::string() : " " + table_.unit.text;
    if (!high) return low.to_string() + unit + " or more";
    return low.to_string() + (low == *high ? "" : " to " + high->to_string()) + unit;
  }

  const World& world_;
  const SummedDrugs& what_;
  const Summed& table_;
  Adds as_;
  const CountOptions& options_;
  std::set<std::int64_t> beside_;
  std::vector<Standing> standing_;
  std::map<std::uint32_t, Part> parts_;
};

}  // namespace

Added add_up(const World& world, const SummedDrugs& what, Adds as, const CountOptions& options) { return Adder(world, what, as, options).run(); }

std::vector<Proof> told_sums(const World& world, const ResolvedRule& rule, const CountOptions& options) {
  std::vector<Proof> told;
  for (const auto& item : rule.items) {
    const auto* sum = std::get_if<SumItem>(&item.what);
    if (sum == nullptr) continue;
    Proof proof;
    proof.fact = world.terms.at(sum->sum.sum).name;
    proof.value = add_up(world, sum->sum, Adds::item, options).shown;
    told.push_back(std::move(proof));
  }
  return told;
}

}  // namespace theriac::detail

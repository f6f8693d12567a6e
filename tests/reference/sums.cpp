// What adds up over drugs: equivalents and points.
#include "reference/world.hpp"

#include <map>

namespace theriac::reference {

using namespace detail;

namespace {

Truth stands(const Window& window, Minutes t) { return std::min(!before({t, t}, window.start), before({t, t}, window.end)); }
Truth opposite(Truth level) { return static_cast<Truth>(5 - static_cast<int>(level)); }

struct Sum {
  Fraction low, high;
  bool endless = false;  // no upper bound
};

struct Member {
  const Summed::Row* row = nullptr;
  bool looked_up = true;  // false: the table says nothing of it
  bool dose_known = false;
  Fraction low, high;     // its dose in the row's unit
};

const Summed::Factor& factor_of(const Summed::Row& row, const Fraction& dose) {
  std::size_t i = 0;
  while (i + 1 < row.factors.size() && row.factors[i].up_to && less(Fraction(*row.factors[i].up_to), dose)) ++i;
  return row.factors[i];
}
bool zero(const Rational& r) { return r == Rational(0); }

}  // namespace

Choice World::added_up(const SummedDrugs& what, bool item, const std::set<ConceptId>& without, const std::set<std::size_t>& beside, const Context& context) const {
  const Summed& table = terms.at(what.sum);
  const bool points = table.kind == Summed::Kind::points;
  std::map<std::size_t, std::vector<std::pair<Answer, Window>>> matched;
  std::map<std::size_t, Member> members;
  std::map<std::size_t, Needs> lacking;
  std::set<Minutes> instants{facts.as_of};
  for (std::size_t e = 0; e < facts.exposures.size(); ++e) {
    const Exposure& x = facts.exposures[e];
    if (without.contains(x.what)) continue;
    for (const DrugAlternative& phrase : what.any_of) {
      Window window;
      const Answer answer = matches(phrase, e, context, window);
      if (answer.truth == Truth::no) continue;
      for (const Minutes start : {window.start.earliest, window.start.latest})
        if (start > facts.as_of) instants.insert(start);
      matched[e].emplace_back(answer, window);
    }
    if (!matched.contains(e)) continue;
    bool named = false;
    Member member;
    for (const Summed::Row& row : table.rows) {
      named = named || row.drug == x.what;
      if (row.drug == x.what && member.row == nullptr && (row.routes.empty() || (x.route && std::count(row.routes.begin(), row.routes.end(), *x.route) > 0))) member.row = &row;
    }
    if (member.row == nullptr) {
      if (!named && table.unlisted_is_nothing) continue;
      member.looked_up = named && !x.route;
      lacking[e] = member.looked_up ? Needs{{"route", "route of " + name(e), true}} : Needs{{"equivalent", table.name + " of " + name(e), false}};
    } else if (points || zero(member.row->factors.back().high)) {
      member.dose_known = true;
      member.low = member.high = Fraction(1, 1);
    } else {
      Dimension of = x.dose.unit.dimension;
      of.exponents[2] = static_cast<std::int8_t>(of.exponents[2] - 1);  // per day
      const auto in_row = [&](const Rational& amount) {
        const Fraction base = product(Fraction(amount), Fraction(x.dose.unit.factor)), unit(member.row->per.factor);
        return product(base, Fraction(unit.under, unit.over));
      };
      const bool fits = x.dose.known() && of == member.row->per.dimension;
      if (fits && x.dose.per_day.low) member.low = in_row(*x.dose.per_day.low);
      member.dose_known = fits && x.dose.per_day.high.has_value();
      if (member.dose_known) member.high = in_row(*x.dose.per_day.high);
      const bool exact_dose = member.dose_known && !less(member.low, member.high);
      const bool exact_factor = std::all_of(member.row->factors.begin(), member.row->factors.end(), [](const auto& f) { return f.low == f.high; });
      if (!exact_dose || !exact_factor) lacking[e] = {{"dose", "dose of " + name(e), true}};
    }
    members[e] = member;
  }
  const auto truth_at = [&](std::size_t e, Minutes t) {
    Truth best = Truth::no;
    for (const auto& [answer, window] : matched.at(e)) best = std::max(best, std::min(answer.truth, stands(window, t)));
    return best;
  };
  const auto total = [&](Truth level, Minutes t) {
    using By = SummedDrugs::By;
    std::map<const Summed::Row*, Sum> doses;
    std::set<ConceptId> surely, maybe;  // ingredients that bring something
    Sum result;
    for (const auto& [e, member] : members) {
      if (truth_at(e, t) < level) continue;
      if (member.row == nullptr) {
        const bool counts = member.looked_up || level == Truth::open;
        if (counts) maybe.insert(facts.exposures[e].what);
        result.endless = result.endless || counts;
        continue;
      }
      Sum& dose = doses[member.row];
      dose.low = points ? member.low : reference::sum(dose.low, member.low);
      dose.high = points ? member.high : reference::sum(dose.high, member.high);
      dose.endless = dose.endless || !member.dose_known;
    }
    for (const auto& [row, dose] : doses) {
      const Fraction low = product(dose.low, Fraction(factor_of(*row, dose.low).low)), high = product(dose.high, Fraction(factor_of(*row, dose.high).high));
      if (less(Fraction(), low)) surely.insert(row->drug);
      if (dose.endless || less(Fraction(), high)) maybe.insert(row->drug);
      const auto joined = [&](const Fraction& a, const Fraction& b) { return what.by == By::most ? (less(a, b) ? b : a) : reference::sum(a, b); };
      result.low = joined(result.low, low);
      result.high = joined(result.high, high);
      result.endless = result.endless || dose.endless;
    }
    if (what.by == By::count) result = {{static_cast<Wide>(surely.size()), 1}, {static_cast<Wide>(maybe.size()), 1}, false};
    result.endless = result.endless || (level == Truth::open && (!facts.unrecognised.empty() || !facts.medications_complete));
    return result;
  };
  const auto reaches = [&](Truth level, Minutes t, const Fraction& limit, bool beyond) {
    const Sum all = total(level, t);
    const bool sure = level >= Truth::listed;
    if (!sure && all.endless) return true;
    const Fraction& value = sure ? all.low : all.high;
    return beyond ? less(limit, value) : !less(value, limit);
  };
  const auto limit_holds = [&](const SummedDrugs::Limit& limit, Truth level, Minutes t) {
    const Fraction at(limit.value);
    const bool least = reaches(level, t, at, false), more = reaches(level, t, at, true);
    const bool below = !reaches(opposite(level), t, at, false), at_most = !reaches(opposite(level), t, at, true);
    switch (limit.order) {
      case Order::less: return below;
      case Order::less_equal: return at_most;
      case Order::equal: return least && at_most;
      case Order::not_equal: return below || more;
      case Order::greater_equal: return least;
      default: return more;
    }
  };
  const auto contributors = [&](Truth level, Minutes t) {
    std::set<std::size_t> result;
    for (const auto& [e, member] : members) {
      if (truth_at(e, t) < level) continue;
      bool adds = false;
      if (member.row == nullptr) {
        adds = member.looked_up ? level <= Truth::possible : level == Truth::open;
      } else {
        const auto& last = member.row->factors.back();
        adds = level >= Truth::listed ? less(Fraction(), member.low) && !zero(last.low) : (!member.dose_known || less(Fraction(), member.high)) && !zero(last.high);
      }
      if (adds) result.insert(e);
    }
    return result;
  };
  Choice result{.answer = known(false)};
  Needs needs = unlisted().needs;
  for (const Minutes t : instants) {
    for (const auto& [e, ways] : matched)
      for (const auto& [answer, window] : ways) {
        if (std::min(answer.truth, stands(window, t)) == Truth::no) continue;
        unite(needs, answer.needs);
        unite(needs, lacking[e]);
        if (stands(window, t) == Truth::possible) unite(needs, window.dates);
      }
    for (const Truth level : {Truth::yes, Truth::listed, Truth::possible, Truth::open}) {
      const auto adding = contributors(level, t);
      auto together = adding;
      together.insert(beside.begin(), beside.end());
      const bool binds = !item || (!adding.empty() && (beside.empty() || entries(together).size() > 1));
      if (!binds || !std::all_of(what.limits.begin(), what.limits.end(), [&](const auto& limit) { return limit_holds(limit, level, t); })) continue;
      if (level < result.answer.truth) break;
      if (level > result.answer.truth) result = Choice{.answer = {level, {}}};
      for (const std::size_t e : adding) result.exposures.insert(e), result.drugs.insert(facts.exposures[e].what);
      break;
    }
  }
  result.answer = settled(result.answer.truth, needs);
  return result;
}

}  // namespace theriac::reference

// A rule read back as one sentence without a second meaning: declared names in place of the author's, brackets wherever `and` and `or` could be
// mistaken. Two rules with one reading say the same.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

std::string in_words(Order order) {
  switch (order) {
    case Order::less:
      return "below";
    case Order::less_equal:
      return "at most";
    case Order::equal:
      return "exactly";
    case Order::not_equal:
      return "other than";
    case Order::greater_equal:
      return "at least";
    case Order::greater:
      break;
  }
  return "above";
}

std::string in_words(const Span_& span) { return fmt::format("{} {}{}", span.count, span.unit, span.count == 1 ? "" : "s"); }

std::string number(const Rational& value) {
  auto text = value.to_string();
  // A number that has no short decimal is shown as the fraction it is.
  return Rational::parse(text) == value ? text : fmt::format("{}/{}", value.numerator(), value.denominator());
}

std::string joined(const std::vector<std::string>& parts, std::string_view by, bool brackets) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : std::string(by)) + part;
  return brackets && parts.size() > 1 ? "(" + text + ")" : text;
}

class Reader {
 public:
  explicit Reader(const Run& run, const ResolvedRule* rule = nullptr) : run_(run), rule_(rule) {}

  std::string drugs(const std::vector<DrugAlternative>& alternatives) const {
    std::vector<std::string> parts;
    const auto& except = common_except(alternatives);
    for (const auto& one : alternatives) parts.push_back(except.empty() ? drug(one) : drug(without_except(one)));
    const auto text = joined(parts, " or ", true);
    return except.empty() ? text : fmt::format("({} except {})", text, drugs(except));
  }

  std::string guard(const ResolvedGuard& guard) const {
    const auto own = body(guard);
    return guard.population.empty() ? own : fmt::format("{} ({})", guard.population, own);
  }

  std::string items() const {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < rule_->items.size(); ++i) {
      if (std::holds_alternative<GuardItem>(rule_->items[i].what)) continue;
      auto text = item(rule_->items[i]);
      const auto before = std::find_if(parts.begin(), parts.end(), [&](const std::string& other) { return other == text; });
      if (before != parts.end()) text = "another " + text;
      if (!rule_->items[i].role.empty()) text += fmt::format(", called {},", rule_->items[i].role);
      parts.push_back(std::move(text));
    }
    return joined(parts, " with ", false);
  }

  std::string head(const ResolvedHead& head) const {
    if (run_.is_state(head.effect)) return (head.of_item ? name_of_item(*head.of_item) : "the patient") + " " + run_.effect_name(head.effect);
    auto text = run_.effect_name(head.effect);
    if (head.of_item) text += " of " + name_of_item(*head.of_item);
    std::vector<std::string> tags;
    if (head.severity != Severity::unrated) tags.emplace_back(to_string(head.severity));
    if (!head.frequency.empty()) tags.push_back(head.frequency);
    if (head.disputed) tags.emplace_back("disputed");
    return tags.empty() ? text : fmt::format("{} ({})", text, joined(tags, ", ", false));
  }

  std::string action(const ResolvedAction& action) const {
    std::vector<std::string> of;
    for (const auto item : action.items) of.push_back(drugs_at(item));
    for (const auto id : action.concepts) of.push_back(run_.terminology->at(id).name);
    auto text = (action.now ? "now " : "") + action.verb;
    if (!of.empty()) text += " " + joined(of, " and ", false);
    return action.text.empty() ? text : text + " " + action.text;
  }

  std::string heads(const std::vector<ResolvedHead>& heads) const {
    std::vector<std::string> parts;
    for (const auto& one : heads) parts.push_back(head(one));
    return joined(parts, " and ", false);
  }

 private:
  std::string name_of_item(std::uint32_t index) const {
    if (rule_ == nullptr || index >= rule_->items.size()) return fmt::format("drug {}", index + 1);
    const auto& item = rule_->items[index];
    return item.role.empty() ? "the matched " + this->item(item) : "the " + item.role;
  }

  std::string item(const ResolvedItem& item) const {
    return std::visit([&](const auto& what) { return one(what); }, item.what);
  }
  std::string one(const DrugItem& item) const { return drugs(item.any_of); }
  std::string one(const EffectItem& item) const {
    std::vector<std::string> parts;
    for (const auto effect : item.any_of) parts.push_back(run_.effect_name(effect));
    return fmt::format("{}, as concluded from other drugs,", joined(parts, " or ", true));
  }
  std::string one(const CountItem& item) const { return fmt::format("at least {} different drugs of {}", item.at_least, drugs(item.any_of)); }
  std::string one(const SumItem& item) const { return sum(item.sum); }
  std::string sum(const SummedDrugs& what) const {
    const auto& table = run_.terminology->at(what.sum);
    const auto unit = table.kind == Summed::Kind::points || what.by == SummedDrugs::By::count ? std::string() : " " + table.unit.text;
    std::vector<std::string> parts;
    for (const auto& limit : what.limits) parts.push_back(in_words(limit.order) + " " + number(limit.value) + unit);
    if (what.by == SummedDrugs::By::count)
      return fmt::format("the number of different {} that count in {} {}", drugs(what.any_of), table.name, joined(parts, " and ", true));
    const auto together = what.by == SummedDrugs::By::most ? "the highest {} among all {} {}" : "the {} of all {} together {}";
    return fmt::format(fmt::runtime(together), table.name, drugs(what.any_of), joined(parts, " and ", true));
  }
  std::string one(const SameItem& item) const {
    if (item.members.empty()) return fmt::format("at least {} entries of the same ingredient", item.at_least);
    std::vector<std::string> parts;
    for (const auto member : item.members) parts.push_back(run_.terminology->at(member).name);
    return fmt::format("at least {} different drugs of the same class among {}", item.at_least, joined(parts, " and ", true));
  }
  std::string one(const AbruptStopItem& item) const {
    const auto after = item.after_longer_than ? " after longer than " + in_words(*item.after_longer_than) : std::string();
    return fmt::format("{} stopped abruptly{}", drugs(item.any_of), after);
  }
  std::string one(const GuardItem& item) const { return guard(item.guard); }

  // What all of several leave out, said once.
  const std::vector<DrugAlternative>& common_except(const std::vector<DrugAlternative>& alternatives) const {
    static const std::vector<DrugAlternative> none;
    if (alternatives.size() < 2) return none;
    const auto& first = alternatives.front().except;
    const auto same = [&](const DrugAlternative& one) { return one.tests.empty() && !one.except.empty() && same_drugs(one.except, first); };
    return std::all_of(alternatives.begin(), alternatives.end(), same) ? first : none;
  }
  static DrugAlternative without_except(DrugAlternative drug) {
    drug.except.clear();
    return drug;
  }

  std::string drug(const DrugAlternative& drug) const {
    std::string text;
    if (drug.as_needed) text += *drug.as_needed ? "as needed " : "regular ";
    for (const auto route : drug.routes) text += run_.terminology->at(route).name + " ";
    for (const auto form : drug.forms) text += run_.terminology->at(form).name + " ";
    text += drug.concept_id ? run_.terminology->at(*drug.concept_id).name : "any drug";
    if (drug.except.empty()) return text + tests(drug.tests);
    text += " except " + drugs(drug.except);
    return drug.tests.empty() ? text : fmt::format("({}){}", text, tests(drug.tests));
  }

  std::string tests(const std::vector<DrugTest>& tests) const {
    std::vector<std::string> parts;
    for (const auto& test : tests) parts.push_back(std::visit([&](const auto& what) { return words(what); }, test));
    return parts.empty() ? "" : " " + joined(parts, " and ", false);
  }
  std::string words(const DoseTest& test) const {
    constexpr std::array<std::string_view, 5> names{"total daily dose", "maximum daily dose", "single dose", "dosing interval", "cumulative dose"};
    const auto of = names[static_cast<std::size_t>(test.of)];
    const auto each =
        test.per ? " for each " + run_.terminology->at(*test.per).unit.text + " of " + run_.terminology->at(*test.per).name : std::string();
    if (test.table) return fmt::format("at a {} {} {}{}", of, in_words(test.order), test.table->name, each);
    return fmt::format("at a {} {} {} {}{}", of, in_words(test.order), number(test.limit), test.unit.text, each);
  }
  std::string words(const StoppedWithin& test) const { return "stopped within the last " + in_words(test.within); }
  std::string words(const StartedWithin& test) const { return "started within the last " + in_words(test.within); }
  std::string words(const TakenFor& test) const {
    const auto so_far = test.so_far ? " so far" : "";
    if (test.or_equal) return fmt::format("taken for {} {}{}", test.longer ? "at least" : "at most", in_words(test.than), so_far);
    return fmt::format("taken {} than {}{}", test.longer ? "longer" : "shorter", in_words(test.than), so_far);
  }
  std::string words(const ChangedWithin& test) const { return "with its dose changed within the last " + in_words(test.within); }
  std::string words(const EventRelative& test) const {
    constexpr std::array<std::string_view, 3> events{"started", "stopped", "with its dose changed"};
    const auto within = test.within ? "within " + in_words(*test.within) + " " : std::string();
    return fmt::format("{} {}{} {}", events[static_cast<std::size_t>(test.event)], within, test.after ? "after" : "before", other_item(test.item));
  }
  std::string words(const IsDerived& test) const { return "that " + run_.effect_name(test.state) + " by another rule"; }
  // Inside an item another one is named without its own tests, which may speak of this.
  std::string other_item(std::uint32_t index) const {
    const bool has_role = rule_ != nullptr && index < rule_->items.size() && !rule_->items[index].role.empty();
    return (has_role ? "" : "the matched ") + drugs_at(index);
  }
  std::string drugs_at(std::uint32_t index) const {
    if (rule_ == nullptr || index >= rule_->items.size()) return fmt::format("drug {}", index + 1);
    const auto& item = rule_->items[index];
    if (!item.role.empty()) return "the " + item.role;
    const auto* drugs_there = drugs_of_item(item);
    if (drugs_there == nullptr) return this->item(item);
    auto plain = *drugs_there;
    for (auto& one : plain) one.tests.clear();
    return drugs(plain);
  }

  std::string body(const ResolvedGuard& guard) const {
    using Kind = ResolvedGuard::Kind;
    if (guard.kind == Kind::leaf) return leaf(guard);
    if (guard.kind == Kind::negation) return "no " + bracketed(guard.children.front());
    std::vector<std::string> parts;
    for (const auto& child : guard.children) parts.push_back(this->guard(child));
    if (guard.kind == Kind::count && !guard.points.empty()) {
      for (std::size_t i = 0; i < parts.size(); ++i) parts[i] = fmt::format("{} if {}", number(guard.points[i]), parts[i]);
      return fmt::format("{} {} points of ({})", guard.beyond ? "above" : "at least", number(guard.limit), joined(parts, "; ", false));
    }
    if (guard.kind == Kind::count) return fmt::format("at least {} of ({})", guard.at_least, joined(parts, "; ", false));
    if (parts.empty()) return "always";
    return joined(parts, guard.kind == Kind::all_of ? " and " : " or ", true);
  }

  std::string bracketed(const ResolvedGuard& guard) const {
    const auto text = this->guard(guard);
    return text.find(' ') == std::string::npos || text.front() == '(' ? text : "(" + text + ")";
  }

  std::string leaf(const ResolvedGuard& guard) const {
    return std::visit([&](const auto& what) { return fact(what); }, guard.leaf);
  }
  std::string fact(const HasCondition& has) const {
    auto text = run_.terminology->at(has.condition).name;
    if (has.within) text += " within the last " + in_words(*has.within);
    if (has.length) text += fmt::format(" for {} than {}", has.length->first ? "longer" : "shorter", in_words(has.length->second));
    return text;
  }
  std::string fact(const Measures& measures) const {
    if (measures.of != Measures::Of::observation) {
      constexpr std::array<std::string_view, 5> units{"", "years", "months", "weeks", "days"};
      return fmt::format("age {} {} {}", in_words(measures.order), number(measures.limit), units[static_cast<std::size_t>(measures.of)]);
    }
    const auto& observation = run_.terminology->at(measures.observation);
    const auto within = measures.within ? " within the last " + in_words(*measures.within) : std::string();
    return fmt::format("{} {} {} {}{}", observation.name, in_words(measures.order), number(measures.limit), observation.unit.text, within);
  }
  std::string fact(const IsSex& sex) const { return sex.female ? "female" : "male"; }
  std::string fact(const TakesDrug& takes) const {
    switch (takes.which) {
      case TakesDrug::Which::patient:
        return drugs(takes.any_of) + " taken";
      case TakesDrug::Which::any:
        return "any " + drugs(takes.any_of) + " taken, matched or not";
      case TakesDrug::Which::other:
        return "an unmatched " + drugs(takes.any_of) + " taken";
      case TakesDrug::Which::item:
        break;
    }
    std::vector<std::string> parts;
    for (const auto& one : takes.any_of) parts.push_back((qualifiers(one) + tests(one.tests)).substr(1));
    return other_item(takes.item) + (parts.empty() ? "" : " ") + joined(parts, " or ", true);
  }
  std::string qualifiers(const DrugAlternative& drug) const {
    auto bare = drug;
    bare.concept_id.reset();
    bare.except.clear();
    bare.tests.clear();
    const auto text = this->drug(bare);
    constexpr std::string_view tail = "any drug";
    return text.size() > tail.size() ? " " + text.substr(0, text.size() - tail.size() - 1) : std::string();
  }
  std::string fact(const HasAllergy& allergy) const {
    return (allergy.intolerance ? "intolerance to " : "allergy to ") + (allergy.to_item ? name_of_item(*allergy.to_item) : drugs(allergy.any_of));
  }
  std::string fact(const HasEffect& has) const {
    return (run_.is_state(has.effect) ? "the patient " : "") + run_.effect_name(has.effect) +
           (run_.is_state(has.effect) ? " by another rule" : " concluded by a rule");
  }
  std::string fact(const NoRecent& none) const {
    const auto within = none.within ? "of the last " + in_words(*none.within) + " " : std::string();
    return fmt::format("no value {}of {}", within, run_.terminology->at(none.observation).name);
  }
  std::string fact(const Trend& trend) const {
    const auto& observation = run_.terminology->at(trend.observation);
    return fmt::format("{} {} by at least {} {} within the last {}", observation.name, trend.rising ? "up" : "down", number(trend.by),
                       trend.percent ? "percent" : observation.unit.text, in_words(trend.within));
  }
  std::string fact(const TableValue& value) const {
    if (value.of) return fmt::format("{} {} {}", run_.terminology->at(value.of->observation).name, in_words(value.order), value.table.name);
    return fmt::format("{} {} {}{}", value.table.name, in_words(value.order), number(value.limit), value.unit.empty() ? "" : " " + value.unit);
  }
  std::string fact(const HoursApart& apart) const { return "taken at least " + in_words(apart.by) + " apart"; }
  std::string fact(const CountDrugs& count) const {
    return fmt::format("at least {} different drugs of {} taken", count.at_least, drugs(count.any_of));
  }

  std::string fact(const SummedDrugs& what) const { return sum(what); }

  const Run& run_;
  const ResolvedRule* rule_;
};

bool is_true(const ResolvedGuard& guard) { return guard.kind == ResolvedGuard::Kind::all_of && guard.children.empty(); }

std::string premise_of(const Reader& reader, const ResolvedRule& rule) {
  auto text = reader.items();
  std::vector<std::string> conditions;
  for (const auto& item : rule.items) {
    if (const auto* fact = std::get_if<GuardItem>(&item.what)) conditions.push_back(reader.guard(fact->guard));
  }
  if (rule.guard.kind == ResolvedGuard::Kind::all_of && rule.guard.population.empty()) {
    for (const auto& part : rule.guard.children) conditions.push_back(reader.guard(part));
  } else {
    conditions.push_back(reader.guard(rule.guard));
  }
  if (!conditions.empty()) text += (text.empty() ? "" : " if ") + joined(conditions, " and ", false);
  for (const auto& unless : rule.unless) text += ", unless " + reader.guard(unless);
  return text;
}

std::string exceptions_of(const Reader& reader, const ResolvedRule& rule) {
  std::string text;
  for (const auto& exception : rule.exceptions) {
    switch (exception.kind) {
      case ResolvedException::Kind::silent:
        text += "; silent";
        break;
      case ResolvedException::Kind::lower:
        text += fmt::format("; lowered to {}", to_string(exception.lower_to));
        break;
      case ResolvedException::Kind::replace:
        text += "; instead " + reader.heads(exception.heads);
        break;
    }
    text += fmt::format(" if {} (exception {}", reader.guard(exception.when), exception.label);
    for (const auto below : exception.exceptions) text += ", not where " + rule.exceptions[below].label;
    text += ")";
  }
  return text;
}

}  // namespace

std::string reading_of(const Run& run, const ResolvedRule& rule) {
  const Reader reader(run, &rule);
  auto text = fmt::format("{}: {}", premise_of(reader, rule), rule.heads.empty() ? "no effect" : reader.heads(rule.heads));
  for (const auto& shift : rule.shifts)
    text += fmt::format("; {} to {} if {}", shift.raise ? "raised" : "lowered", to_string(shift.to), reader.guard(shift.guard));
  text += exceptions_of(reader, rule);
  for (const auto& flag : rule.flags) {
    text += "; flag " + run.flag_name(flag.flag);
    if (!is_true(flag.guard)) text += " if " + reader.guard(flag.guard);
  }
  for (const auto& action : rule.actions) text += "; " + reader.action(action);
  return text.back() == '.' ? text : text + ".";
}

std::string reading_of(const Run& run, const ResolvedGuard& guard) { return Reader(run).guard(guard); }
std::string reading_of(const Run& run, const std::vector<DrugAlternative>& alternatives) { return Reader(run).drugs(alternatives); }

}  // namespace theriac::detail

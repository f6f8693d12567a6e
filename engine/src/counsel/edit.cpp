#include "compile/compiled.hpp"
#include "counsel/stop_entry.hpp"
#include "theriac/live.hpp"
#include "theriac/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace theriac {
namespace {

using namespace detail;

grammar::Place place_of(const char* option, const std::string& text) {
  return {grammar::Source::make(option, text), {0, static_cast<std::uint32_t>(text.size())}};
}

Said said(const char* option, const std::string& text) { return {text, place_of(option, text)}; }

std::optional<std::uint32_t> named(const Terminology& terms, std::string_view text, std::initializer_list<NameKind> kinds) {
  for (const auto& name : terms.find(text)) {
    if (std::find(kinds.begin(), kinds.end(), name.kind) != kinds.end()) return name.id;
  }
  return {};
}

std::string suggestion(const Terminology& terms, const std::string& text, const std::vector<NameKind>& kinds) {
  const auto near = terms.suggest(text, kinds);
  return near.empty() ? "" : fmt::format(" Did you mean `{}`?", near.front().name);
}

class Editing {
 public:
  Editing(const RuleBase& rules, const Patient& patient)
      : terms_(rules.terminology()), facts_(understand(patient, terms_)), patient_(patient), before_(patient) {}

  Edited run(const Edits& edits) {
    for (const auto& drug : edits.without) take_away(drug);
    for (const auto& line : edits.with) add(line);
    for (const auto& text : edits.assume) assume(text);
    look_at_added(edits.with.size());
    if (!problems_.empty()) patient_ = before_;
    return {std::move(patient_), std::move(problems_)};
  }

 private:
  void take_away(const std::string& drug) {
    const auto id = named(terms_, drug, {NameKind::ingredient, NameKind::brand, NameKind::drug_class});
    const auto combination = named(terms_, drug, {NameKind::combination});
    if (!id && !combination)
      return problems_.push_back(
          fmt::format("`{}` is no drug here.{}", drug, suggestion(terms_, drug, {NameKind::ingredient, NameKind::brand, NameKind::drug_class})));
    bool some = false;
    for (const auto& exposure : facts_.exposures) {
      const bool taken = exposure.presence == Presence::present || exposure.presence == Presence::unknown;
      if (!taken || !is(exposure.what, id, combination)) continue;
      some = true;
      if (exposure.entry < 0)
        give_up(exposure.what);
      else  // it counts as stopped today, so that what speaks of stopping and washing out speaks
        stop_entry(patient_, exposure, MedicationEntry::Ended::abruptly, "--without");
    }
    if (!some) problems_.push_back(fmt::format("`{}` is not taken here", drug));
  }

  bool is(ConceptId what, const std::optional<std::uint32_t>& id, const std::optional<std::uint32_t>& combination) const {
    if (id) return terms_.membership(what, make_id<ConceptId>(*id)) == Truth::yes;
    const auto& parts = terms_.at(make_id<CombinationId>(*combination)).ingredients;
    return std::find(parts.begin(), parts.end(), what) != parts.end();
  }

  void give_up(ConceptId what) {
    for (auto& habit : patient_.habits) {
      if (named(terms_, habit.name.text, {NameKind::ingredient, NameKind::brand}) == index(what)) habit.value.text = "none";
    }
  }

  void add(const std::string& line) {
    auto entry = medication(line);
    entry.text.at = entry.drug.at = entry.at = place_of("--with", line);
    entry.status = Status::proposed;
    entry.start = When{patient_.as_of, patient_.as_of};
    patient_.medications.push_back(std::move(entry));
  }

  // What nobody knows must not be left out silently.
  void look_at_added(std::size_t count) {
    if (count == 0) return;
    const auto first = patient_.medications.size() - count;
    for (const auto& entry : understand(patient_, terms_).not_screened) {
      if (static_cast<std::size_t>(entry.entry) < first) continue;
      const auto near = entry.suggestions.empty() ? "" : fmt::format(" Did you mean `{}`?", entry.suggestions.front());
      problems_.push_back(fmt::format("`{}`: {}.{}", entry.text, entry.reason, near));
    }
  }

  void assume(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
      return problems_.push_back(fmt::format("`{}`: write NAME=VALUE, as in eGFR=45", text));
    auto name = text.substr(0, equals), value = text.substr(equals + 1);
    while (name.ends_with(' ')) name.pop_back();
    while (value.starts_with(' ')) value.erase(0, 1);
    if (name == "age") return assume_age(text, value);
    if (name == "sex") return assume_sex(value);
    if (const auto id = named(terms_, name, {NameKind::observation})) return measure(make_id<ObservationId>(*id), name, value);
    if (const auto id = named(terms_, name, {NameKind::condition})) return have(make_id<ConditionId>(*id), name, value);
    problems_.push_back(
        fmt::format("`{}` is no measurement or condition here.{}", name, suggestion(terms_, name, {NameKind::observation, NameKind::condition})));
  }

  void assume_age(const std::string& text, const std::string& value) {
    const auto years = Rational::parse(value.substr(0, value.find(' ')));
    if (!years || years->denominator() != 1 || years->numerator() < 0 || years->numerator() > oldest_years)
      return problems_.push_back(fmt::format("`{}` is no age in years", value));
    const auto months = static_cast<std::int32_t>(years->numerator()) * 12;
    patient_.age = Age{months, months + 11, years->to_string() + " years", place_of("--assume", text)};
  }

  void assume_sex(const std::string& value) {
    if (value != "female" && value != "male") return problems_.push_back(fmt::format("`{}`: female or male", value));
    patient_.sex = value;
  }

  void measure(ObservationId id, const std::string& name, const std::string& value) {
    std::erase_if(patient_.observations,
                  [&](const ObservationEntry& entry) { return named(terms_, entry.name.text, {NameKind::observation}) == index(id); });
    const auto blank = value.find(' ');
    ObservationEntry entry;
    entry.name = said("--assume", name);
    entry.value = said("--assume", value.substr(0, blank));
    entry.unit = said("--assume", blank == std::string::npos ? terms_.at(id).unit.text : value.substr(blank + 1));
    entry.date = When{patient_.as_of, patient_.as_of};
    patient_.observations.push_back(std::move(entry));
    const auto after = understand(patient_, terms_);
    for (const auto& wrong : after.not_understood) {
      if (wrong.at.starts_with("--assume")) problems_.push_back(fmt::format("`{}={}`: {}", name, value, wrong.reason));
    }
  }

  void have(ConditionId id, const std::string& name, const std::string& value) {
    if (value != "yes" && value != "no") return problems_.push_back(fmt::format("`{}={}`: yes or no", name, value));
    std::erase_if(patient_.conditions,
                  [&](const ConditionEntry& entry) { return named(terms_, entry.text.text, {NameKind::condition}) == index(id); });
    ConditionEntry entry;
    entry.text = said("--assume", name);
    entry.is = value == "yes" ? ConditionEntry::Is::present : ConditionEntry::Is::absent;
    patient_.conditions.push_back(std::move(entry));
  }

  const Terminology& terms_;
  Facts facts_;
  Patient patient_;
  const Patient& before_;
  std::vector<std::string> problems_;
};

}  // namespace

Edited edit(const RuleBase& rules, const Patient& patient, const Edits& edits) { return Editing(rules, patient).run(edits); }

}  // namespace theriac

#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace theriac::detail {
namespace {

// Years where the age is told in years; 0 where it is told finer or not at all.
int years(std::string_view age) {
  int count = 0;
  const auto end = std::from_chars(age.data(), age.data() + age.size(), count).ptr;
  const std::string_view rest(end, static_cast<std::size_t>(age.data() + age.size() - end));
  return rest.empty() || rest.starts_with(" year") ? count : 0;
}

std::string sex_word(const Screening& screening) {
  const bool range = screening.age.find(" to ") != std::string::npos;  // "82 to 83 years"
  const auto least = range ? years(screening.age.substr(0, screening.age.find(" to "))) : years(screening.age);
  const bool child = !screening.age.empty() && least < 18;
  if (screening.sex == "female") return child ? "girl" : "woman";
  if (screening.sex == "male") return child ? "boy" : "man";
  return screening.sex == "other" ? "sex: other" : "sex not stated";
}

// The kinds of sources.yaml, those that bind most first.
std::size_t rank(std::string_view kind) {
  constexpr std::array<std::string_view, 6> kinds = {"boxed warning",        "contraindication", "label",
                                                     "safety communication", "guideline",        "consensus criteria"};
  return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

using Drugs = std::vector<std::string>;

// Does every support have two drugs, one of them the same in all? Its place in `drugs`.
std::optional<std::size_t> common_partner(const Finding& finding) {
  if (finding.supports.size() < 2 || finding.supports.size() != finding.supports_total || finding.supports.size() + 1 != finding.drugs.size())
    return {};
  for (std::size_t i = 0; i < finding.drugs.size(); ++i) {
    const bool in_all = std::all_of(finding.supports.begin(), finding.supports.end(), [&](const Drugs& support) {
      return support.size() == 2 && std::find(support.begin(), support.end(), finding.drugs[i]) != support.end();
    });
    if (in_all) return i;
  }
  return {};
}

std::string first_and_more(const Drugs& shown, std::size_t columns) {
  auto two = fmt::format("{} + {} + {} more", shown[0], shown[1], shown.size() - 2);
  if (shown.size() > 2 && width(two) <= columns) return two;
  return shortened(fmt::format("{} + {} more", shown[0], shown.size() - 1), columns);
}

// "acetylsalicylic acid (aspirin)" → "aspirin": the list's own word, for where the whole has no room.
Drugs list_words(Drugs shown) {
  for (auto& name : shown) {
    const auto open = name.rfind(" (");
    if (open != std::string::npos && name.ends_with(')')) name = name.substr(open + 2, name.size() - open - 3);
  }
  return shown;
}

Drugs without(Drugs drugs, std::size_t one) {
  drugs.erase(drugs.begin() + static_cast<std::ptrdiff_t>(one));
  return drugs;
}

}  // namespace

std::string person(const Screening& screening) {
  const auto age = years(screening.age) > 0 ? std::to_string(years(screening.age)) : printable(screening.age);
  return fmt::format("{}, {}", sex_word(screening), age.empty() ? "age not stated" : age);
}

std::string source_note(const Finding& finding) {
  if (finding.sources.empty()) return finding.evidence.empty() ? "" : fmt::format("evidence {}", printable(finding.evidence));
  const auto best = std::min_element(finding.sources.begin(), finding.sources.end(),
                                     [](const FindingSource& a, const FindingSource& b) { return rank(a.kind) < rank(b.kind); });
  const auto kind = best->kind == "safety communication" ? "safety notice" : best->kind == "consensus criteria" ? "criteria" : printable(best->kind);
  const bool placed = !best->jurisdiction.empty() && best->jurisdiction != "none";
  return placed ? fmt::format("{}, {}", kind, printable(best->jurisdiction)) : kind;
}

std::string rule_status_words(std::string_view status) {
  if (status == "draft") return "the rule is a draft: no second reader has compared it with its source";
  if (status == "checked") return "the rule is checked: a second reader compared it with its source; no clinician has";
  return status.empty() ? "the rule does not say whether it was checked" : "the rule is " + printable(status);
}

std::string seen_words(std::string_view seen) {
  return seen == "no" || seen.empty() ? "source text not seen by us" : "source text seen on " + printable(seen);
}

std::string kind_words(std::string_view kind, std::string_view jurisdiction) {
  return jurisdiction.empty() || jurisdiction == "none" ? printable(kind) : printable(kind) + ", " + printable(jurisdiction);
}

const std::string& shown_as(const Finding& finding, const std::string& drug) {
  const auto at = static_cast<std::size_t>(std::find(finding.drugs.begin(), finding.drugs.end(), drug) - finding.drugs.begin());
  return at < finding.shown.size() ? finding.shown[at] : drug;
}

std::vector<std::string> shown_drugs(const std::vector<std::string>& shown, const std::vector<std::string>& drugs) {
  std::vector<std::string> out;
  for (const auto& name : shown.size() == drugs.size() ? shown : drugs) out.push_back(shortened(name, 60));
  return out;
}

DrugWords drug_words(const Finding& finding, std::size_t columns) {
  const auto shown = shown_drugs(finding.shown, finding.drugs);
  if (shown.empty()) return {"no drug of its own", ""};
  if (shown.size() <= std::max<std::size_t>(finding.enough, 1)) {
    for (const auto& words : {join(shown, " + "), join(list_words(shown), " + ")}) {
      if (width(words) <= columns) return {words, ""};
    }
    return {first_and_more(shown, columns), join(shown, ", ")};
  }
  if (const auto partner = common_partner(finding)) {
    for (const auto& words : {shown, list_words(shown)}) {
      const auto all = fmt::format("{} + {}", words[*partner], join_or(without(words, *partner)));
      if (width(all) <= columns) return {all, ""};
    }
    const auto others = without(shown, *partner);
    return {shortened(fmt::format("{} + any of {} more", shown[*partner], small_number(others.size())), columns), join(others, ", ")};
  }
  if (finding.enough > 2) return {fmt::format("{} drugs, {} suffice", small_number(shown.size()), small_number(finding.enough)), join(shown, ", ")};
  if (const auto all = join(shown, " + "); width(all) <= columns) return {all, ""};
  return {fmt::format("{} drugs together", small_number(shown.size())), join(shown, ", ")};
}

DrugWords each_of(const std::vector<std::string>& shown, std::size_t columns) {
  for (const auto& words : {shown, list_words(shown)}) {
    if (auto all = join(words, ", ") + ", each"; width(all) <= columns) return {std::move(all), ""};
  }
  return {fmt::format("{} drugs, each", small_number(shown.size())), join(shown, ", ")};
}

std::string action_words(const std::string& verb, const std::vector<std::string>& drugs, const std::string& text, const std::string& to) {
  auto out = drugs.empty() ? printable(verb) : join(printable_all(drugs), ", ") + ": " + printable(verb);
  const bool goes_on = text.starts_with("or ") || text.starts_with("and ");  // "a PPI: start, or use another analgesic"
  if (!text.empty())
    out += (!drugs.empty() && goes_on ? ", " : std::string_view(",;:.").find(text.front()) == std::string_view::npos ? " " : "") + printable(text);
  if (!to.empty() && text.find(to) == std::string::npos) out += " to " + printable(to);
  return out;
}

}  // namespace theriac::detail

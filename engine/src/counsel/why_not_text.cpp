#include "report/page.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/why_not.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

constexpr std::size_t others_told = 3;

bool stands_in_the_way(const Premise& premise) { return premise.blocks || premise.holds < Truth::listed; }

std::string state_word(const Premise& premise) {
  if (premise.blocks) return "BLOCKED";
  if (premise.holds == Truth::no) return "FALSE";
  return premise.holds >= Truth::listed ? "true" : premise.holds == Truth::possible ? "unknown" : "open";
}

// "NSAID: diclofenac gel counts as local"
std::string premise_words(const Premise& premise) {
  auto words = printable(premise.text);
  if (!premise.value.empty() && premise.value != premise.text) words += ": " + printable(premise.value);
  if (premise.value.empty() && premise.holds == Truth::no && premise.kind == "guard") words += ": not so by what is stated";
  return words;
}

// The first thing in the way, in a few words.
std::string reason(const NearMiss& near) {
  const auto first = [&](auto fits) -> const Premise* {
    const auto at = std::find_if(near.premises.begin(), near.premises.end(), fits);
    return at == near.premises.end() ? nullptr : &*at;
  };
  const auto* premise = first([](const Premise& each) { return each.holds == Truth::no && !each.blocks; });
  if (premise == nullptr) premise = first([](const Premise& each) { return each.blocks; });
  if (premise == nullptr) premise = first(stands_in_the_way);
  if (premise == nullptr) return {};
  if (premise->blocks) return "silenced: " + printable(premise->text);
  if (premise->at.empty() && premise->kind != "guard") return fmt::format("{} for `{}`", printable(premise->value), printable(premise->text));
  return premise->value.empty() || premise->kind == "guard" ? premise_words(*premise) : printable(premise->value);
}

std::string drugs_of(const NearMiss& near) { return join(printable_all(near.shown), " + "); }

// The first few.
std::vector<std::string> few(std::vector<std::string> words) {
  constexpr std::size_t most = 3;
  if (words.size() <= most) return words;
  const auto left = words.size() - most + 1;
  words.resize(most - 1);
  words.push_back(plural(left, "more thing", "more things"));
  return words;
}

// What nobody mentioned and would make it speak, of the drugs that come nearest.
std::string if_it_were(const WhyNot& answer) {
  std::vector<std::string> inputs;
  for (const auto& premise : answer.nearest.empty() ? std::vector<Premise>{} : answer.nearest.front().premises) {
    for (const auto& need : premise.needs) {
      if (premise.holds == Truth::open && std::find(inputs.begin(), inputs.end(), need.input) == inputs.end())
        inputs.push_back(printable(need.input));
    }
  }
  return inputs.empty() ? "with something that nobody mentioned" : "with " + join_or(few(std::move(inputs))) + ", which nobody mentioned";
}

std::string heading(const WhyNot& answer) {
  const auto name = answer.title.empty() ? printable(answer.rule) : fmt::format("{} ({})", printable(answer.title), printable(answer.rule));
  const auto where = answer.findings.empty() ? std::string() : ": " + join(printable_all(answer.findings), ", ");
  switch (answer.is) {
    case WhyNot::Is::fires:
      return fmt::format("{} is not silent: it speaks{}.", name, where.empty() ? ", for other rules to read" : " in" + where.substr(1));
    case WhyNot::Is::undecided:
      return fmt::format("{} is undecided for want of {}.", name, join(few(needs_told(answer.needs)), ", "));
    case WhyNot::Is::open:
      return fmt::format("{} stayed silent. It would speak {}.", name, if_it_were(answer));
    case WhyNot::Is::not_loaded:
      return fmt::format("{} is not loaded: {}.", name, printable(answer.because));
    default:
      break;
  }
  if (answer.nearest.empty()) return fmt::format("{} stayed silent.", name);
  const auto& near = answer.nearest.front();
  auto words = reason(near);
  if (near.shown.empty()) return fmt::format("{} stayed silent: {}.", name, words);
  if (const auto drug = drugs_of(near) + ": "; words.starts_with(drug)) words.erase(0, drug.size());
  if (!answer.findings.empty())
    return fmt::format("{} is silent of {}: {}. Of others it speaks{}.", name, drugs_of(near), words, " in" + where.substr(1));
  return fmt::format("{} stayed silent. Nearest: {}: {}.", name, drugs_of(near), words);
}

void add_premises(Page& page, const NearMiss& near) {
  const auto place_at = page.columns() * 70 / 98;
  for (const auto& premise : near.premises) {
    if (premise.holds == Truth::yes && (premise.kind == "time" || premise.kind == "unless" || premise.kind == "exception")) continue;
    const auto word = state_word(premise);
    const auto ink = word == "true" ? Ink::faint : word == "FALSE" || word == "BLOCKED" ? Ink::bold : Ink::plain;
    const auto place = without_column(premise.at.empty() ? premise.in_rule : premise.at);
    const auto words = premise_words(premise);
    if (width(words) + 12 <= place_at) {
      page.line(page.ink(ink, fmt::format("   {:<8} ", word)) + pad(words, place_at - 12) + " " + place);
    } else {
      page.paragraph(fmt::format("   {:<8} ", word), 12, words, ink);
      if (!place.empty()) page.line(std::string(12, ' ') + place);
    }
    if (premise.holds == Truth::possible || premise.holds == Truth::open) {
      if (const auto needs = needs_told(premise.needs, true); !needs.empty()) page.items("            needs ", 12, needs);
    }
  }
}

void add_others(Page& page, const WhyNot& answer) {
  std::size_t told = 0;
  for (const auto& near : answer.nearest) {
    if (&near == &answer.nearest.front() || near.shown.empty()) continue;
    if (++told > others_told) break;
    page.paragraph(told == 1 ? "   also near  " : "              ", 14, fmt::format("{}: {}", drugs_of(near), reason(near)));
  }
}

}  // namespace

std::string why_not_text(const WhyNot& answer, const TextStyle& style) {
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  page.paragraph("", 0, heading(answer), Ink::bold);
  if (answer.is == WhyNot::Is::fires) {
    if (!answer.findings.empty())
      page.line(fmt::format("   the proof: theriac explain {} {}", printable(answer.source), printable(answer.findings.front())));
    return page.text();
  }
  if (answer.is == WhyNot::Is::not_loaded || answer.nearest.empty()) return page.text();
  add_premises(page, answer.nearest.front());
  add_others(page, answer);
  page.line(fmt::format("   the rule   {}{}", without_column(answer.at), answer.status == "draft" ? " · a draft" : ""));
  return page.text();
}

}  // namespace theriac

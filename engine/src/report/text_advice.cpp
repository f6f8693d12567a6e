#include "report/text_advice.hpp"

#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace theriac::detail {
namespace {

using Actions = std::vector<GroupAction>;
using Words = std::set<std::string>;

// "check haemoglobin, and ask about bruises" → check, haemoglobin, ask, about, bruises.
Words words_of(const GroupAction& action) {
  Words out;
  std::string word;
  for (const char c : action.verb + " " + action.text + " ") {
    if (std::string_view(" ,;.:()").find(c) == std::string_view::npos) {
      word += c;
    } else if (!word.empty()) {
      if (word != "and" && word != "or") out.insert(word);
      word.clear();
    }
  }
  return out;
}

// What only accompanies the treatment: said once where longer words say all of it.
bool accompanies(const GroupAction& action) {
  constexpr std::array<std::string_view, 4> verbs = {"monitor", "check", "ask", "inform"};
  return action.drugs.empty() && std::find(verbs.begin(), verbs.end(), action.verb) != verbs.end();
}

bool says_all_of(const GroupAction& longer, const GroupAction& shorter) {
  if (longer.verb == shorter.verb && longer.drugs == shorter.drugs && longer.text.starts_with(shorter.text)) return true;
  if (!accompanies(longer) || !accompanies(shorter)) return false;
  const auto has = words_of(longer), wants = words_of(shorter);
  return std::includes(has.begin(), has.end(), wants.begin(), wants.end());
}

Actions of_time(const Actions& actions, bool now) {
  Actions out;
  std::copy_if(actions.begin(), actions.end(), std::back_inserter(out), [&](const GroupAction& action) { return action.now == now; });
  return out;
}

// Advice that other advice of the group holds whole is left to it.
Actions without_repetition(const Actions& actions) {
  Actions out;
  for (const auto& action : actions) {
    if (std::any_of(out.begin(), out.end(), [&](const GroupAction& told) { return says_all_of(told, action); })) continue;
    const auto shorter = std::find_if(out.begin(), out.end(), [&](const GroupAction& told) { return says_all_of(action, told); });
    if (shorter == out.end())
      out.push_back(action);
    else
      *shorter = action;
  }
  return out;
}

// What is to be done now need not be planned.
Actions beyond(const Actions& now, Actions plan) {
  std::erase_if(plan, [&](const GroupAction& action) {
    return std::any_of(now.begin(), now.end(), [&](const GroupAction& sooner) { return says_all_of(sooner, action); });
  });
  return plan;
}

// The same advice for several drugs is one item.
Actions joined(const Actions& actions) {
  Actions out;
  for (const auto& action : actions) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const GroupAction& each) {
      return each.verb == action.verb && each.to == action.to && each.text == action.text && !each.drugs.empty() && !action.drugs.empty();
    });
    if (same != out.end())
      same->drugs.insert(same->drugs.end(), action.drugs.begin(), action.drugs.end());
    else
      out.push_back(action);
  }
  for (auto& action : out) std::sort(action.drugs.begin(), action.drugs.end());
  return out;
}

class Advice {
 public:
  Advice(const ProblemGroup& group, const std::vector<const Finding*>& findings, const AdviceStyle& style, Told& told)
      : group_(group), findings_(findings), style_(style), told_(told) {
    for (const auto* finding : findings) {
      for (std::size_t i = 0; i < finding->drugs.size() && i < finding->shown.size(); ++i) words_.emplace(finding->drugs[i], finding->shown[i]);
    }
  }

  std::vector<std::string> items(bool now) {
    auto actions = of_time(group_.actions, now);
    if (!style_.all) actions = not_yet_told(without_repetition(now ? actions : beyond(of_time(group_.actions, true), actions)));
    std::vector<std::string> out;
    for (const auto& action : joined(actions)) {
      if (!action.drugs.empty()) out.push_back(action_words(action.verb, shown(action.drugs), action.text, action.to));
    }
    add_general(actions, now, out);
    add_references(out);
    if (!now) add_never(out);
    return out;
  }

 private:
  std::vector<std::string> shown(const std::vector<std::string>& drugs) const {
    std::vector<std::string> out;
    out.reserve(drugs.size());
    for (const auto& drug : drugs) out.push_back(shortened(words_.contains(drug) ? words_.at(drug) : drug, 60));
    return out;
  }

  // Was this said of the drug before, and no less urgently? Then where.
  std::string told_in(const GroupAction& action, const std::string& drug) {
    const auto key = fmt::format("{}\n{}\n{}\n{}", drug, action.verb, action.to, action.text);
    const auto [at, fresh] = told_.advice.try_emplace(key, action.now, group_.ref);
    if (fresh || at->second.second == group_.ref || (action.now && !at->second.first)) return {};
    return at->second.second;
  }

  Actions not_yet_told(Actions actions) {
    for (auto& action : actions) {
      if (action.drugs.empty()) {
        if (const auto ref = told_in(action, ""); !ref.empty()) {
          elsewhere_[ref];
          action.verb.clear();
        }
        continue;
      }
      std::erase_if(action.drugs, [&](const std::string& drug) {
        const auto ref = told_in(action, drug);
        if (!ref.empty()) elsewhere_[ref].insert(drug);
        return !ref.empty();
      });
      if (action.drugs.empty()) action.verb.clear();
    }
    std::erase_if(actions, [](const GroupAction& action) { return action.verb.empty(); });
    return actions;
  }

  // What names no drug, a verb said once: "monitor for drowsiness; for slow breathing". What cannot wait is never cut.
  void add_general(const Actions& actions, bool now, std::vector<std::string>& out) const {
    std::vector<std::pair<std::string, std::string>> verbs;  // verb, all of its words
    std::size_t written = 0, cut = 0;
    for (const auto& action : actions) {
      if (!action.drugs.empty()) continue;
      const auto same = std::find_if(verbs.begin(), verbs.end(), [&](const auto& each) { return each.first == action.verb; });
      const bool repeats = same != verbs.end() && !accompanies(action);  // "taper one of them" says enough, once
      if (!now && !style_.all && (written == style_.most || repeats)) {
        ++cut;
        continue;
      }
      ++written;
      const auto words = action_words(action.verb, {}, action.text, action.to);
      if (same == verbs.end())
        verbs.emplace_back(action.verb, words);
      else
        same->second += "; " + (words.size() > action.verb.size() ? words.substr(action.verb.size() + 1) : words);
    }
    for (auto& [verb, words] : verbs) out.push_back(std::move(words));
    if (cut > 0) out.push_back(fmt::format("+ {} more: {}", cut, style_.rest));
  }

  void add_references(std::vector<std::string>& out) {
    for (const auto& [ref, drugs] : elsewhere_) {
      out.push_back(drugs.empty() ? fmt::format("also as in {}", ref)
                                  : fmt::format("{}: see {}", join(shown({drugs.begin(), drugs.end()}), ", "), ref));
    }
    elsewhere_.clear();
  }

  // The drugs of the plan of which some advice says what it must never become.
  void add_never(std::vector<std::string>& out) {
    std::set<std::string> planned, never;
    for (const auto& action : group_.actions) {
      if (!action.now) planned.insert(action.drugs.begin(), action.drugs.end());
    }
    const auto look = [&](const std::vector<ActionAdvice>& actions) {
      for (const auto& advice : actions) {
        if (advice.never.empty()) continue;
        std::copy_if(advice.drugs.begin(), advice.drugs.end(), std::inserter(never, never.end()), [&](const std::string& drug) {
          return planned.contains(drug) && (style_.all || told_.never_abrupt.insert(drug).second || never.contains(drug));
        });
      }
    };
    for (const auto* finding : findings_) {
      look(finding->actions);
      for (const auto& besides : finding->besides) look(besides.actions);
    }
    if (!never.empty()) out.push_back("no abrupt stop: " + join(shown({never.begin(), never.end()}), ", "));
  }

  const ProblemGroup& group_;
  const std::vector<const Finding*>& findings_;
  const AdviceStyle& style_;
  Told& told_;
  std::map<std::string, std::string> words_;                // ingredient → the word of the list
  std::map<std::string, std::set<std::string>> elsewhere_;  // earlier group → drugs whose advice stands there
};

}  // namespace

AdviceItems advice_items(const ProblemGroup& group, const std::vector<const Finding*>& findings, const AdviceStyle& style, Told& told) {
  Advice advice(group, findings, style, told);
  auto now = advice.items(true);
  return {std::move(now), advice.items(false)};
}

void write_advice(Page& page, const ProblemGroup& group, const std::vector<const Finding*>& findings, const AdviceStyle& style, Told& told) {
  const auto items = advice_items(group, findings, style, told);
  page.items("   now   ", 9, items.now, " · ", Ink::bold);
  page.items("   plan  ", 9, items.plan, " · ", Ink::bold);
}

}  // namespace theriac::detail

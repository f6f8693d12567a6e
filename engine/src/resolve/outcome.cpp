// What a rule concludes: effects and flags. Those that nobody declared are inferred, each with one warning that names what is near.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

grammar::Diagnostic inferred(const Run& run, const Scope& scope, grammar::Span span, const std::string& name, std::string_view noun, NameKind kind) {
  auto diagnostic =
      grammar::diagnose(Code::TH2003, scope.place(span), fmt::format("`{}` is declared nowhere and taken as {} of its own", name, noun));
  const auto near = run.names.suggest(name, {kind}, false);
  std::string list;
  for (const auto& one : near) list += (list.empty() ? "`" : " or `") + one.name + "`";
  if (!list.empty()) {
    diagnostic.help.push_back(fmt::format("did you mean {}?", list));
  } else if (kind == NameKind::effect) {
    diagnostic.help.push_back(fmt::format("declare it: `effect {}: problem …`", name));
  }
  return diagnostic;
}

std::optional<EffectId> known_effect(const Run& run, std::string_view name) {
  for (const auto& meaning : run.names.find(name)) {
    if (meaning.kind == Kind::effect) return static_cast<EffectId>(meaning.id);
  }
  return std::nullopt;
}

std::optional<EffectId> effect_named(Run& run, const Scope& scope, const std::string& name, grammar::Span span) {
  if (const auto known = known_effect(run, name)) return known;
  const auto key = normalise(name);
  const auto reported = "effect " + key;
  if (!run.report.add_use(reported, scope.place(span))) {
    run.report.add_once(reported, inferred(run, scope, span, name, "an effect", NameKind::effect));
  }
  if (run.report.strict()) return std::nullopt;
  if (const auto found = run.inferred_effects.find(key); found != run.inferred_effects.end()) return found->second;
  const auto id = make_id<EffectId>(run.terminology->data().effects.size() + run.new_effects.size());
  Effect effect;
  effect.name = name;
  effect.inferred = true;
  effect.at = scope.place(span);
  run.new_effects.push_back(std::move(effect));
  run.inferred_effects.emplace(key, id);
  return id;
}

std::optional<FlagId> known_flag(const Run& run, const grammar::Phrase& phrase, std::size_t begin) {
  for (const auto& meaning : run.names.at(phrase, begin, phrase.words.size())) {
    if (meaning.kind == Kind::flag) return static_cast<FlagId>(meaning.id);
  }
  return std::nullopt;
}

std::optional<std::uint32_t> population_at(const Run& run, const grammar::Phrase& phrase, std::size_t end) {
  for (const auto& meaning : run.names.at(phrase, 0, end)) {
    if (meaning.kind == Kind::population) return meaning.id;
  }
  return std::nullopt;
}

std::string words_from(const grammar::Phrase& phrase, std::size_t begin) {
  std::string text;
  for (auto i = begin; i < phrase.words.size(); ++i) text += (text.empty() ? "" : " ") + phrase.words[i].text;
  return text;
}

std::optional<FlagId> flag_named(Run& run, const Scope& scope, const grammar::Phrase& phrase, std::size_t begin) {
  if (const auto known = known_flag(run, phrase, begin)) return *known;
  const auto name = words_from(phrase, begin);
  const auto key = normalise(name);
  const grammar::Span span{phrase.words[begin].span.begin, phrase.words.back().span.end};
  const auto reported = "flag " + key;
  if (!run.report.add_use(reported, scope.place(span))) {
    run.report.add_once(reported, inferred(run, scope, span, name, "a flag", NameKind::flag));
  }
  if (run.report.strict()) return std::nullopt;
  if (const auto found = run.inferred_flags.find(key); found != run.inferred_flags.end()) return found->second;
  const auto id = make_id<FlagId>(run.terminology->data().flags.size() + run.new_flags.size());
  run.new_flags.push_back(name);
  run.inferred_flags.emplace(key, id);
  return id;
}

// How many words of `elderly fall risk` are the population: none where the whole is a flag, else those that leave a declared flag, else the most.
std::size_t population_words(const Run& run, const grammar::Phrase& phrase) {
  if (known_flag(run, phrase, 0)) return 0;
  std::size_t longest = 0;
  for (std::size_t words = 1; words < phrase.words.size(); ++words) {
    if (!population_at(run, phrase, words)) continue;
    if (known_flag(run, phrase, words)) return words;
    longest = words;
  }
  return longest;
}

}  // namespace

std::string Run::effect_name(EffectId id) const {
  const auto declared = terminology->data().effects.size();
  return index(id) < declared ? terminology->at(id).name : new_effects[index(id) - declared].name;
}

bool Run::is_state(EffectId id) const {
  return std::any_of(states.begin(), states.end(), [&](const DeclaredState& state) { return state.effect == id; });
}

std::string Run::flag_name(FlagId id) const {
  const auto declared = terminology->data().flags.size();
  return index(id) < declared ? terminology->at(id) : new_flags[index(id) - declared];
}

std::optional<EffectId> effect_of(Run& run, const Scope& scope, const grammar::Phrase& phrase) {
  const auto name = phrase.text();
  if (!known_effect(run, name)) {
    const auto meanings = run.names.find(name);
    const auto drug =
        std::find_if(meanings.begin(), meanings.end(), [](const Meaning& m) { return m.kind == Kind::drug || m.kind == Kind::declared_class; });
    if (drug != meanings.end()) {
      run.report.add(grammar::diagnose(Code::TH2004, scope.place(phrase.span), fmt::format("`{}` is {}, not an effect", name, noun_of(drug->kind))));
      return std::nullopt;
    }
  }
  return effect_named(run, scope, name, phrase.span);
}

namespace {

// `increased exposure of victim`: the effect, and the role or item that it happens to.
struct HeadParts {
  grammar::Phrase effect;
  std::optional<grammar::Phrase> of;
};

grammar::Phrase part_of(const grammar::Phrase& phrase, std::size_t begin, std::size_t end) {
  grammar::Phrase part;
  part.words.assign(phrase.words.begin() + static_cast<std::ptrdiff_t>(begin), phrase.words.begin() + static_cast<std::ptrdiff_t>(end));
  part.span = {part.words.front().span.begin, part.words.back().span.end};
  return part;
}

bool names_item(Run& run, const Scope& scope, const grammar::Phrase& phrase) {
  const Reporter::Muted quiet(run.report);
  return item_named(run, scope, phrase).has_value();
}

// The parser knows the roles of a rule's own line; those of an exception's rule, and items by their words, are found here. "impairment of vision":
// `of` with nothing of the rule behind it is part of the name.
HeadParts parts_of(Run& run, const Scope& scope, const grammar::Head& head) {
  const auto& words = head.effect.words;
  if (head.of_role || known_effect(run, head.effect.text())) return {head.effect, head.of_role};
  for (std::size_t of = 1; of + 1 < words.size(); ++of) {
    if (words[of].quoted || words[of].text != "of") continue;
    auto effect = part_of(head.effect, 0, of);
    auto tail = part_of(head.effect, of + 1, words.size());
    if (names_item(run, scope, tail) || (!scope.roles.empty() && known_effect(run, effect.text()))) return {std::move(effect), std::move(tail)};
  }
  return {head.effect, std::nullopt};
}

// `victim is overexposed`, `patient is …`: read by other rules, told to nobody, so it has no severity of its own.
std::optional<ResolvedHead> state_head(Run& run, const Scope& scope, const grammar::Head& head) {
  const bool of_patient = is_patient(head.effect) && !names_item(run, scope, head.effect);
  ResolvedHead result;
  if (!of_patient) result.of_item = item_named(run, scope, head.effect);
  const auto* state = state_named(run, scope, *head.is, of_patient);
  if (state == nullptr || (!of_patient && !result.of_item)) return std::nullopt;
  result.effect = state->effect;
  return result;
}

std::optional<ResolvedHead> head_of(Run& run, const Scope& scope, const grammar::Head& head, const Tags& tags) {
  if (head.is) return state_head(run, scope, head);
  ResolvedHead result;
  result.severity = tags.severity.value_or(Severity::unrated);
  result.frequency = tags.frequency;
  result.disputed = tags.disputed;
  const auto parts = parts_of(run, scope, head);
  const auto effect = effect_of(run, scope, parts.effect);
  if (parts.of) {
    result.of_item = item_named(run, scope, *parts.of);
    if (!result.of_item) return std::nullopt;
  }
  if (!effect) return std::nullopt;
  result.effect = *effect;
  return result;
}

// `falls and fracture`: an effect's name may hold the word that else joins two.
std::vector<grammar::Head> with_joined_names(const Run& run, const Scope& scope, const std::vector<grammar::Head>& heads) {
  std::vector<grammar::Head> result;
  for (std::size_t i = 0; i < heads.size();) {
    auto head = heads[i];
    auto next = i + 1;
    for (auto last = heads.size(); last > i + 1; --last) {
      const grammar::Span span{heads[i].span.begin, heads[last - 1].span.end};
      if (!known_effect(run, scope.words(span))) continue;
      head.span = span;
      head.of_role.reset();
      head.is.reset();
      head.effect = {{{scope.words(span), true, span}}, span};
      next = last;
      break;
    }
    result.push_back(std::move(head));
    i = next;
  }
  return result;
}

}  // namespace

std::optional<std::vector<ResolvedHead>> heads_of(Run& run, const Scope& scope, const grammar::Outcome& outcome, std::string* evidence) {
  const auto tags = tags_of(run, scope, outcome.tags, TagsOf::outcome);
  std::vector<ResolvedHead> heads;
  bool good = tags.has_value();
  for (const auto& head : with_joined_names(run, scope, outcome.heads)) {
    auto resolved = head_of(run, scope, head, tags.value_or(Tags{}));
    good = good && resolved.has_value();
    if (!resolved) continue;
    const bool again = std::any_of(heads.begin(), heads.end(),
                                   [&](const ResolvedHead& one) { return one.effect == resolved->effect && one.of_item == resolved->of_item; });
    if (!again) heads.push_back(std::move(*resolved));
  }
  if (!good) return std::nullopt;
  if (evidence != nullptr && !tags->evidence.empty()) *evidence = tags->evidence;
  return heads;
}

std::optional<ResolvedFlag> flag_of(Run& run, const Scope& scope, const grammar::Flag& flag) {
  if (flag.flag.words.empty()) return std::nullopt;
  ResolvedFlag result;
  std::vector<ResolvedGuard> guards;
  bool good = true;
  const auto words = population_words(run, flag.flag);
  if (words > 0) {
    const grammar::Span span{flag.flag.words.front().span.begin, flag.flag.words[words - 1].span.end};
    const auto* body = guard_of(run, *population_at(run, flag.flag, words), scope.place(span));
    good = body != nullptr;
    if (body != nullptr) {
      guards.push_back(*body);
      guards.back().text = scope.words(span);
      guards.back().at = scope.place(span);
    }
  }
  const auto named = flag_named(run, scope, flag.flag, words);
  good = good && named.has_value();
  if (named) result.flag = *named;
  if (flag.in) {
    auto guard = guard_from(run, scope, *flag.in);
    good = good && guard.has_value();
    if (guard) guards.push_back(std::move(*guard));
  }
  if (!good) return std::nullopt;
  if (guards.size() == 1) {
    result.guard = std::move(guards.front());
  } else if (!guards.empty()) {
    result.guard = all_of(std::move(guards), scope.words(flag.span), scope.place(flag.span));
  }
  return result;
}

}  // namespace theriac::detail

// Why a phrase has no cover, in a pharmacist's words.
#include "resolve/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

std::vector<NameKind> kinds_for(Shape shape) {
  if (shape.of == Shape::Of::measurement) return {NameKind::observation};
  std::vector<NameKind> kinds{NameKind::ingredient, NameKind::drug_class, NameKind::brand};
  if (shape.of == Shape::Of::drug) return kinds;
  kinds.insert(kinds.end(), {NameKind::condition, NameKind::effect});
  if (shape.compared) kinds.push_back(NameKind::observation);
  return kinds;
}

std::string_view wanted_by(Shape shape) {
  if (shape.of == Shape::Of::measurement) return "no measurement has this name";
  if (shape.of == Shape::Of::drug) return "no drug or class has this name";
  return shape.compared ? "no measurement, drug or class has this name" : "no drug, class, condition or population has this name";
}

// The longest runs of words that mean something, and what is left between them: [begin, end) of the one unmatched run, if it is one.
std::optional<std::pair<std::size_t, std::size_t>> unmatched_run(const Vocabulary& names, const grammar::Phrase& phrase) {
  const auto count = phrase.words.size();
  std::vector<bool> known(count, false);
  for (std::size_t begin = 0; begin < count;) {
    auto end = std::min(count, begin + names.longest());
    while (end > begin && names.at(phrase, begin, end).empty()) --end;
    for (auto i = begin; i < end; ++i) known[i] = true;
    begin = std::max(end, begin + 1);
  }
  const auto first = std::find(known.begin(), known.end(), false);
  if (first == known.end()) return std::nullopt;
  const auto after = std::find(first, known.end(), true);
  if (std::find(after, known.end(), false) != known.end()) return std::nullopt;
  return std::pair(static_cast<std::size_t>(first - known.begin()), static_cast<std::size_t>(after - known.begin()));
}

std::string words_between(const grammar::Phrase& phrase, std::size_t begin, std::size_t end) {
  std::string text;
  for (auto i = begin; i < end; ++i) text += (text.empty() ? "" : " ") + phrase.words[i].text;
  return text;
}

bool is_drug_name(const Vocabulary& names, std::string_view name) {
  const auto meanings = names.find(name);
  return std::any_of(meanings.begin(), meanings.end(), [](const Meaning& m) { return m.kind == Kind::drug || m.kind == Kind::combination; });
}

bool is_ingredient(const Run& run, std::string_view name) {
  const auto meanings = run.names.find(name);
  return std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& m) {
    return m.kind == Kind::combination || (m.kind == Kind::drug && run.terminology->data().concepts[m.id].kind == ConceptKind::ingredient);
  });
}

// "did you mean …?" with a repair where it is safe: never a drug's name, never between look-alikes, only where there is one way to mean it.
void suggest(const Run& run, const Scope& scope, grammar::Diagnostic& diagnostic, const std::string& written, grammar::Span span, Shape shape) {
  const auto found = run.names.suggest(written, kinds_for(shape), shape.of != Shape::Of::measurement);
  if (found.empty()) return;
  std::string list;
  bool look_alike = false;
  bool drug = false;
  for (const auto& suggestion : found) {
    list += (list.empty() ? "`" : " or `") + suggestion.name + "`";
    look_alike = look_alike || suggestion.look_alike;
    drug = drug || is_drug_name(run.names, suggestion.name);
  }
  if (found.size() > 1 && (look_alike || is_ingredient(run, found.front().name))) {
    diagnostic.help.push_back(fmt::format("{}? these are different drugs with names that are alike; write the one you mean", list));
    return;
  }
  diagnostic.help.push_back(fmt::format("did you mean {}?", list));
  if (found.size() == 1 && !drug && !look_alike) diagnostic.edits.push_back({scope.place(span), found.front().name});
}

// Words that mean something, but nothing that may stand here.
bool report_wrong_kind(Run& run, const Scope& scope, const grammar::Phrase& phrase, Shape shape) {
  const auto meanings = run.names.at(phrase, 0, phrase.words.size());
  if (meanings.empty()) return false;
  const auto& meaning = meanings.front();
  const auto text = phrase.text();
  auto message = fmt::format("`{}` is {}, which cannot stand here", text, noun_of(meaning.kind));
  auto diagnostic = grammar::diagnose(Code::TH2004, scope.place(phrase.span), std::move(message));
  const bool drug = meaning.kind == Kind::drug || meaning.kind == Kind::declared_class;
  if (shape.compared && drug) {
    diagnostic.message = fmt::format("`{}` is a drug: say which of its quantities is compared", text);
    diagnostic.help.push_back(
        fmt::format("write `{0} total daily dose`, `{0} maximum daily dose`, `{0} single dose` or another of its quantities", text));
  } else if (!shape.compared && (meaning.kind == Kind::observation || meaning.kind == Kind::age)) {
    diagnostic.help.push_back(fmt::format("compare it with a value, as in `{} < 30`", text));
  } else if (meaning.kind == Kind::quantity) {
    diagnostic.help.push_back("write the drug before it, as in `citalopram total daily dose > 20 mg/day`");
  } else if (meaning.kind == Kind::combination) {
    diagnostic.help.push_back("a rule names ingredients or classes: every product that holds them is found");
  }
  run.report.add(std::move(diagnostic));
  return true;
}

}  // namespace

void report_no_cover(Run& run, const Scope& scope, const grammar::Phrase& phrase, Shape shape) {
  if (run.report.muted() || report_wrong_kind(run, scope, phrase, shape)) return;
  const auto text = phrase.text();
  const auto key = "unknown " + normalise(text);
  if (run.report.add_use(key, scope.place(phrase.span))) return;
  auto diagnostic = grammar::diagnose(Code::TH2001, scope.place(phrase.span), fmt::format("unknown name `{}`", text), std::string(wanted_by(shape)));
  suggest(run, scope, diagnostic, text, phrase.span, shape);
  const auto unmatched = unmatched_run(run.names, phrase);
  if (unmatched && unmatched->second - unmatched->first < phrase.words.size()) {
    const auto [begin, end] = *unmatched;
    const auto word = words_between(phrase, begin, end);
    const grammar::Span span{phrase.words[begin].span.begin, phrase.words[end - 1].span.end};
    diagnostic.notes.push_back(fmt::format("`{}` is not known; the other words are", word));
    if (diagnostic.help.empty()) suggest(run, scope, diagnostic, word, span, shape);
  }
  run.report.add_once(key, std::move(diagnostic));
}

void report_ambiguous(Run& run, const Scope& scope, const grammar::Phrase& phrase, const std::vector<Cover>& readings) {
  auto diagnostic = grammar::diagnose(Code::TH2002, scope.place(phrase.span), fmt::format("`{}` can mean two things", phrase.text()));
  for (const auto& reading : readings) diagnostic.notes.push_back("it could be " + describe(run.names, phrase, reading));
  if (phrase.words.size() > 1) {
    diagnostic.help.push_back(fmt::format("put back-quotes round the words that are one name: `` `{}` ``", phrase.text()));
  } else {
    diagnostic.help.push_back("use a name that only one of them has; a condition of the patient can stand after `with`");
  }
  run.report.add(std::move(diagnostic));
}

std::optional<Cover> cover_of(Run& run, const Scope& scope, const grammar::Phrase& phrase, Shape shape) {
  auto found = cover(run.names, phrase, shape, scope.roles);
  if (found.best.empty()) {
    report_no_cover(run, scope, phrase, shape);
    return std::nullopt;
  }
  if (found.best.size() > 1) {
    report_ambiguous(run, scope, phrase, found.best);
    return std::nullopt;
  }
  return std::move(found.best.front());
}

bool is_split_name(Run& run, const Scope& scope, const std::vector<grammar::Phrase>& parts, grammar::Span whole, Shape shape) {
  const auto words = scope.words(whole);
  if (run.names.find(words).empty()) return false;
  const auto fits = [&](const grammar::Phrase& part) { return !cover(run.names, part, shape, scope.roles).best.empty(); };
  const auto unknown = std::find_if_not(parts.begin(), parts.end(), fits);
  if (unknown == parts.end()) return false;
  auto diagnostic =
      grammar::diagnose(Code::TH2001, scope.place(unknown->span), fmt::format("unknown name `{}`", unknown->text()), "read as one of a list");
  diagnostic.help.push_back(fmt::format("`{}` is one name with a reserved word in it: put back-quotes round it", words));
  diagnostic.edits.push_back({scope.place(whole), "`" + words + "`"});
  run.report.add(std::move(diagnostic));
  return true;
}

}  // namespace theriac::detail

#include "rules/clauses.hpp"

#include "rules/actions.hpp"
#include "rules/header.hpp"
#include "rules/lexical.hpp"
#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

// First words of clauses, actions apart, and for those of several words the whole.
constexpr std::array first_words = {"when"sv,     "unless"sv, "then"sv,   "raise"sv,   "lower"sv,  "ask"sv,   "because"sv,    "tell"sv,
                                    "evidence"sv, "source"sv, "status"sv, "version"sv, "review"sv, "known"sv, "supersedes"sv, "example"sv};
constexpr std::array whole_words = {"ask for"sv, "tell the patient"sv, "review by"sv, "known noise"sv};

const std::vector<std::string_view>& all_words() {
  static const auto words = [] {
    std::vector<std::string_view> list(first_words.begin(), first_words.end());
    for (const auto word : action_words()) {
      if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
    }
    return list;
  }();
  return words;
}

// What people call the clauses that have another name here.
std::string_view other_name(std::string_view word) {
  if (word == "severity") return "the severity stands behind the effect: `then respiratory depression [major]`";
  if (word == "action" || word == "actions") return "an action opens with its verb: `avoid the combination`";
  if (word == "effect" || word == "outcome") return "the effect is told by `then …`";
  if (word == "if" || word == "premise") return "the premise is told by `when …`";
  return word == "reference" || word == "references" ? "a reference is told by `source KEY`" : std::string_view{};
}

// `text` opens with the words of `keyword`, whatever blanks stand between; how many bytes of it, or 0.
std::size_t keyword_length(std::string_view text, std::string_view keyword) {
  std::size_t at = 0;
  while (!keyword.empty()) {
    const auto word = keyword.substr(0, keyword.find(' '));
    keyword.remove_prefix(std::min(word.size() + 1, keyword.size()));
    at += blanks_before(text.substr(at));
    const auto rest = text.substr(at);
    if (rest.substr(0, word_length(rest)) != word) return 0;
    at += word.size();
  }
  return at;
}

class RuleReader {
 public:
  explicit RuleReader(const Context& context) : context_(context) {}

  Rule finish() {
    name_roles();
    return std::move(rule_);
  }

  bool read_header(const RawStatement& raw) {
    auto header = read_rule_header(context_, raw.header);
    if (!header) return false;
    rule_.label = std::move(header->label);
    rule_.title = std::move(header->title);
    return true;
  }

  void read_line(const ShortRule& parts) {
    rule_.label = parts.label;
    premise_ = parts.premise;
    outcome_ = parts.outcome;
    if (auto premise = read_premise(context_, parts.premise)) rule_.premise = std::move(*premise);
    add(rule_.outcomes, read_outcome(context_, parts.outcome));
    for (const auto action : parts.actions) read_line_action(action);
  }

  void read_clauses(const std::vector<Span>& clauses) {
    for (const auto clause : clauses) read_clause(clause);
  }

  void check_complete(Span header) {
    const auto name = " of rule `" + (rule_.label ? rule_.label->text : std::string()) + "`";
    if (!premise_) report_missing(header, "the `when` clause" + name + " is missing", "add a line such as `  when opioid + benzodiazepine`");
    if (!outcome_) report_missing(header, "the `then` clause" + name + " is missing", "add a line such as `  then respiratory depression [major]`");
  }

 private:
  template <class T>
  static void add(std::vector<T>& list, std::optional<T> value) {
    if (value) list.push_back(std::move(*value));
  }

  template <class T>
  static void append(std::vector<T>& list, std::optional<std::vector<T>> values) {
    if (!values) return;
    for (auto& value : *values) list.push_back(std::move(value));
  }

  void report_missing(Span header, std::string message, std::string help) {
    context_.report(Code::TH1007, header, std::move(message)).help.push_back(std::move(help));
  }

  void report_repeated(Span clause, Span first, std::string_view keyword) {
    const Span word{clause.begin, clause.begin + static_cast<std::uint32_t>(keyword.size())};
    auto& diagnostic = context_.report(Code::TH1007, word, "a second `" + std::string(keyword) + "` in one rule", "the second");
    diagnostic.secondary.push_back({context_.place(first), "the first"});
    if (keyword == "when") diagnostic.help.emplace_back("join them with `+` or `and`, or write two rules");
  }

  void read_line_action(Span action) {
    const auto text = context_.slice(action);
    if (const auto length = keyword_length(text, "ask for"); length > 0) {
      append(rule_.ask_for, read_phrases(context_, after(action, length)));
      return;
    }
    add(rule_.actions, read_action(context_, action));
  }

  void read_actions(Span range) {
    for (const auto action : split_actions(context_, range)) read_line_action(action);
  }

  static Span after(Span clause, std::size_t length) { return {clause.begin + static_cast<std::uint32_t>(length), clause.end}; }

  void read_clause(Span clause) {
    const auto text = context_.slice(clause);
    const auto first = text.substr(0, word_length(text));
    const bool known = read_logic(clause, first) || read_metadata(clause, text) || read_words(clause, text);
    if (known) return;
    if (opens_action(first) && !(first == "ask" && keyword_length(text, "ask for") > 0)) {
      read_actions(clause);
    } else {
      report_unknown(clause, first);
    }
  }

  // Clauses that decide when the rule holds and what follows.
  bool read_logic(Span clause, std::string_view first) {
    const auto body = after(clause, first.size());
    if (first == "when") {
      read_when(clause, body);
    } else if (first == "unless") {
      add(rule_.unless, read_guard(context_, body));
    } else if (first == "then") {
      read_then(body);
    } else if (first == "raise" || first == "lower") {
      add(rule_.shifts, read_shift_with_source(context_, clause));
    } else if (const auto length = keyword_length(context_.slice(clause), "ask for"); length > 0) {
      append(rule_.ask_for, read_phrases(context_, after(clause, length)));
    } else {
      return false;
    }
    return true;
  }

  void read_when(Span clause, Span body) {
    if (premise_) {
      report_repeated(clause, *premise_, "when");
      return;
    }
    premise_ = clause;
    if (auto premise = read_premise(context_, body)) rule_.premise = std::move(*premise);
  }

  void read_then(Span body) {
    outcome_ = body;
    const auto parts = split_actions(context_, body);
    const auto outcome = parts.empty() ? body : parts.front();
    add(rule_.outcomes, read_outcome(context_, outcome));
    for (std::size_t at = 1; at < parts.size(); ++at) read_line_action(parts[at]);
  }

  // Clauses of one word and a short value; each at most once, but sources and examples.
  bool read_metadata(Span clause, std::string_view text) {
    const auto first = text.substr(0, word_length(text));
    const auto body = after(clause, first.size());
    if (first == "source") {
      append(rule_.sources, read_references(context_, body));
    } else if (first == "example") {
      add(rule_.examples, read_example(context_, clause));
    } else if (first == "evidence") {
      once(clause, first, rule_.evidence, [&] { return read_tag(context_, body, "an evidence grade"); });
    } else if (first == "status") {
      once(clause, first, rule_.status, [&] { return read_one_word(context_, body, "a status"); });
    } else if (first == "version") {
      once(clause, first, rule_.version, [&] { return read_version(context_, body); });
    } else if (first == "supersedes") {
      once(clause, first, rule_.supersedes, [&] { return read_one_word(context_, body, "the label of a rule"); });
    } else if (const auto length = keyword_length(text, "review by"); length > 0) {
      once(clause, "review by", rule_.review_by, [&] { return read_date(context_, after(clause, length)); });
    } else {
      return false;
    }
    return true;
  }

  bool read_words(Span clause, std::string_view text) {
    const auto take = [&](std::string_view keyword, std::optional<Text>& target, std::string_view expected) {
      const auto length = keyword_length(text, keyword);
      if (length == 0) return false;
      once(clause, keyword, target, [&] { return read_text(context_, after(clause, length), expected); });
      return true;
    };
    return take("because", rule_.because, "the mechanism in words") || take("tell the patient", rule_.tell_patient, "the words for the patient") ||
           take("known noise", rule_.known_noise, "where this rule is known to fire without need");
  }

  template <class Target, class Read>
  void once(Span clause, std::string_view keyword, Target& target, const Read& read) {
    const auto [seen, fresh] = seen_.emplace(keyword, Span{clause.begin, clause.begin + static_cast<std::uint32_t>(keyword.size())});
    if (fresh) {
      target = read();
    } else {
      report_repeated(clause, seen->second, keyword);
    }
  }

  void report_unknown(Span clause, std::string_view first) {
    const Span word{clause.begin, clause.begin + static_cast<std::uint32_t>(std::max<std::size_t>(first.size(), 1))};
    for (const auto whole : whole_words) {
      if (whole.substr(0, whole.find(' ')) != first) continue;
      auto& diagnostic = context_.report(Code::TH1004, word, "unknown clause `" + std::string(first) + "`");
      diagnostic.help.push_back("did you mean `" + std::string(whole) + "`?");
      return;
    }
    auto& diagnostic = context_.report(Code::TH1004, word, "unknown clause `" + std::string(context_.slice(word)) + "`");
    if (const auto other = other_name(first); !other.empty()) {
      diagnostic.help.emplace_back(other);
      return;
    }
    const auto near = nearest(first, all_words());
    if (!near) {
      diagnostic.help.emplace_back(
          "a clause opens with when, unless, then, raise to, lower to, ask for, because, tell the patient, evidence, source, status, version, review "
          "by, known noise, "
          "supersedes, example, or an action");
      if (!find_arrows(context_, clause).empty()) diagnostic.help.emplace_back("a rule of one line starts in column 0");
      return;
    }
    diagnostic.help.push_back("did you mean `" + *near + "`?");
    diagnostic.edits.push_back({context_.place(word), *near});
    // What is misspelt is not missing too.
    if (*near == "when" && !premise_) premise_ = clause;
    if (*near == "then" && !outcome_) outcome_ = clause;
  }

  // `increased exposure of victim`: `of` and a role of this rule at the end of an effect.
  void name_roles() {
    for (auto& outcome : rule_.outcomes) {
      for (auto& head : outcome.heads) split_role(head);
    }
  }

  void split_role(Head& head) {
    auto& words = head.effect.words;
    for (std::size_t of = 1; of + 1 < words.size(); ++of) {
      if (words[of].quoted || words[of].text != "of") continue;
      Phrase tail;
      tail.words.assign(words.begin() + static_cast<std::ptrdiff_t>(of) + 1, words.end());
      tail.span = {tail.words.front().span.begin, head.effect.span.end};
      if (!is_role(tail.text())) continue;
      words.resize(of);
      head.effect.span.end = words.back().span.end;
      head.of_role = std::move(tail);
      return;
    }
  }

  bool is_role(const std::string& text) const {
    const auto lower = lower_ascii(text);
    return std::any_of(rule_.premise.items.begin(), rule_.premise.items.end(),
                       [&](const Item& item) { return item.role && lower_ascii(item.role->text()) == lower; });
  }

  const Context& context_;
  Rule rule_;
  std::optional<Span> premise_;  // where the premise and the first outcome stand, also when they could not be read
  std::optional<Span> outcome_;
  std::map<std::string_view, Span> seen_;
};

}  // namespace

Rule read_short_rule(const Context& context, const RawStatement& raw, const std::vector<Arrow>& arrows) {
  RuleReader reader(context);
  reader.read_line(split_short_rule(context, raw.header, arrows));
  reader.read_clauses(raw.clauses);
  return reader.finish();
}

Rule read_block_rule(const Context& context, const RawStatement& raw) {
  RuleReader reader(context);
  const bool named = reader.read_header(raw);
  reader.read_clauses(raw.clauses);
  if (named) reader.check_complete(raw.header);  // what a broken header swallowed is not missing
  return reader.finish();
}

std::span<const std::string_view> clause_words() { return all_words(); }

bool opens_clause(std::string_view text) {
  const auto first = text.substr(0, word_length(text));
  return std::find(all_words().begin(), all_words().end(), first) != all_words().end();
}

}  // namespace theriac::grammar::detail

// No precedence to guess: where `and` meets `or`, or a bare negation or exception stands before `or`, the author says what belongs together. Each
// message shows the rewrites.
#include "rules/lexical.hpp"
#include "rules/productions.hpp"

#include <algorithm>

namespace theriac::grammar::detail {
namespace {

std::string text_of(const Context& context, Span span) { return squeezed(context.slice(span)); }

bool in_parentheses(const Context& context, const Guard& guard) { return context.masked[guard.span.begin] == '('; }

// A run of `or` that opens with a negation is most likely meant whole: `no (PPI or misoprostol)`.
std::string enclosed(const Context& context, const Guard& first, Span run, bool is_and) {
  const auto text = text_of(context, run);
  if (is_and || first.kind != Guard::Kind::negation || in_parentheses(context, first)) return "(" + text + ")";
  const auto word = text.substr(0, text.find(' '));
  return word + " (" + text.substr(std::min(word.size() + 1, text.size())) + ")";
}

// The list with the runs of one connective in parentheses.
std::string joined(const Context& context, const std::vector<Guard>& atoms, const std::vector<Joint>& joints, bool group_and) {
  std::string result;
  for (std::size_t at = 0; at < atoms.size();) {
    auto end = at;
    while (end < joints.size() && joints[end].is_and == group_and) ++end;
    const Span run{atoms[at].span.begin, atoms[end].span.end};
    result += end > at ? enclosed(context, atoms[at], run, group_and) : text_of(context, run);
    if (end < joints.size()) result += joints[end].is_and ? " and " : " or ";
    at = end + 1;
  }
  return result;
}

void report_mixed(const Context& context, const std::vector<Guard>& atoms, const std::vector<Joint>& joints) {
  const auto other = std::find_if(joints.begin(), joints.end(), [&](const Joint& joint) { return joint.is_and != joints.front().is_and; });
  auto& diagnostic = context.report(Code::TH1006, other->span, "`and` mixed with `or` needs parentheses", "binds how?");
  diagnostic.secondary.push_back({context.place(joints.front().span), {}});
  diagnostic.help.push_back("write `" + joined(context, atoms, joints, true) + "`");
  diagnostic.help.push_back("or write `" + joined(context, atoms, joints, false) + "`");
}

void report_negation_before_or(const Context& context, const std::vector<Guard>& atoms, std::size_t at, Span list) {
  const auto& negated = atoms[at].span;
  const auto before = text_of(context, {list.begin, negated.begin}) + (at > 0 ? " " : "");
  const auto alone = text_of(context, negated);
  const auto word = alone.substr(0, alone.find(' '));
  const auto rest = text_of(context, {negated.begin + static_cast<std::uint32_t>(word.size()), list.end});
  auto& diagnostic = context.report(Code::TH1006, negated, "`" + word + "` before `or` needs parentheses", "how far does `" + word + "` reach?");
  diagnostic.help.push_back("write `" + before + word + " (" + rest + ")` if it reaches to the end of the list");
  diagnostic.help.push_back("write `" + before + "(" + alone + ") " + text_of(context, {negated.end, list.end}) + "` if it reaches only this far");
}

bool is_time_test(const Test& test) { return !std::holds_alternative<Comparison>(test.what) && !std::holds_alternative<Range>(test.what); }

// Tests of time alone: a comparison belongs to its quantity beyond doubt, and what follows it with it.
bool has_loose_test(const Term& term) { return !term.tests.empty() && std::all_of(term.tests.begin(), term.tests.end(), is_time_test); }

void warn_last_test(const Context& context, Span list, const Term& last) {
  const auto names = text_of(context, {list.begin, last.phrase.span.end});
  const auto tests = text_of(context, {last.tests.front().span.begin, last.span.end});
  const auto before = text_of(context, {list.begin, last.span.begin});
  auto& diagnostic = context.report(Code::TH1009, {last.tests.front().span.begin, last.span.end}, "only the last name of the list carries this test",
                                    "read as a test of `" + last.phrase.text() + "` alone");
  diagnostic.help.push_back("write `(" + names + ") " + tests + "` if it tests every name");
  diagnostic.help.push_back("write `" + before + " (" + text_of(context, last.span) + ")` to keep the reading and silence this");
}

std::vector<const Term*> terms_of(const std::vector<UnitItem>& items) {
  std::vector<const Term*> terms;
  for (const auto& item : items) terms.push_back(std::get_if<Term>(&item.what));
  return terms;
}

std::vector<const Term*> terms_of(const std::vector<Guard>& atoms) {
  std::vector<const Term*> terms;
  for (const auto& atom : atoms) terms.push_back(atom.kind == Guard::Kind::leaf ? std::get_if<Term>(&atom.leaf) : nullptr);
  return terms;
}

// `MAOI or MAOI stopped within 14 days`: the name is said again, so the reading is clear.
bool last_test_is_ambiguous(const std::vector<const Term*>& terms) {
  const auto* last = terms.back();
  if (terms.size() < 2 || last == nullptr || last->tests.empty()) return false;
  return std::all_of(terms.begin(), terms.end() - 1, [last](const Term* term) {
    return term != nullptr && term->tests.empty() && lower_ascii(term->phrase.text()) != lower_ascii(last->phrase.text());
  });
}

void report_except_before_or(const Context& context, const std::vector<UnitItem>& items) {
  for (std::size_t at = 0; at + 1 < items.size(); ++at) {
    const auto* term = std::get_if<Term>(&items[at].what);
    if (term == nullptr || term->except.empty()) continue;
    const auto& excepted = term->except;
    const bool closed = context.slice({term->phrase.span.end, term->span.end}).find('(') != std::string_view::npos;
    if (closed) continue;
    const auto name = term->phrase.text();
    auto& diagnostic = context.report(Code::TH1006, {term->phrase.span.end + 1, items[at + 1].span.end}, "`except` before `or` needs parentheses",
                                      "what is excepted?");
    diagnostic.help.push_back("write `" + name + " except (" + text_of(context, {excepted.front().span.begin, items.back().span.end}) +
                              ")` if all of these are excepted");
    diagnostic.help.push_back("write `" + name + " except (" + text_of(context, excepted.front().span) + ") " +
                              text_of(context, {term->span.end, items.back().span.end}) + "` if only the first is");
    return;
  }
}

// In `abrupt stop of A or B` the B would be a drug that is taken.
void report_abrupt_before_or(const Context& context, const std::vector<UnitItem>& items) {
  for (std::size_t at = 0; at + 1 < items.size(); ++at) {
    const auto* stop = std::get_if<AbruptStop>(&items[at].what);
    const auto* next = std::get_if<Term>(&items[at + 1].what);
    if (stop == nullptr || next == nullptr) continue;
    auto& diagnostic = context.report(Code::TH1006, next->span, "`abrupt stop of` reaches one name", "this would be a drug that is taken");
    diagnostic.help.push_back("write `" + text_of(context, stop->span) + " or abrupt stop of " + text_of(context, next->span) + "`, or name a class");
    return;
  }
}

}  // namespace

Guard join_atoms(const Context& context, std::vector<Guard> atoms, const std::vector<Joint>& joints, Span span) {
  if (joints.empty()) return std::move(atoms.front());
  const bool is_and = joints.front().is_and;
  if (std::any_of(joints.begin(), joints.end(), [is_and](const Joint& joint) { return joint.is_and != is_and; })) {
    report_mixed(context, atoms, joints);
  } else if (!is_and) {
    const auto bare = std::find_if(atoms.begin(), atoms.end() - 1,
                                   [&](const Guard& atom) { return atom.kind == Guard::Kind::negation && !in_parentheses(context, atom); });
    if (bare != atoms.end() - 1) report_negation_before_or(context, atoms, static_cast<std::size_t>(bare - atoms.begin()), span);
    const auto terms = terms_of(atoms);
    if (last_test_is_ambiguous(terms) && has_loose_test(*terms.back()) && !in_parentheses(context, atoms.back()))
      warn_last_test(context, span, *terms.back());
  }
  Guard result;
  result.kind = is_and ? Guard::Kind::all_of : Guard::Kind::any_of;
  result.children = std::move(atoms);
  result.span = span;
  return result;
}

void check_item(const Context& context, const Item& item) {
  report_except_before_or(context, item.any_of);
  report_abrupt_before_or(context, item.any_of);
  const auto terms = terms_of(item.any_of);
  if (last_test_is_ambiguous(terms)) warn_last_test(context, {item.any_of.front().span.begin, item.any_of.back().span.end}, *terms.back());
}

void check_premise(const Context& context, const Premise& premise) {
  if (premise.guards.empty() || premise.guards.front().word != Attached::Word::and_) return;
  const auto& last = premise.items.back();
  const auto& guard = premise.guards.front().guard;
  const bool guard_has_or = guard.kind == Guard::Kind::any_of && !in_parentheses(context, guard);
  if (last.any_of.size() < 2 && !guard_has_or) return;
  const Span items{last.any_of.front().span.begin, last.any_of.back().span.end};
  auto& diagnostic = context.report(Code::TH1006, {items.begin, guard.span.end}, "`and` mixed with `or` needs parentheses", "binds how?");
  const auto left = text_of(context, items);
  const auto right = text_of(context, guard.span);
  diagnostic.help.push_back("write `" + (last.any_of.size() < 2 ? left : "(" + left + ")") + " and " + (guard_has_or ? "(" + right + ")" : right) +
                            "`");
  if (guard_has_or) diagnostic.help.emplace_back("or write two rules");
}

}  // namespace theriac::grammar::detail

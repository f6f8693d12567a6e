#include "checker/checker.hpp"

#include "checker/claims.hpp"

#include <algorithm>

namespace theriac::checker {

using namespace detail;
using yaml::Node;

namespace {

constexpr int deepest = 16;
constexpr const char* truths[] = {"no", "open", "possible", "listed", "yes"};

std::string text(const Node& node, std::string_view key) {
  const auto* found = node.find(key);
  return found == nullptr ? std::string() : found->text;
}

std::vector<std::string> texts(const Node& node, std::string_view key) {
  std::vector<std::string> out;
  if (const auto* found = node.find(key)) {
    for (const auto& each : found->items) out.push_back(each.text);
  }
  return out;
}

std::set<std::string> set_of(const Node& node, std::string_view key) {
  const auto all = texts(node, key);
  return {all.begin(), all.end()};
}

// The drug that a leaf speaks of: its way begins with it; other leaves have the rule's words there.
std::string drug_of(const Node& leaf, const Terminology& terms) {
  const auto via = texts(leaf, "via");
  if (via.empty() || leaf.find("rule") != nullptr) return {};
  const auto& concepts = terms.data().concepts;
  return std::any_of(concepts.begin(), concepts.end(), [&](const Concept& each) { return each.name == via.front(); }) ? via.front() : "";
}

bool tells_needs(const Node& premise, const reference::Needs& needs) {
  std::set<std::pair<std::string, std::string>> told, wanted;
  if (const auto* list = premise.find("needs")) {
    for (const auto& each : list->items) told.emplace(text(each, "kind"), text(each, "input"));
  }
  for (const auto& each : needs) wanted.emplace(each.kind, each.input);
  return told == wanted;
}

bool tells(const Node& premise, const Claim& claim) {
  const auto truth = claim.answer.truth;
  const bool blocked = claim.exception && truth <= Truth::open;
  const std::string is = blocked ? "blocked" : truth == Truth::no ? "false" : truth < Truth::listed ? "unknown" : "true";
  std::set<std::string> entries;
  for (const auto entry : claim.entries) entries.insert(std::to_string(entry));
  return text(premise, "kind") == claim.kind && text(premise, "literal") == claim.literal && text(premise, "in_rule") == claim.in_rule &&
         text(premise, "holds") == truths[static_cast<std::size_t>(truth)] && text(premise, "is") == is && set_of(premise, "drugs") == claim.drugs &&
         set_of(premise, "entries") == entries && tells_needs(premise, claim.answer.needs) &&
         (claim.places.empty() || claim.places.contains(text(premise, "at"))) && (claim.value.empty() || text(premise, "value") == claim.value);
}

Verdict verdict_of(const ResolvedRule& rule, const Worked& worked, std::int32_t replacing) {
  std::vector<reference::Answer> against = worked.unless;
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    const auto& each = rule.exceptions[i];
    if (each.top && each.kind != ResolvedException::Kind::lower && static_cast<std::int32_t>(i) != replacing) against.push_back(worked.exceptions[i]);
  }
  auto body = worked.body.truth;
  if (replacing >= 0) body = std::min(body, worked.exceptions[static_cast<std::size_t>(replacing)].truth);
  return reference::judge(body, reference::any(against).truth);
}

std::string taken(const Exposure& exposure, Minutes as_of) {
  if (exposure.presence == Presence::not_mentioned) return "not mentioned";
  if (exposure.entry < 0) return "a habit";
  if (exposure.presence == Presence::past) return exposure.end_given ? "stopped " + format_date(exposure.end) : "stopped, no date";
  if (exposure.presence == Presence::unknown) return "not confirmed";
  if (exposure.proposed) return "proposed";
  if (!exposure.start_given) return "taken";
  return (exposure.start.earliest > as_of ? "from " : "taken since ") + format_date(exposure.start);
}

void collect(const ResolvedItem& item, std::set<ConceptId>& named) {
  const std::vector<DrugAlternative>* any_of = nullptr;
  if (const auto* drug = std::get_if<DrugItem>(&item.what)) any_of = &drug->any_of;
  if (const auto* count = std::get_if<CountItem>(&item.what)) any_of = &count->any_of;
  if (const auto* sum = std::get_if<SumItem>(&item.what)) any_of = &sum->sum.any_of;
  if (const auto* stop = std::get_if<AbruptStopItem>(&item.what)) any_of = &stop->any_of;
  if (any_of == nullptr) return;
  for (const auto& each : *any_of) {
    if (each.concept_id) named.insert(*each.concept_id);
  }
}

}  // namespace

namespace {

void collect(const ResolvedGuard& guard, std::set<std::string>& into) {
  into.insert(guard.text);
  for (const auto& child : guard.children) collect(child, into);
}

// What a rule says of the patient, in its own words.
std::set<std::string> words_of(const ResolvedRule& rule) {
  std::set<std::string> words;
  collect(rule.guard, words);
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) collect(guard->guard, words);
    words.insert(item.text);
  }
  for (const auto& each : rule.shifts) collect(each.guard, words);
  for (const auto& each : rule.flags) collect(each.guard, words);
  return words;
}

}  // namespace

Checker::Checker(const std::vector<ResolvedRule>& rules, const Facts& facts, const Terminology& terms)
    : rules_(rules), facts_(facts), terms_(terms), world_(facts, terms) {
  if (const auto supports = reference::derive(rules, facts, terms)) world_.derived = reference::as_facts(*supports);
}

const ResolvedRule* Checker::rule(const std::string& label) const {
  const auto at = std::find_if(rules_.begin(), rules_.end(), [&](const ResolvedRule& each) { return each.label == label; });
  return at == rules_.end() ? nullptr : &*at;
}

// Is this the binding that the premises tell of, and does it give the verdict?
bool Checker::shows(const reference::Binding& binding, const ResolvedRule& rule, const Node& premises, const std::string& status,
                    const std::string& effect) const {
  const auto worked = work_out(world_, rule, binding);
  if (worked.claims.size() != premises.items.size()) return false;
  for (std::size_t i = 0; i < worked.claims.size(); ++i) {
    if (!tells(premises.items[i], worked.claims[i])) return false;
  }
  const auto says = [&](const std::vector<ResolvedHead>& heads, std::int32_t replacing) {
    const auto verdict = verdict_of(rule, worked, replacing);
    if (verdict == Verdict::silent || (!status.empty() && to_string(verdict) != status)) return false;
    return std::any_of(heads.begin(), heads.end(), [&](const ResolvedHead& head) { return effect.empty() || terms_.at(head.effect).name == effect; });
  };
  if (says(rule.heads, -1)) return true;
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    const auto& each = rule.exceptions[i];
    if (each.top && each.kind == ResolvedException::Kind::replace && says(each.heads, static_cast<std::int32_t>(i))) return true;
  }
  return false;
}

// A drug: each step of its way is an edge, it ends at what the rule names, and the list has it at that place, taken as it says.
std::string Checker::check_leaf(const Node& leaf, const ResolvedRule& rule) const {
  std::set<ConceptId> named;
  for (const auto& item : rule.items) collect(item, named);
  const auto via = texts(leaf, "via");
  std::vector<ConceptId> path;
  for (const auto& name : via) {
    for (std::size_t i = 0; i < terms_.data().concepts.size(); ++i) {
      if (terms_.data().concepts[i].name == name) path.push_back(make_id<ConceptId>(i));
    }
  }
  if (path.size() != via.size()) return "a name on the way is not of the vocabulary";
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto& above = terms_.at(path[i - 1]).is;
    if (path[i] != path[i - 1] && std::none_of(above.begin(), above.end(), [&](const IsA& edge) { return edge.parent == path[i]; }))
      return via[i - 1] + " is no " + via[i];
  }
  if (path.size() > 1 && !named.contains(path.back())) return "the rule does not name " + via.back();
  const bool there = std::any_of(facts_.exposures.begin(), facts_.exposures.end(), [&](const Exposure& exposure) {
    const auto& name = exposure.shown.empty() ? terms_.at(exposure.what).name : exposure.shown;
    return (path.empty() || exposure.what == path.front()) && text(leaf, "fact").starts_with(name) && exposure.at.to_string() == text(leaf, "at") &&
           taken(exposure, facts_.as_of) == text(leaf, "value");
  });
  return there ? "" : "the list has no such drug there: " + text(leaf, "fact");
}

std::string Checker::check_node(const Node& node, const std::string& status, const std::string& effect, int depth) const {
  if (depth > deepest) return "the proof goes round in a circle";
  const auto* says = rule(text(node, "rule"));
  if (says == nullptr) return "no such rule: " + text(node, "rule");
  if (text(node, "at") != says->at.to_string()) return "the rule stands elsewhere";
  const auto* premises = node.find("premises");
  if (premises == nullptr) return "no premises of " + says->label;
  bool shown = false;
  reference::each_binding(world_, *says,
                          [&](const reference::Binding& binding) { shown = shown || shows(binding, *says, *premises, status, effect); });
  if (!shown) return "no binding of " + says->label + " has these premises and this verdict";
  const auto* because = node.find("because");
  if (because == nullptr) return "";
  for (const auto& each : because->items) {
    std::string wrong;
    if (each.find("rule") != nullptr)
      wrong = check_node(each, "", "", depth + 1);
    else if (!drug_of(each, terms_).empty())
      wrong = check_leaf(each, *says);
    else if (const auto via = texts(each, "via"); !via.empty() && !words_of(*says).contains(via.front()))
      wrong = "neither a drug nor words of the rule: " + via.front();
    if (!wrong.empty()) return wrong;
  }
  return "";
}

namespace {

// All drugs that a proof speaks of.
void drugs_in(const Node& node, const Terminology& terms, std::set<std::string>& into) {
  if (const auto* premises = node.find("premises")) {
    for (const auto& premise : premises->items) into.merge(set_of(premise, "drugs"));
  }
  if (const auto* because = node.find("because")) {
    for (const auto& each : because->items) {
      if (const auto drug = drug_of(each, terms); !drug.empty()) into.insert(drug);
      drugs_in(each, terms, into);
    }
  }
}

}  // namespace

std::string Checker::check_drugs(const Node& finding) const {
  std::set<std::string> proved;
  const auto claimed = set_of(finding, "drugs");
  drugs_in(*finding.find("derivation"), terms_, proved);
  if (!std::includes(proved.begin(), proved.end(), claimed.begin(), claimed.end())) return "a drug of the finding is not in its proof";
  std::set<std::string> own;  // of the rule itself, not of what it rests on
  for (const auto& premise : finding.find("derivation")->find("premises")->items) own.merge(set_of(premise, "drugs"));
  if (const auto* because = finding.find("derivation")->find("because")) {
    for (const auto& each : because->items) own.insert(drug_of(each, terms_));
  }
  own.erase("");
  return std::includes(claimed.begin(), claimed.end(), own.begin(), own.end()) ? "" : "a drug of the proof is not in the finding";
}

std::string Checker::refusal(const Node& finding) const {
  const auto* derivation = finding.find("derivation");
  if (derivation == nullptr || derivation->find("premises") == nullptr) return "no derivation";
  if (text(*derivation, "rule") != text(finding, "rule")) return "the proof is of another rule";
  auto wrong = check_node(*derivation, text(finding, "status"), text(finding, "effect"), 0);
  return wrong.empty() ? check_drugs(finding) : wrong;
}

}  // namespace theriac::checker

// The page of one rule: what it says, when, why, what to do, by which source, with which examples.
#include "document/markdown.hpp"
#include "document/pages.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

class RulePage {
 public:
  RulePage(const RuleBase::Compiled& base, std::uint32_t index)
      : base_(base), index_(index), rule_(base.as_written()[index]), terms_(*base.terminology) {}

  std::string text() {
    begin();
    severity();
    silence();
    what_to_do();
    sources();
    examples();
    neighbours();
    return std::move(out_);
  }

 private:
  void line(std::string_view text) { out_.append(text).append("\n"); }
  void item(std::string_view text) { line("- " + std::string(text)); }
  void paragraph(std::string_view title, const std::string& text) {
    if (!text.empty()) out_ += section(title) + plain(text) + "\n";
  }

  void begin() {
    line("# " + plain(rule_.title.empty() ? rule_.label : rule_.title));
    line(fmt::format("\n{} · version {} · {}\n", code(rule_.label), plain(rule_.version.empty() ? "none" : rule_.version),
                     code(rule_.at.to_string())));
    line("> " + plain(rule_.reading) + "\n");
    line(plain(capital(rule_status_words(rule_.status))) + "." +
         (rule_.review_by.empty() ? "" : " To be read again by " + plain(rule_.review_by) + "."));
    line("It supports a clinician's decision and does not make it.");
  }

  // "major" or "no severity of its own" with what moves it.
  void severity() {
    out_ += section("What it concludes");
    for (const auto& head : rule_.heads) {
      const auto& effect = terms_.at(head.effect);
      const auto problem = effect.problem && terms_.at(*effect.problem) != effect.name ? ", under " + terms_.at(*effect.problem) : "";
      item(effect.state
               ? "the state *" + plain(effect.name) + "*, for other rules to read"
               : fmt::format("**{}** ({}){}{}", plain(effect.name), to_string(head.severity), plain(problem), head.disputed ? "; disputed" : ""));
    }
    for (const auto& shift : rule_.shifts)
      item(fmt::format("{} to {} if {}", shift.raise ? "raised" : "lowered", to_string(shift.to), plain(shift.guard.text)));
    for (const auto& flag : rule_.flags)
      item("flags " + plain(terms_.at(flag.flag)) + (flag.guard.text.empty() ? "" : " if " + plain(flag.guard.text)));
  }

  void silence() {
    if (rule_.unless.empty() && rule_.exceptions.empty()) return;
    out_ += section("What silences or changes it");
    for (const auto& guard : rule_.unless) item("silent if " + plain(guard.text));
    for (const auto& exception : rule_.exceptions) {
      const auto does = exception.kind == ResolvedException::Kind::silent  ? std::string("silent")
                        : exception.kind == ResolvedException::Kind::lower ? fmt::format("lowered to {}", to_string(exception.lower_to))
                                                                           : std::string("says something else");
      item(fmt::format("{} if {}{}", does, plain(exception.when.text), exception.label.empty() ? "" : " (" + plain(exception.label) + ")"));
    }
  }

  // A drug phrase by what it names, without the doses and times that it asks for.
  std::string drugs_of(const ResolvedItem& item) const {
    const auto* drug = std::get_if<DrugItem>(&item.what);
    if (drug == nullptr) return item.text;
    std::vector<std::string> names;
    for (const auto& way : drug->any_of) {
      const auto name = way.concept_id ? terms_.at(*way.concept_id).name : way.text;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return join_or(names);
  }

  std::string action(const ResolvedAction& action) const {
    std::vector<std::string> drugs;
    for (const auto item : action.items) drugs.push_back(drugs_of(rule_.items[item]));
    for (const auto named : action.concepts) drugs.push_back(terms_.at(named).name);
    return (action.now ? "now: " : "plan: ") + plain(action_words(action.verb, drugs, action.text, action.to));
  }

  void what_to_do() {
    paragraph("Why", rule_.because);
    if (!rule_.actions.empty()) out_ += section("What to do");
    for (const auto& each : rule_.actions) item(action(each));
    paragraph("What the patient is told", rule_.tell_patient);
    paragraph("Known noise", rule_.known_noise);
  }

  void sources() {
    out_ += section("Evidence and sources");
    line("Evidence: " + plain(rule_.evidence.empty() ? "not graded" : rule_.evidence) + ".\n");
    if (rule_.sources.empty()) item("no source is named");
    for (const auto& use : rule_.sources) {
      const auto known = base_.references.find(use.key);
      if (known == base_.references.end()) {
        item(code(use.key) + ": not in the list of sources");
        continue;
      }
      source(known->second, use);
    }
  }

  void source(const SourceReference& reference, const SourceUse& use) {
    std::vector<std::string> words;
    for (const auto* part : {&reference.authority, &reference.title, &reference.year}) {
      if (!part->empty()) words.push_back(plain(*part));
    }
    item(code(reference.key) + ": " + join(words, ", "));
    line("  - " + plain(kind_words(reference.kind, reference.jurisdiction)));
    if (!reference.place.empty()) line("  - place: " + plain(reference.place));
    if (!reference.url.empty()) line("  - " + address(reference.url));
    line("  - " + plain(seen_words(reference.seen)));
    if (!reference.licence.empty()) line("  - licence: " + plain(reference.licence));
    if (use.severity) line(fmt::format("  - this source says {}", to_string(*use.severity)));
  }

  void examples() {
    if (rule_.examples.empty()) return;
    out_ += section("Examples") + header({"expected", "patient"});
    for (const auto& example : rule_.examples) {
      const auto word = example.expect == ResolvedExample::Expect::fires    ? "fires"
                        : example.expect == ResolvedExample::Expect::silent ? "silent"
                                                                            : "unknown";
      out_ += row({fmt::format("{}{}", word, example.tags.empty() ? "" : " (" + plain(join(example.tags, ", ")) + ")"), plain(example.patient)});
    }
  }

  std::string neighbour(std::uint32_t rule) const {
    const auto& other = base_.as_written()[rule];
    return link(other.label, page_file(other).substr(page_file(other).find('/') + 1));
  }

  // Who reads what this rule derives, and whose conclusions it reads.
  void neighbours() {
    std::vector<std::string> readers, read;
    for (std::uint32_t other = 0; other < base_.rules.size(); ++other) {
      if (other == index_) continue;
      if (base_.reads().reads(other, index_)) readers.push_back(neighbour(other));
      if (base_.reads().reads(index_, other)) read.push_back(neighbour(other));
    }
    if (readers.empty() && read.empty()) return;
    out_ += section("Beside it");
    if (!read.empty()) item("reads what is concluded by " + join(read, ", "));
    if (!readers.empty()) item("what it concludes is read by " + join(readers, ", "));
  }

  const RuleBase::Compiled& base_;
  std::uint32_t index_;
  const ResolvedRule& rule_;
  const Terminology& terms_;
  std::string out_;
};

}  // namespace

std::string page_of_rule(const RuleBase::Compiled& base, std::uint32_t rule) { return RulePage(base, rule).text(); }

}  // namespace theriac::detail

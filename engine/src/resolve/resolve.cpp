#include "resolve/resolve.hpp"

#include "resolve/run.hpp"
#include "terminology/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using grammar::Code;

constexpr std::size_t longest_slug = 60;

// Letters and digits of the reading, joined by hyphens, cut between words.
std::string slug_of(std::string_view reading) {
  std::string slug;
  for (const char c : reading) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) slug += upper ? static_cast<char>(c - 'A' + 'a') : c;
    if (!kept && !slug.empty() && slug.back() != '-') slug += '-';
  }
  if (slug.size() > longest_slug)
    slug.erase(slug.find_last_of('-', longest_slug) == std::string::npos ? longest_slug : slug.find_last_of('-', longest_slug));
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

std::string label_of(const std::string& reading) {
  constexpr std::size_t digits = 6;
  const auto slug = slug_of(reading);
  return slug + (slug.empty() ? "" : "-") + sha256_hex(reading).substr(0, digits);
}

// All rules, then what speaks of them.
class Resolver {
 public:
  Resolver(Run& run, Resolved& into) : run_(run), into_(into) {}

  void resolve_declarations() {
    for (std::size_t i = 0; i < run_.classes.size(); ++i) members_of(run_, static_cast<std::uint32_t>(i), run_.classes[i].at);
    for (std::size_t i = 0; i < run_.scores.size(); ++i) resolve_score(run_, static_cast<std::uint32_t>(i), run_.scores[i].at);
    for (std::size_t i = 0; i < run_.qualifiers.size(); ++i) ways_of(run_, static_cast<std::uint32_t>(i), run_.qualifiers[i].at);
    for (std::size_t i = 0; i < run_.populations.size(); ++i) guard_of(run_, static_cast<std::uint32_t>(i), run_.populations[i].at);
  }

  void read(const grammar::Parsed& file) {
    run_.not_loaded += file.dropped;
    gone_.insert(gone_.end(), file.dropped_labels.begin(), file.dropped_labels.end());
    for (const auto& statement : file.statements) {
      run_.report.enter_statement(++statement_);
      if (const auto* rule = std::get_if<grammar::Rule>(&statement.what)) read(file.source, *rule, statement);
      if (const auto* exception = std::get_if<grammar::ExceptionStatement>(&statement.what)) {
        sites_.push_back({exception, file.source, statement.span, statement_});
      }
      if (const auto* attribution = std::get_if<grammar::Attribution>(&statement.what)) read(file.source, *attribution, statement.span);
    }
  }

  void finish() {
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const RuleDraft& a, const RuleDraft& b) { return a.rule.label < b.rule.label; });
    attach_exceptions(run_, drafts_, sites_, gone_);
    const auto waiting = waiting_for_ever(run_, drafts_);
    if (run_.report.strict()) take_out(waiting);
    for (auto& draft : drafts_) {
      draft.rule.reading = reading_of(run_, draft.rule);
      into_.rules.push_back(std::move(draft.rule));
    }
  }

 private:
  void take_out(const std::vector<std::size_t>& ascending) {
    for (auto at = ascending.rbegin(); at != ascending.rend(); ++at) drafts_.erase(drafts_.begin() + static_cast<std::ptrdiff_t>(*at));
    run_.not_loaded += static_cast<std::uint32_t>(ascending.size());
  }

  void read(const grammar::SourcePtr& source, const grammar::Rule& rule, const grammar::Statement& statement) {
    auto draft = rule_of(run_, source, rule, statement);
    if (!draft) {
      ++run_.not_loaded;
      if (rule.label) gone_.push_back(rule.label->text);
      return;
    }
    if (!draft->labelled) draft->rule.label = label_of(reading_of(run_, draft->rule));
    const auto [first, fresh] = labels_.emplace(draft->rule.label, draft->rule.at);
    if (fresh) {
      drafts_.push_back(std::move(*draft));
      return;
    }
    refuse_duplicate(source, rule, statement, draft->rule.label, first->second);
  }

  void refuse_duplicate(const grammar::SourcePtr& source, const grammar::Rule& rule, const grammar::Statement& statement, const std::string& label,
                        const grammar::Place& first) {
    auto diagnostic = grammar::diagnose(Code::TH5002, {source, rule.label ? rule.label->span : statement.span},
                                        rule.label ? fmt::format("there are two rules `{}`", label) : std::string("two rules say the same"));
    diagnostic.secondary.push_back({first, "the first"});
    if (!rule.label) diagnostic.help.push_back("take one out, or give both a label");
    run_.report.add(std::move(diagnostic));
    ++run_.not_loaded;
  }

  void read(const grammar::SourcePtr& source, const grammar::Attribution& attribution, grammar::Span span) {
    auto resolved = attribution_of(run_, source, attribution, span);
    if (resolved) {
      into_.attributions.push_back(std::move(*resolved));
    } else {
      ++run_.not_loaded;
    }
  }

  Run& run_;
  Resolved& into_;
  std::vector<RuleDraft> drafts_;
  std::vector<ExceptionSite> sites_;
  std::vector<std::string> gone_;
  std::map<std::string, grammar::Place> labels_;
  std::uint32_t statement_ = 0;
};

// The terminology with the effects and flags that rules brought along.
void add_inferred(Run& run) {
  if (run.new_effects.empty() && run.new_flags.empty()) return;
  auto data = run.terminology->data();
  data.effects.insert(data.effects.end(), run.new_effects.begin(), run.new_effects.end());
  data.flags.insert(data.flags.end(), run.new_flags.begin(), run.new_flags.end());
  auto built = Terminology::build(std::move(data));
  for (auto& diagnostic : built.diagnostics) run.report.add(std::move(diagnostic));
  if (built.terminology) run.terminology = std::move(built.terminology);
}

}  // namespace

Resolved resolve(std::shared_ptr<const Terminology> terminology, const std::vector<grammar::Parsed>& vocabulary,
                 const std::vector<grammar::Parsed>& rules, const SourceList& references, bool strict) {
  Run run(std::move(terminology), references, strict);
  Resolved result;
  std::vector<const grammar::Parsed*> files;
  for (const auto& file : vocabulary) files.push_back(&file);
  for (const auto& file : rules) files.push_back(&file);
  declare_all(run, files);
  declare_states(run, files);
  declare_scores(run, files);
  declare_tables(run, files);
  Resolver resolver(run, result);
  resolver.resolve_declarations();
  for (const auto* file : files) resolver.read(*file);
  resolver.finish();
  add_inferred(run);
  result.terminology = run.terminology;
  result.not_loaded = run.not_loaded;
  result.diagnostics = std::move(run.report).finish();
  return result;
}

}  // namespace theriac::detail

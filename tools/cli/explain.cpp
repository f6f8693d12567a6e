// theriac explain FILE WHAT: the proof of a finding. theriac explain TH2001: a diagnostic's page.
#include "pages.hpp"
#include "patient_file.hpp"
#include "terminal.hpp"
#include "theriac/screen.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::cli {
namespace {

struct Options : PatientFileOptions {
  std::string what;
};

int show_page(const std::string& code) {
  const auto page = diagnostic_page(code);
  if (page.empty()) return complain(fmt::format("no diagnostic has the code `{}`; see docs/author/diagnostics.md", code)), impossible;
  print(page);
  return done;
}

bool is_drug(const Terminology& terms, const std::string& name) {
  const auto found = terms.find(name);
  return std::any_of(found.begin(), found.end(), [](const Name& each) {
    return each.kind == NameKind::ingredient || each.kind == NameKind::drug_class || each.kind == NameKind::brand ||
           each.kind == NameKind::combination;
  });
}

// Why a rule that is known says nothing of this patient, where that was recorded.
std::string silence_words(const Screening& screening, const std::string& rule) {
  for (const auto& quiet : screening.quiet) {
    if (quiet.rule != rule || quiet.because.empty()) continue;
    const auto& because = quiet.because.front();
    return fmt::format("{} stayed silent. Nearest: {}: {}.", rule, fmt::join(quiet.shown.empty() ? quiet.drugs : quiet.shown, " + "),
                       because.value.empty() ? because.literal : because.value);
  }
  for (const auto& silenced : screening.silenced) {
    if (silenced.rule == rule) return fmt::format("{} is silenced by {}.", rule, silenced.by);
  }
  return fmt::format("{} finds nothing in this list.", rule);
}

std::string suggestion(const RuleBase& rules, const Screening& screening, const std::string& what) {
  auto names = rules.labels();
  for (const auto& finding : screening.findings) names.push_back(finding.ref);
  for (const auto& entry : screening.coverage.screened) names.insert(names.end(), entry.ingredients.begin(), entry.ingredients.end());
  if (auto near = did_you_mean(what, names); !near.empty()) return near;
  for (const auto& drug : drugs_joined(what)) {
    if (is_drug(rules.terminology(), drug)) continue;
    const auto near = rules.terminology().suggest(drug, {NameKind::ingredient, NameKind::brand, NameKind::drug_class});
    if (!near.empty()) return fmt::format(" Did you mean `{}`?", near.front().name);
  }
  if (screening.findings.empty()) return " This screening has no findings.";
  return fmt::format(" The findings are {} to {}.", screening.findings.front().ref, screening.findings.back().ref);
}

// A rule or drugs that exist and of which nothing was found: said in a sentence. Anything else is not known.
int explain_nothing(const RuleBase& rules, const Screening& screening, const std::string& what) {
  if (rules.has_rule(what)) return print(silence_words(screening, what) + "\n"), done;
  const auto drugs = drugs_joined(what);
  if (!drugs.empty() && std::all_of(drugs.begin(), drugs.end(), [&](const std::string& drug) { return is_drug(rules.terminology(), drug); })) {
    print(fmt::format("No finding has {}{}.\n", fmt::join(drugs, " and "), drugs.size() > 1 ? " together" : ""));
    return done;
  }
  complain(fmt::format("`{}` is no finding, rule or drug here.{}", what, suggestion(rules, screening, what)));
  return impossible;
}

int explain(const Options& options, const RuleBase& rules, const Screening& screening) {
  const auto findings = find_findings(screening, options.what);
  if (findings.empty()) return explain_nothing(rules, screening, options.what);
  if (options.json()) return print(explain_json(screening, findings)), done;
  const auto style = text_style();
  bool first = true;
  for (const auto* finding : findings) {
    print((first ? "" : "\n") + explain_text(screening, *finding, style));
    first = false;
  }
  return done;
}

int run(const Options& options) {
  if (options.what.empty() && looks_like_code(options.file)) return show_page(options.file);
  if (options.what.empty()) return complain("explain what? A finding (1a), its id, a rule or drugs: theriac explain FILE WHAT"), impossible;
  return each_patient(options, [&](const RuleBase& rules, const Patient& patient) {
    return explain(options, rules, screen(rules, patient, {options.jurisdictions}));
  });
}

}  // namespace

Run add_explain(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "A regimen file, - for standard input, or a diagnostic's code (TH2001)")->required();
  command.add_option("WHAT", options->what, "A letter of the report (1c), a finding's id, a rule, or drugs joined by +");
  add_patient_file_options(command, *options, "text or json");
  command.footer("Exit: 0 done · 2 the input could not be used, or WHAT is not known.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli

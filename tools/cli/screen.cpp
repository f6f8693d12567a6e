// theriac screen FILE…: screens one patient or many.
#include "theriac/screen.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"
#include "theriac/fhir/fhir.hpp"
#include "theriac/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  std::vector<std::string> files;
  std::string as_of, format = "text", fail_on, out;
  std::vector<std::string> jurisdictions;
  bool all = false;
};

std::optional<Severity> parse_severity(std::string_view word) {
  for (const auto severity : {Severity::info, Severity::minor, Severity::moderate, Severity::major, Severity::contraindicated}) {
    if (to_string(severity) == word) return severity;
  }
  return {};
}

// Usage that CLI11 cannot judge: said, and false.
bool is_usable(const Options& options) {
  constexpr std::array<std::string_view, 5> formats = {"text", "json", "ndjson", "html", "fhir"};
  if (std::find(formats.begin(), formats.end(), options.format) == formats.end()) {
    return complain(fmt::format("unknown format `{}`: text, json, ndjson, html or fhir.{}", options.format,
                                did_you_mean(options.format, {"text", "json", "ndjson", "html", "fhir"}))),
           false;
  }
  if (!options.as_of.empty() && !parse_as_of(options.as_of))
    return complain(fmt::format("--as-of `{}` is not a date like 2025-03-10", options.as_of)), false;
  if (!options.fail_on.empty() && !parse_severity(options.fail_on)) {
    const std::vector<std::string> words = {"info", "minor", "moderate", "major", "contraindicated"};
    return complain(fmt::format("unknown severity `{}`: {}.{}", options.fail_on, fmt::join(words, ", "), did_you_mean(options.fail_on, words))),
           false;
  }
  return true;
}

struct Tally {
  bool failed = false;
  bool incomplete = false;
  Severity worst = Severity::unrated;
  bool any = false;
};

void count(Tally& tally, const Screening& screening) {
  tally.incomplete |= !screening.complete;
  for (const auto& finding : screening.findings) {
    tally.worst = std::max(tally.worst, finding.severity);
    tally.any = true;
  }
}

// One line a patient is enough to keep text reports of several apart.
std::string as_text(const Options& options, const Screening& screening, const std::string& file, bool first) {
  auto style = text_style();
  style.all = options.all;
  style.file = file;
  style.colour = style.colour && options.out.empty();
  return (first ? "" : "\n────────────────────────────────────────\n\n") + report_text(screening, style);
}

std::string as_line(const Options& options, const Screening& screening) {
  return options.format == "fhir" ? fhir::write_line(screening) : report_json_line(screening);
}

int answer(const Options& options, const Tally& tally) {
  if (tally.failed) return impossible;
  const auto limit = parse_severity(options.fail_on);
  if (limit && tally.any && tally.worst >= *limit) return found;
  return options.knowledge.strict && tally.incomplete ? incomplete : done;
}

// The answers in the order of the patients, written at once as they come, or at the end where they go to a file.
class Answers {
 public:
  explicit Answers(const Options& options) : options_(options) {}

  void outcome(const PatientsRead& read) {
    if (options_.format != "fhir" || read.diagnostics.empty()) return;
    release();
    several_ = true;
    put(fhir::write_outcome(read.diagnostics));
  }

  void add(Screening screening, const std::string& file) {
    if (options_.format == "text") {
      put(as_text(options_, screening, file, first_));
    } else if (options_.format == "html") {
      put(report_html(screening));
    } else if (options_.format == "ndjson" || several_) {
      put(as_line(options_, screening));
    } else if (held_) {
      several_ = true;
      release();
      put(as_line(options_, screening));
    } else {
      held_ = std::move(screening);
    }
    first_ = false;
  }

  void finish() {
    if (held_) put(options_.format == "fhir" ? fhir::write(*held_) : report_json(*held_));
    if (!options_.out.empty()) write_result(options_.out, written_, options_.files);
  }

 private:
  void put(const std::string& text) {
    if (options_.out.empty())
      print(text);
    else
      written_ += text;
  }
  void release() {
    if (held_) put(as_line(options_, *held_));
    held_.reset();
  }

  const Options& options_;
  std::optional<Screening> held_;  // JSON: one patient is pretty, several are a line each, so the first waits for a second
  bool several_ = false;
  bool first_ = true;
  std::string written_;
};

// A page is of one patient: with more than one, none is written.
bool is_one_page(const Options& options, std::size_t patients) {
  if (options.format != "html" || patients < 2) return true;
  return complain(fmt::format("--format html writes a page of one patient, and here are {}", patients)), false;
}

int run(const Options& options) {
  if (!is_usable(options)) return impossible;
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || !knows_jurisdictions(options.jurisdictions, rules->info().jurisdictions)) return impossible;
  const auto as_of = options.as_of.empty() ? std::nullopt : parse_as_of(options.as_of);
  if (options.format == "html" && options.files.size() > 1) return is_one_page(options, options.files.size()), impossible;
  Tally tally;
  Answers answers(options);
  for (const auto& file : options.files) {
    const auto read = read_patients(file, rules->terminology(), as_of, options.knowledge.strict);
    if (!is_one_page(options, read.patients.size())) return impossible;
    tally.failed |= read.failed;
    answers.outcome(read);
    for (const auto& patient : read.patients) {
      auto screening = screen(*rules, patient, {options.jurisdictions});
      count(tally, screening);
      answers.add(std::move(screening), file);
    }
  }
  if (options.format == "html" && tally.failed) return impossible;
  answers.finish();
  return answer(options, tally);
}

}  // namespace

Run add_screen(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->files, "Regimen files (YAML, JSON) or FHIR R4 (JSON, NDJSON), one patient or many; - is standard input")
      ->required();
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  command.add_option("--as-of", options->as_of, "The day to judge by, before the file's own; where neither says one, today")->type_name("DATE");
  command
      .add_option("--format", options->format,
                  "text, json (pretty for one patient, a line each for many), ndjson, html (a page), or fhir (a Bundle a patient)")
      ->type_name("FORMAT");
  command.add_option("-o,--out", options->out, "The file to write (standard output)")->type_name("FILE");
  command.add_option("--jurisdiction", options->jurisdictions, "Only what these say: US,EU,UK")->delimiter(',')->type_name("LIST");
  command.add_option("--fail-on", options->fail_on, "Exit with 1 where a finding is as severe as this or more")->type_name("SEVERITY");
  command.add_flag("--all", options->all, "List notes, open checks, folded and silenced findings too");
  command.add_flag("--strict", options->knowledge.strict,
                   "Exit with 3 where the outcome is incomplete; use no rule base that has a mistake or a warning (exit 2)");
  command.footer(
      "Exit: 0 done · 1 --fail-on was met · 2 an input or the rules could not be used · 3 incomplete, with --strict.\n"
      "Without --strict the rules without a mistake are used, and every result says how many were not loaded.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli

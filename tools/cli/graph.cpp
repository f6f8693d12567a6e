// theriac graph [FILE]: what lit up in one screening, or the rule base, as DOT or SVG.
#include "commands.hpp"
#include "input.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"
#include "theriac/picture.hpp"
#include "theriac/screen.hpp"

#include <fmt/format.h>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  std::string file, as_of, format = "dot", out;
  std::vector<std::string> only, jurisdictions;
};

bool is_usable(const Options& options) {
  if (options.format != "dot" && options.format != "svg") return complain(fmt::format("unknown format `{}`: dot or svg", options.format)), false;
  if (!options.as_of.empty() && !parse_as_of(options.as_of))
    return complain(fmt::format("--as-of `{}` is not a date like 2025-03-10", options.as_of)), false;
  if (!options.file.empty() && !options.only.empty())
    return complain("--only chooses rules of the rule base; a screening has those that lit up"), false;
  return true;
}

bool knows_rules(const RuleBase& rules, const std::vector<std::string>& only) {
  bool all = true;
  for (const auto& label : only) all = knows_rule(rules, label) && all;
  return all;
}

void write(const Options& options, const Picture& picture) {
  write_result(options.out, options.format == "svg" ? write_svg(picture) : write_dot(picture), {options.file});
}

int run(const Options& options) {
  if (!is_usable(options)) return impossible;
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || !knows_jurisdictions(options.jurisdictions, rules->info().jurisdictions) || !knows_rules(*rules, options.only)) return impossible;
  if (options.file.empty()) return write(options, picture_of(*rules, options.only)), done;
  const auto read = read_patients(options.file, rules->terminology(), options.as_of.empty() ? std::nullopt : parse_as_of(options.as_of));
  if (read.patients.size() > 1)
    return complain(fmt::format("{} holds {} patients; a picture is of one", options.file, read.patients.size())), impossible;
  if (read.failed || read.patients.empty()) return impossible;
  write(options, picture_of(screen(*rules, read.patients.front(), {options.jurisdictions})));
  return done;
}

}  // namespace

Run add_graph(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->file, "A regimen file or FHIR of one patient: what lit up. None: the rule base");
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  command.add_option("--only", options->only, "Of the rule base, these rules only")->delimiter(',')->type_name("RULE,…");
  command.add_option("--as-of", options->as_of, "The day to judge by, before the file's own")->type_name("DATE");
  command.add_option("--format", options->format, "dot (for graphviz) or svg")->type_name("FORMAT");
  command.add_option("--jurisdiction", options->jurisdictions, "Only what these say: US,EU,UK")->delimiter(',')->type_name("LIST");
  command.add_option("-o,--out", options->out, "The file to write (standard output)")->type_name("FILE");
  command.footer(
      "A screening: drugs → classes → rules → effects, of the findings that stand. The rule base: what the drug part of each rule names → rules → "
      "effects;\n"
      "guards and exceptions are not drawn. Exit: 0 done · 2 it could not be done.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli

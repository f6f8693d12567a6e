// theriac batch FILE.ndjson…: screens a population, a line a patient.
#include "batch_files.hpp"
#include "batch_line.hpp"
#include "batch_stream.hpp"
#include "commands.hpp"
#include "input.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace theriac::cli {
namespace {

struct Options {
  KnowledgeOptions knowledge;
  std::vector<std::string> files;
  std::string as_of, format = "brief", out, sidecar;
  std::vector<std::string> jurisdictions;
  std::size_t threads = 1;
  bool undecided = false, supports = false, count = false, resume = false, progress = false, whole_way = false;
};

bool is_usable(const Options& options) {
  if (options.format != "brief" && options.format != "ndjson")
    return complain(fmt::format("unknown format `{}`: brief or ndjson.{}", options.format, did_you_mean(options.format, {"brief", "ndjson"}))), false;
  if (!options.as_of.empty() && !parse_as_of(options.as_of))
    return complain(fmt::format("--as-of `{}` is not a date like 2025-03-10", options.as_of)), false;
  if (options.resume && options.out.empty()) return complain("--resume goes on with the file of -o: name it"), false;
  if (options.resume && options.count) return complain("--resume goes on with answers; --count writes none"), false;
  if (options.resume && options.format != "brief") return complain("--resume goes on with brief answers only"), false;
  if (options.threads == 0 || options.threads > 1024) return complain("-j takes a number of threads from 1 to 1024"), false;
  return true;
}

BatchOptions line_options(const Options& options) {
  BatchOptions result;
  result.as_of = options.as_of.empty() ? std::nullopt : parse_as_of(options.as_of);
  result.today = today();
  result.jurisdictions = options.jurisdictions;
  result.style = {options.undecided, options.supports};
  result.whole = options.format == "ndjson";
  result.strict = options.knowledge.strict;
  result.by_plan = !options.whole_way;
  return result;
}

// What every line of the output hangs on: where it differs, an output cannot be gone on with.
std::string settings(const Options& options) {
  return fmt::format("as_of={} format={} undecided={} supports={} jurisdictions={}", options.as_of, options.format, options.undecided,
                     options.supports, fmt::join(options.jurisdictions, ","));
}

// The end of a run, for people: how many, and which rules speak most.
void tell_summary(const RuleBase& rules, const BatchTally& tally, std::uint64_t before, std::size_t most) {
  complain(fmt::format("{} patients, {} findings; {} lines could not be read, {} patients are incomplete{}", tally.patients, tally.findings,
                       tally.bad_lines, tally.incomplete, before > 0 ? fmt::format(" ({} lines were there already)", before) : ""));
  for (const auto& [label, patients] : most_frequent(rules, tally, most)) {
    complain(fmt::format("  {:>9} patients, {:>7} per 1,000: {}", patients, per_thousand(patients, tally.patients), label));
  }
}

int run(const Options& options) {
  if (!is_usable(options)) return impossible;
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || !knows_jurisdictions(options.jurisdictions, rules->info().jurisdictions)) return impossible;
  const auto sidecar = !options.sidecar.empty() ? options.sidecar : options.out.empty() ? "" : options.out + ".rules.json";
  BatchInput input(options.files);
  BatchOutput output(options.out);
  std::uint64_t before = 0;
  BatchTally tally;
  if (options.resume) before = output.go_on(sidecar, settings(options), *rules, tally);
  output.open();
  const auto plan = Plan::make(rules);
  const auto each = line_options(options);
  if (options.as_of.empty()) complain(fmt::format("patients without a day of their own are judged as of today, {}", format_date(each.today)));
  const auto words = options.threads > 1 ? std::make_shared<regimen::QuickWords>() : nullptr;
  std::vector<std::unique_ptr<BatchLine>> lines(options.threads);  // each made in its thread, so that no two share a line of the cache

  write_sidecar(sidecar, *rules, settings(options), nullptr);
  BatchProgress progress(input.size(), options.progress);
  BatchStream stream;
  stream.read = [&](char* to, std::size_t size) { return input.read(to, size); };
  stream.answer = [&](std::size_t thread, std::uint64_t first, std::string_view text, std::string& out) {
    if (!lines[thread]) lines[thread] = std::make_unique<BatchLine>(rules, plan, each, words);
    return lines[thread]->answer(first, text, out);
  };
  stream.write = [&](std::string_view answers, std::uint64_t count, std::uint64_t bytes) {
    if (!options.count) output.write(answers);
    progress.tell(bytes, count);
  };
  run_batch(stream, options.threads, before);
  tally.by_rule.resize(rules->labels().size());
  for (const auto& line : lines) {
    if (line) tally += line->tally();
  }
  if (options.count) output.write(count_table(*rules, tally));
  output.close();
  write_sidecar(sidecar, *rules, settings(options), &tally);
  tell_summary(*rules, tally, before, options.count ? 0 : 10);
  if (tally.patients == 0 && tally.bad_lines > 0) return impossible;
  return options.knowledge.strict && tally.bad_lines + tally.incomplete > 0 ? incomplete : done;
}

}  // namespace

Run add_batch(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("FILE", options->files, "NDJSON, a patient a line: regimens, or FHIR Bundles; - is standard input")->required();
  command.add_option("-o,--out", options->out, "Where the answers go (standard output); the rules' texts and counts go to FILE.rules.json beside it")
      ->type_name("FILE");
  command.add_option("-j,--threads", options->threads, "Threads; the answers are the same, in the same order, whatever their number (1)")
      ->type_name("N");
  command.add_option("--format", options->format, "brief (theriac.batch/1), or ndjson (whole screenings)")->type_name("FORMAT");
  command.add_flag("--undecided", options->undecided, "Tell what is undecided and what would decide it, not only how much");
  command.add_flag("--supports", options->supports, "Tell the sets of drugs for each of which alone a rule holds");
  command.add_flag("--count", options->count, "No answers: how many patients each rule speaks of, as a table, to -o or standard output");
  command.add_option("--sidecar", options->sidecar, "Where the rules' texts and counts go, where not beside -o")->type_name("FILE");
  command.add_flag("--resume", options->resume, "Go on where a run into the same -o was broken off");
  command.add_flag("--progress", options->progress, "Tell the progress also where standard error is no terminal");
  command.add_flag("--whole-way", options->whole_way, "Judge every patient as `screen` does: slower, the same answers");
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  command.add_option("--as-of", options->as_of, "The day to judge by, before a line's own; where neither says one, today")->type_name("DATE");
  command.add_option("--jurisdiction", options->jurisdictions, "Only what these say: US,EU,UK")->delimiter(',')->type_name("LIST");
  command.add_flag("--strict", options->knowledge.strict, "Exit with 3 where a line could not be read or a patient is incomplete");
  command.footer(
      "A line that cannot be read is answered by {\"line\": N, \"error\": …} in its place, and the run goes on.\n"
      "Exit: 0 done · 2 an input or the rules could not be used, or no line could · 3 incomplete, with --strict.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli

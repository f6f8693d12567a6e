// The theriac program. Reads the command line, runs one command and answers with its exit code; what nobody foresaw is 70 and one sentence.
#include "commands.hpp"
#include "input.hpp"
#include "terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace theriac::cli {
namespace {

constexpr std::string_view overview = R"(theriac screens a whole medication list, and the person who takes it, with rules that pharmacists write.

  theriac screen FILE…           what matters in this list, why, and what was not screened
  theriac explain FILE WHAT      the proof of a finding: WHAT is 1c, a finding's id, a rule, or drugs
  theriac why-not FILE RULE      what kept a rule silent, and what comes nearest to it
  theriac what-if FILE           what a drug or a value more or less would change; what missing values would settle
  theriac fix FILE               the smallest sets of changes that leave nothing severe, each screened again
  theriac attribute FILE EFFECT  which drugs and findings of this list can cause it
  theriac diff OLD NEW           what a change of the patient, or of the rules, does to a screening
  theriac graph [FILE]           a screening, or the rule base, as DOT or SVG
  theriac explain TH2001         what a message about a rule or a file means
  theriac check [PATH…]          every mistake in rule files, in one run
  theriac test [PATH…]           the examples inside the rules
  theriac read [RULE]            what a rule says, as one English sentence
  theriac doc [RULE]             a page a rule, an index, what was looked up of each drug
  theriac fmt [PATH…]            lays rule files out; --check only tells which differ
  theriac batch FILE.ndjson      a population, a line a patient, in and out
  theriac build -o FILE          rules and vocabulary compiled into one file, for --rules

Common options
  --rules PATH                   a rule file or folder in place of the bundled rules
  --terminology DIR              drugs, classes and conditions in place of the bundled ones
  --as-of DATE                   the day to judge by, before the file's own
  --format FORMAT                text for people, html as a page, json, ndjson, fhir for programs
  --all                          notes, open checks, folded and silenced findings too
  --strict · --fail-on SEVERITY  exit 3 where something was not screened · exit 1 on findings this severe
  theriac COMMAND --help         everything about one command · theriac --version

Exit: 0 done · 1 found, failed or mistaken · 2 it could not be done · 3 incomplete, with --strict · 70 a bug of ours

Try    theriac screen examples/01_quick_start/ada.yaml

It supports a clinician's decision and does not make it. No clinician has reviewed the bundled rules.
)";

constexpr std::array<std::string_view, 6> planned = {"new", "serve", "lsp", "doctor", "completions", "verify"};

struct Command {
  CLI::App* app;
  Run run;
};

std::vector<Command> add_commands(CLI::App& app) {
  using Add = Run (*)(CLI::App&);
  constexpr std::array<std::tuple<const char*, const char*, Add>, 15> all = {{
      {"screen", "Screens one patient or many", add_screen},
      {"explain", "The proof of a finding, or a diagnostic's page", add_explain},
      {"why-not", "What kept a rule silent", add_why_not},
      {"what-if", "What a drug or a value more or less would change", add_what_if},
      {"fix", "The smallest changes that leave nothing severe", add_fix},
      {"attribute", "What of a list can cause a complaint", add_attribute},
      {"diff", "What a change of the patient or of the rules does", add_diff},
      {"graph", "A screening, or the rule base, as a picture", add_graph},
      {"doc", "A page a rule, an index, and what was looked up of each drug", add_doc},
      {"check", "Every mistake in rule files, in one run", add_check},
      {"test", "Runs the examples inside the rules", add_test},
      {"read", "What a rule says, as one English sentence", add_read},
      {"fmt", "Lays rule files out the one way there is", add_fmt},
      {"batch", "Screens a population, a line a patient", add_batch},
      {"build", "Compiles a rule base into one file", add_build},
  }};
  std::vector<Command> out;
  for (const auto& [name, what, add] : all) {
    auto* command = app.add_subcommand(name, what);
    command->set_help_flag("-h,--help", "This help");
    out.push_back({command, add(*command)});
  }
  return out;
}

// A first word that is no command, before the parser calls it an unexpected argument.
bool is_known_first_word(const std::vector<Command>& commands, std::string_view word) {
  if (word.starts_with("-")) return true;
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const auto& command : commands) names.push_back(command.app->get_name());
  if (std::find(names.begin(), names.end(), word) != names.end()) return true;
  if (std::find(planned.begin(), planned.end(), word) != planned.end())
    complain(fmt::format("`{}` is not supported yet", word));
  else
    complain(fmt::format("unknown command `{}`.{} All of them: theriac --help", word, did_you_mean(word, names)));
  return false;
}

int run(int argc, char** argv) {
  CLI::App app;
  bool help = false;
  app.set_help_flag();
  app.add_flag("-h,--help", help);
  app.set_version_flag("--version", "theriac " THERIAC_VERSION);
  app.require_subcommand(0, 1);
  const auto commands = add_commands(app);
  if (argc > 1 && !is_known_first_word(commands, argv[1])) return impossible;
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help of a command, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& mistake) {
    complain(fmt::format("{}. See: theriac {}--help", mistake.what(),
                         app.get_subcommands().empty() ? "" : app.get_subcommands().front()->get_name() + " "));
    return impossible;
  }
  if (help) return print(overview), done;
  for (const auto& command : commands) {
    if (command.app->parsed()) return command.run();
  }
  fmt::print(stderr, "{}", overview);
  return impossible;
}

int guarded(int argc, char** argv) {
  try {
    const int code = run(argc, argv);
    if (!flush_output()) return complain("the output could not be written to its end"), impossible;
    return code;
  } catch (const CannotRead& why) {
    complain(why.what());
    return impossible;
  } catch (const std::exception& fault) {
    complain(fmt::format("a bug of ours: {}. Please report it with the command and the input.", fault.what()));
  } catch (...) {
    complain("a bug of ours. Please report it with the command and the input.");
  }
  return bug;
}

}  // namespace
}  // namespace theriac::cli

int main(int argc, char** argv) { return theriac::cli::guarded(argc, argv); }

// theriac doc [RULE]: a page a rule, an index, and what was looked up of each drug.
#include "commands.hpp"
#include "input.hpp"
#include "knowledge.hpp"
#include "terminal.hpp"
#include "theriac/document.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace theriac::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  KnowledgeOptions knowledge;
  std::string rule, out;
};

void write_page(const fs::path& folder, const DocumentPage& page) {
  const auto file = folder / page.file;
  std::error_code failed;
  fs::create_directories(file.parent_path(), failed);
  write_result(file.string(), page.text, {});
}

int run(const Options& options) {
  if (options.rule.empty() && options.out.empty())
    return complain("which rule, or into which folder all of them? theriac doc RULE, theriac doc -o FOLDER"), impossible;
  if (!options.rule.empty() && !options.out.empty()) return complain("one rule goes to standard output, -o takes all of them"), impossible;
  const auto rules = rules_or_complain(options.knowledge);
  if (!rules || (!options.rule.empty() && !knows_rule(*rules, options.rule))) return impossible;
  if (!options.rule.empty()) return print(rule_page(*rules, options.rule)), done;
  const auto pages = pages_of(*rules);
  for (const auto& page : pages) write_page(options.out, page);
  print(fmt::format("{} pages in {}: begin with {}\n", pages.size(), options.out, (fs::path(options.out) / pages.front().file).string()));
  return done;
}

}  // namespace

Run add_doc(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("RULE", options->rule, "A rule's label: its page, as Markdown");
  command.add_option("-o,--out", options->out, "A folder for all pages: index.md, drugs.md and a page a rule")->type_name("FOLDER");
  add_rules_option(command, options->knowledge);
  add_terminology_option(command, options->knowledge);
  command.footer("Exit: 0 done · 2 it could not be done. Files of the same names are written over.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli

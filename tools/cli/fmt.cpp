// theriac fmt [PATH…]: lays rule files out the one way there is; --check only tells which differ.
#include "commands.hpp"
#include "input.hpp"
#include "terminal.hpp"
#include "theriac/grammar/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace theriac::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  bool check = false;
};

// Files as named; of a folder all .rx files below it, in the order of their paths.
std::vector<std::string> files_of(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const auto& path : paths) {
    if (!fs::is_directory(path)) {
      out.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied)) {
      if (entry.is_regular_file() && entry.path().extension() == ".rx") found.push_back(entry.path().lexically_normal().string());
    }
    std::sort(found.begin(), found.end());
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

// Beside the file and then in its place, so that it is never half written.
void replace(const std::string& file, const std::string& text) {
  const auto target = fs::canonical(file);
  auto beside = target;
  beside += ".theriac-fmt";
  std::ofstream out(beside, std::ios::binary);
  out << text;
  out.close();
  std::error_code failed;
  if (out) fs::permissions(beside, fs::status(target).permissions(), failed);
  if (out && !failed) fs::rename(beside, target, failed);
  if (out && !failed) return;
  std::error_code ignored;
  fs::remove(beside, ignored);
  throw CannotRead(fmt::format("cannot write {}", file));
}

struct Tally {
  std::size_t files = 0;
  std::size_t changed = 0;
  bool mistakes = false;
};

void lay_out(const Options& options, const std::string& file, Tally& tally) {
  const auto source = grammar::Source::make(file == "-" ? "stdin" : file, read_bytes(file));
  const auto result = grammar::format(source);
  show_on_error(result.diagnostics);
  tally.mistakes |= grammar::has_errors(result.diagnostics);
  ++tally.files;
  const bool differs = result.text != source->text();
  tally.changed += differs ? 1 : 0;
  if (file == "-") {
    if (!options.check) print(result.text);
  } else if (differs) {
    if (!options.check) replace(file, result.text);
    print(fmt::format("{} {}\n", options.check ? "would change" : "changed", file));
  }
}

int run(const Options& options) {
  auto paths = options.paths;
  if (paths.empty() && !fs::is_directory("rules")) return complain("no folder `rules` here: name files or folders, theriac fmt PATH…"), impossible;
  if (paths.empty()) paths.emplace_back("rules");
  Tally tally;
  bool failed = false;
  for (const auto& file : files_of(paths)) {
    try {
      lay_out(options, file, tally);
    } catch (const CannotRead& why) {
      complain(why.what());
      failed = true;
    }
  }
  if (paths != std::vector<std::string>{"-"}) {
    print(fmt::format("{} of {} {}\n", tally.changed, tally.files, options.check ? "would change" : "changed"));
  }
  if (tally.mistakes) complain("statements with a mistake were left as they are");
  if (failed || tally.mistakes) return impossible;
  return options.check && tally.changed > 0 ? found : done;
}

}  // namespace

Run add_fmt(CLI::App& command) {
  auto options = std::make_shared<Options>();
  command.add_option("PATH", options->paths, "Rule files or folders (the folder rules here); - is standard input to standard output");
  command.add_flag("--check", options->check, "Change nothing; tell which files differ");
  command.footer("Exit: 0 done · 1 with --check, some would change · 2 a file could not be read or holds a mistake.");
  return [options] { return run(*options); };
}

}  // namespace theriac::cli

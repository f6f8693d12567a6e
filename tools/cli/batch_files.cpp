#include "batch_files.hpp"

#include "input.hpp"
#include "terminal.hpp"
#include "theriac/report.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace theriac::cli {
namespace {

namespace fs = std::filesystem;

FileHandle opened(const std::string& file, const char* how) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored)) throw CannotRead(fmt::format("cannot use {}: it is a folder", file));
  FileHandle handle(std::fopen(file.c_str(), how));
  if (!handle) throw CannotRead(fmt::format("cannot {} {}: {}", *how == 'r' ? "read" : "write", file, std::strerror(errno)));
  return handle;
}

std::string said(std::string_view key, std::string_view value) { return fmt::format("\"{}\": \"{}\"", key, escape_json(value)); }

}  // namespace

// ---- input

BatchInput::BatchInput(std::vector<std::string> files) : files_(std::move(files)) {
  bool known = true;
  for (const auto& file : files_) {
    if (file == "-") {
      known = false;
      continue;
    }
    opened(file, "rb");
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    known = known && !failed;
    size_ += failed ? 0 : size;
  }
  if (!known) size_ = 0;
}

std::size_t BatchInput::read(char* to, std::size_t size) {
  while (true) {
    if (!file_) {
      if (next_ == files_.size()) return 0;
      const auto& name = files_[next_++];
      file_ = name == "-" ? FileHandle(stdin) : opened(name, "rb");
    }
    const auto got = std::fread(to, 1, size, file_.get());
    if (got > 0) {
      at_line_start_ = to[got - 1] == '\n';
      return got;
    }
    if (std::ferror(file_.get()) != 0) throw CannotRead(fmt::format("cannot read {} to its end", files_[next_ - 1]));
    file_.reset();
    if (at_line_start_) continue;
    *to = '\n';
    at_line_start_ = true;
    return 1;
  }
}

// ---- output

namespace {

// What an answer of ours tells: its findings stand before what is undecided, and a quotation mark inside a text is never bare.
void count_answer(std::string_view line, const std::map<std::string, std::size_t, std::less<>>& rules, BatchTally& told) {
  if (line.starts_with("{\"line\": ")) {
    ++told.bad_lines;
    return;
  }
  ++told.patients;
  told.incomplete += line.find("\"not_screened\": []}") == std::string_view::npos ? 1 : 0;
  constexpr std::string_view finding = "{\"rule\": \"";
  const auto findings = line.substr(0, line.find("\"undecided\": "));
  std::set<std::size_t> spoke;
  for (auto at = findings.find(finding); at != std::string_view::npos; at = findings.find(finding, at + 1)) {
    const auto from = at + finding.size();
    const auto rule = rules.find(findings.substr(from, findings.find('"', from) - from));
    ++told.findings;
    if (rule != rules.end()) spoke.insert(rule->second);
  }
  for (const auto rule : spoke) ++told.by_rule[rule];
}

}  // namespace

std::uint64_t BatchOutput::go_on(const std::string& sidecar, const std::string& settings, const RuleBase& rules, BatchTally& told) {
  std::error_code failed;
  if (!fs::exists(name_, failed)) return 0;
  std::string head;
  std::getline(std::ifstream(sidecar), head);
  if (head.find(said("sha256", rules.info().sha256)) == std::string::npos || head.find(said("settings", settings)) == std::string::npos)
    throw CannotRead(fmt::format("cannot go on with {}: {} does not say that these rules and options made it", name_, sidecar));
  std::map<std::string, std::size_t, std::less<>> numbers;
  for (const auto& label : rules.labels()) numbers.emplace(label, numbers.size());
  told.by_rule.resize(numbers.size());
  std::ifstream in(name_, std::ios::binary);
  std::uint64_t lines = 0, whole = 0;
  for (std::string line; std::getline(in, line) && !in.eof();) {  // what does not end in a new line was broken off
    count_answer(line, numbers, told);
    whole += line.size() + 1;
    ++lines;
  }
  in.close();
  fs::resize_file(name_, whole, failed);
  if (failed) throw CannotRead(fmt::format("cannot write {}: {}", name_, failed.message()));
  append_ = true;
  return lines;
}

void BatchOutput::open() {
  if (name_.empty()) return;
  file_ = opened(name_, append_ ? "ab" : "wb");
}

void BatchOutput::write(std::string_view answers) {
  auto* to = file_ ? file_.get() : stdout;
  if (std::fwrite(answers.data(), 1, answers.size(), to) != answers.size())
    throw CannotRead(fmt::format("cannot write {}: {}", name_.empty() ? "the output" : name_, std::strerror(errno)));
}

void BatchOutput::close() {
  if (file_ && std::fflush(file_.get()) != 0) throw CannotRead(fmt::format("cannot write {}: {}", name_, std::strerror(errno)));
  file_.reset();
}

// ---- the sidecar

void write_sidecar(const std::string& file, const RuleBase& rules, const std::string& settings, const BatchTally* tally) {
  if (file.empty()) return;
  const auto& info = rules.info();
  const auto labels = rules.labels();
  auto text = fmt::format("{{{}, {}, {}, {}, \"complete\": {}", said("schema", "theriac.batch-rules/1"), said("rule_base", info.name),
                          said("sha256", info.sha256), said("settings", settings), tally != nullptr);
  if (tally != nullptr)
    text += fmt::format(", \"patients\": {}, \"findings\": {}, \"bad_lines\": {}, \"incomplete\": {}", tally->patients, tally->findings,
                        tally->bad_lines, tally->incomplete);
  text += ",\n \"rules\": [";
  for (std::size_t i = 0; i < labels.size(); ++i) {
    text += fmt::format("{}\n  {{{}, {}", i == 0 ? "" : ",", said("rule", labels[i]), said("reading", rules.reading(labels[i])));
    if (tally != nullptr)
      text += fmt::format(", \"patients\": {}, \"per_1000\": \"{}\"", tally->by_rule[i], per_thousand(tally->by_rule[i], tally->patients));
    text += "}";
  }
  const auto handle = opened(file, "wb");
  text += "\n ]}\n";
  if (std::fwrite(text.data(), 1, text.size(), handle.get()) != text.size() || std::fflush(handle.get()) != 0)
    throw CannotRead(fmt::format("cannot write {}: {}", file, std::strerror(errno)));
}

// ---- for people

BatchProgress::BatchProgress(std::uint64_t size, bool always)
    : size_(size), on_(always || isatty(STDERR_FILENO) == 1), begun_(std::chrono::steady_clock::now()), last_(begun_) {}

BatchProgress::~BatchProgress() {
  if (told_) std::fputc('\n', stderr);
}

void BatchProgress::tell(std::uint64_t bytes, std::uint64_t lines) {
  lines_ += lines;
  if (!on_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(500)) return;
  last_ = now;
  told_ = true;
  const auto seconds = std::chrono::duration<double>(now - begun_).count();
  const auto left = size_ > bytes ? seconds * static_cast<double>(size_ - bytes) / static_cast<double>(bytes) : 0.0;
  fmt::print(stderr, "\r{} patients, {:.0f} a second{}   ", lines_, static_cast<double>(lines_) / seconds,
             size_ > 0 ? fmt::format(", {:.0f} %, {:.0f} s left", 100.0 * static_cast<double>(bytes) / static_cast<double>(size_), left) : "");
}

std::vector<std::pair<std::string, std::uint64_t>> most_frequent(const RuleBase& rules, const BatchTally& tally, std::size_t most) {
  const auto labels = rules.labels();
  std::vector<std::pair<std::string, std::uint64_t>> result;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (tally.by_rule[i] > 0) result.emplace_back(labels[i], tally.by_rule[i]);
  }
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (result.size() > most) result.resize(most);
  return result;
}

std::string per_thousand(std::uint64_t of, std::uint64_t all) {
  if (all == 0) return "0.0";
  const auto tenths = (of * 10'000 + all / 2) / all;
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::string count_table(const RuleBase& rules, const BatchTally& tally) {
  std::string text = "rule\tpatients\tper_1000\n";
  for (const auto& [label, patients] : most_frequent(rules, tally, rules.labels().size()))
    text += fmt::format("{}\t{}\t{}\n", label, patients, per_thousand(patients, tally.patients));
  return text;
}

}  // namespace theriac::cli

#include "input.hpp"

#include "terminal.hpp"
#include "theriac/fhir/fhir.hpp"
#include "theriac/regimen/read.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>

namespace theriac::cli {
namespace {

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, Close>;

std::string shown_name(const std::string& file) { return file == "-" ? "stdin" : std::filesystem::path(file).filename().string(); }

}  // namespace

Minutes today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return *parse_as_of(fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday));
}

void write_result(const std::string& file, std::string_view text, const std::vector<std::string>& inputs) {
  if (file.empty() || file == "-") return print(text);
  for (const auto& input : inputs) {
    std::error_code none;
    if (std::filesystem::equivalent(file, input, none)) throw CannotRead(fmt::format("{} is what is read: it is not written over", file));
  }
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw CannotRead(fmt::format("cannot write {}", file));
}

std::string read_bytes(const std::string& file) {
  std::error_code ignored;
  if (file != "-" && std::filesystem::is_directory(file, ignored)) throw CannotRead(fmt::format("cannot read {}: it is a folder", file));
  const File in(file == "-" ? stdin : std::fopen(file.c_str(), "rb"));
  if (!in) throw CannotRead(fmt::format("cannot read {}: {}", file, errno == ENOENT ? "no such file" : std::strerror(errno)));
  std::string bytes;
  char block[65536];
  for (std::size_t got = 0; (got = std::fread(block, 1, sizeof block, in.get())) > 0;) bytes.append(block, got);
  if (std::ferror(in.get()) != 0) throw CannotRead(fmt::format("cannot read {} to its end", file));
  return bytes;
}

std::optional<Minutes> parse_as_of(const std::string& text) {
  const auto when = parse_date(text);
  if (!when || when->earliest != when->latest) return {};
  return when->earliest;
}

PatientsRead read_patients(const std::string& file, const Terminology& terminology, const std::optional<Minutes>& as_of, bool strict) {
  PatientsRead out;
  try {
    const auto source = grammar::Source::make(shown_name(file), read_bytes(file));
    if (fhir::looks_like_fhir(source->text())) {
      auto read = fhir::read(source, terminology, {as_of, today(), strict});
      out.patients = std::move(read.patients);
      out.diagnostics = std::move(read.diagnostics);
    } else {
      auto read = regimen::read(source, {as_of, today()});
      out.patients = std::move(read.patients);
      out.diagnostics = std::move(read.diagnostics);
    }
    show_on_error(out.diagnostics);
    out.failed = grammar::has_errors(out.diagnostics) || out.patients.empty();
    if (out.patients.empty() && !grammar::has_errors(out.diagnostics)) complain(fmt::format("{}: no patient in it", file));
  } catch (const CannotRead& why) {
    complain(why.what());
    out.failed = true;
  }
  return out;
}

}  // namespace theriac::cli

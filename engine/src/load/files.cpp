#include "load/files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>

namespace theriac::detail {
namespace {

constexpr std::uintmax_t largest = 256U << 20U;

fs::path made_absolute(const fs::path& path) {
  std::error_code ignored;
  auto made = fs::absolute(path, ignored).lexically_normal();
  return made.has_filename() ? made : made.parent_path();  // "rules/" is "rules"
}

bool is_hidden(const fs::path& path) { return path.filename().string().substr(0, 1) == "."; }

}  // namespace

Files::Files(const fs::path& root, grammar::Diagnostics& diagnostics)
    : root_(made_absolute(root)), named_from_(root_.parent_path()), diagnostics_(diagnostics) {
  if (root_.filename() == "terminology" && named_from_.has_filename()) named_from_ = named_from_.parent_path();
}

bool Files::root_is_folder() const {
  std::error_code ignored;
  return fs::is_directory(root_, ignored);
}

std::string Files::name_of(const fs::path& path) const { return path.lexically_relative(named_from_).generic_string(); }

std::vector<fs::path> Files::find(std::string_view extension, std::string_view except) const {
  if (!root_is_folder()) return {root_};
  std::vector<fs::path> found;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(root_, fs::directory_options::skip_permission_denied, failed), end; !failed && at != end;
       at.increment(failed)) {
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored);
    if (is_folder && (is_hidden(at->path()) || (at.depth() == 0 && at->path().filename() == except))) at.disable_recursion_pending();
    if (!is_folder && !is_hidden(at->path()) && at->path().extension() == extension) found.push_back(at->path());
  }
  std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) { return a.generic_string() < b.generic_string(); });
  return found;
}

void Files::complain(const fs::path& path, std::string message) {
  const grammar::Place place{grammar::Source::make(name_of(path), ""), {}};
  diagnostics_.push_back(grammar::diagnose(grammar::Code::TH1010, place, std::move(message)));
}

grammar::SourcePtr Files::read(const fs::path& file) {
  std::error_code failed;
  if (!fs::exists(file, failed)) return complain(file, "there is no such file"), nullptr;
  if (!fs::is_regular_file(file, failed)) return complain(file, "this is no file that can be read"), nullptr;
  const auto size = fs::file_size(file, failed);
  if (failed || size > largest) return complain(file, failed ? failed.message() : fmt::format("{} bytes are more than is read", size)), nullptr;
  std::ifstream stream(file, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream) return complain(file, "the file cannot be read"), nullptr;
  return grammar::Source::make(name_of(file), std::move(text));
}

}  // namespace theriac::detail

#include "load/files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>

namespace theriac::detail {
namespace {

constexpr std::streamoff largest = 256 << 20;

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

std::string Files::name_of(const fs::path& path) const {
  const auto whole = path.generic_string();
  auto folder = named_from_.generic_string();
  if (!folder.ends_with('/')) folder += '/';
  const bool is_plainly_below = whole.starts_with(folder) && whole.find("/.") == std::string::npos && whole.find("//") == std::string::npos;
  return is_plainly_below ? whole.substr(folder.size()) : path.lexically_relative(named_from_).generic_string();
}

const std::vector<Files::Found>& Files::all(std::string_view except) {
  if (walked_ && except == except_) return *walked_;
  except_ = except;
  walked_.emplace();
  std::error_code failed;
  for (fs::recursive_directory_iterator at(root_, fs::directory_options::skip_permission_denied, failed), end; !failed && at != end;
       at.increment(failed)) {
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored);
    if (is_folder && (is_hidden(at->path()) || (at.depth() == 0 && at->path().filename() == except))) at.disable_recursion_pending();
    if (!is_folder && !is_hidden(at->path())) walked_->push_back({at->path().generic_string(), at->path()});
  }
  std::sort(walked_->begin(), walked_->end(), [](const Found& a, const Found& b) { return a.name < b.name; });
  return *walked_;
}

std::vector<fs::path> Files::find(std::string_view extension, std::string_view except) {
  if (!root_is_folder()) return {root_};
  std::vector<fs::path> found;
  for (const auto& file : all(except)) {
    if (file.path.extension() == extension) found.push_back(file.path);
  }
  return found;
}

void Files::complain(const fs::path& path, std::string message) {
  const grammar::Place place{grammar::Source::make(name_of(path), ""), {}};
  diagnostics_.push_back(grammar::diagnose(grammar::Code::TH1010, place, std::move(message)));
}

grammar::SourcePtr Files::read(const fs::path& file) {
  std::error_code failed;
  const auto status = fs::status(file, failed);
  if (!fs::exists(status)) return complain(file, "there is no such file"), nullptr;
  if (!fs::is_regular_file(status)) return complain(file, "this is no file that can be read"), nullptr;
  std::ifstream stream;
  stream.rdbuf()->pubsetbuf(nullptr, 0);  // a file is read whole, in one step
  stream.open(file, std::ios::binary | std::ios::ate);
  const auto size = stream ? static_cast<std::streamoff>(stream.tellg()) : -1;
  if (size < 0) return complain(file, "the file cannot be read"), nullptr;
  if (size > largest) return complain(file, fmt::format("{} bytes are more than is read", size)), nullptr;
  std::string text(static_cast<std::size_t>(size), '\0');
  stream.seekg(0).read(text.data(), size);
  if (!stream) return complain(file, "the file cannot be read"), nullptr;
  return grammar::Source::make(name_of(file), std::move(text));
}

}  // namespace theriac::detail

#include "load/names.hpp"

#include "theriac/grammar/nearest.hpp"
#include "theriac/terminology.hpp"

namespace theriac::detail {

void FileNames::add(const std::string& spelling, std::uint32_t id) {
  if (ids_.try_emplace(normalise(spelling), id).second) spellings_.push_back(spelling);
}

std::optional<std::uint32_t> FileNames::find(std::string_view spelling) const {
  const auto found = ids_.find(normalise(spelling));
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> FileNames::nearest(std::string_view spelling) const {
  return grammar::nearest(spelling, std::vector<std::string_view>(spellings_.begin(), spellings_.end()));
}

}  // namespace theriac::detail

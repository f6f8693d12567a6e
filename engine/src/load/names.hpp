// FileNames of one kind while files are being read: a reference may point forward and into another file, so it is looked up when all names are known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace theriac::detail {

class FileNames {
 public:
  // The first meaning stays; who else claims the name is found when the terminology is built.
  void add(const std::string& spelling, std::uint32_t id);
  std::optional<std::uint32_t> find(std::string_view spelling) const;
  std::optional<std::string> nearest(std::string_view spelling) const;

 private:
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::string> spellings_;
};

}  // namespace theriac::detail

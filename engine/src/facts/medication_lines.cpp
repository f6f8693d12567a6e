#include "facts/medication_lines.hpp"

#include <functional>
#include <string>
#include <unordered_map>

namespace theriac::detail {
namespace {

constexpr std::size_t most = 4096, longest = 120;

struct Hash : std::hash<std::string_view> {
  using is_transparent = void;
};
using Lines = std::unordered_map<std::string, grammar::MedicationLine, Hash, std::equal_to<>>;

}  // namespace

grammar::MedicationLine medication_line(std::string_view text) {
  if (text.size() > longest) return grammar::read_medication_line(text);
  thread_local Lines lines;
  const auto found = lines.find(text);
  if (found != lines.end()) return found->second;
  if (lines.size() == most) lines.clear();
  return lines.emplace(text, grammar::read_medication_line(text)).first->second;
}

}  // namespace theriac::detail

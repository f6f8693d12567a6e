#include "rules/primitives.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace theriac::grammar::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::array time_units = {"minute"sv, "hour"sv, "day"sv, "week"sv, "month"sv, "year"sv};
constexpr std::array operators = {
    std::pair{"<="sv, Compare::less_equal}, std::pair{">="sv, Compare::greater_equal}, std::pair{"!="sv, Compare::not_equal},
    std::pair{"≤"sv, Compare::less_equal},  std::pair{"≥"sv, Compare::greater_equal},  std::pair{"≠"sv, Compare::not_equal},
    std::pair{"<"sv, Compare::less},        std::pair{">"sv, Compare::greater},        std::pair{"="sv, Compare::equal}};

std::size_t read_count(std::string_view rest, std::uint32_t& value) {
  const auto length = number_length(rest);
  const auto* end = rest.data() + length;
  const auto [stop, error] = std::from_chars(rest.data(), end, value);
  return error == std::errc{} && stop == end && value <= 1'000'000 ? length : 0;
}

std::string_view time_unit(std::string_view word) {
  const auto lower = lower_ascii(word);
  for (const auto unit : time_units) {
    if (lower == unit || (lower.size() == unit.size() + 1 && lower.starts_with(unit) && lower.ends_with('s'))) return unit;
  }
  return {};
}

}  // namespace

std::size_t WholeNumber::read(std::string_view rest, std::uint32_t& value) const {
  const auto length = read_count(rest, value);
  return value > 0 && length == word_length(rest) ? length : 0;
}

std::size_t Days::read(std::string_view rest, Duration& duration) const {
  const auto number = read_count(rest, duration.count);
  if (number == 0) return 0;
  const auto start = number + blanks_before(rest.substr(number));
  const auto word = rest.substr(start, word_length(rest.substr(start)));
  duration.unit = std::string(time_unit(word));
  return duration.unit.empty() ? 0 : start + word.size();
}

std::size_t Operator::read(std::string_view rest, Compare& op) const {
  if (rest.starts_with("=<") || rest.starts_with("==")) return 0;
  const auto length = sign_length(rest);
  for (const auto& [sign, value] : operators) {
    if (length == sign.size() && rest.starts_with(sign)) {
      op = value;
      return length;
    }
  }
  return 0;
}

}  // namespace theriac::grammar::detail

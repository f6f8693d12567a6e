#include "report/words.hpp"

#include "report/utf8.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace theriac::detail {
namespace {

std::string encode(char32_t point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
  return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length)};
}

std::string raise(std::string_view text, bool only_first) {
  std::string out;
  for_each_point(text, [&](char32_t point, std::string_view bytes) {
    const bool keep = only_first && !out.empty();
    if (keep)
      out += bytes;
    else
      out += encode(static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(point))));
  });
  return out;
}

}  // namespace

std::string_view sign(Severity severity) {
  switch (severity) {
    case Severity::contraindicated:
      return "■";
    case Severity::major:
      return "▲";
    case Severity::moderate:
      return "●";
    case Severity::minor:
      return "○";
    case Severity::info:
      return "·";
    case Severity::unrated:
      return "□";
  }
  return "□";
}

std::string upper_word(Severity severity) { return upper(to_string(severity)); }

std::string signed_word(Severity severity) { return fmt::format("{} {}", sign(severity), to_string(severity)); }

Ink ink_of(Severity severity) {
  if (severity >= Severity::major) return Ink::red;
  return severity == Severity::moderate || severity == Severity::unrated ? Ink::yellow : Ink::cyan;
}

std::string upper(std::string_view text) { return raise(text, false); }

std::string capital(std::string_view text) { return raise(text, true); }

std::string join(const std::vector<std::string>& parts, std::string_view separator) { return fmt::format("{}", fmt::join(parts, separator)); }

std::string join_or(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return join(parts, "");
  const std::vector<std::string> front(parts.begin(), parts.end() - 1);
  return join(front, ", ") + " or " + parts.back();
}

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  if (count == 1) return fmt::format("1 {}", one);
  return many.empty() ? fmt::format("{} {}s", count, one) : fmt::format("{} {}", count, many);
}

std::string small_number(std::size_t count) {
  constexpr std::array<std::string_view, 13> names = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                                      "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  return count < names.size() ? std::string(names[count]) : std::to_string(count);
}

std::string shortened(std::string_view text, std::size_t columns) {
  auto clean = printable(text);
  if (width(clean) <= columns) return clean;
  std::string out;
  std::size_t used = 0;
  for_each_point(clean, [&](char32_t, std::string_view bytes) {
    used += width(bytes);
    if (used < columns) out += bytes;
  });
  return out + "…";
}

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", shortened(text, 70)); }

std::vector<std::string> printable_all(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (const auto& text : texts) out.push_back(shortened(text, 300));
  return out;
}

std::string without_column(std::string_view place) {
  const auto colon = place.rfind(':');
  const auto before = place.substr(0, colon);
  const bool line_and_column = colon != std::string_view::npos && before.find(':') != std::string_view::npos;
  return printable(line_and_column ? before : place);
}

std::string need_words(const Need& need) {
  auto out = printable(need.input);
  if (need.within_days > 0) out += fmt::format(" within {}", plural(static_cast<std::size_t>(need.within_days), "day"));
  if (!need.because.empty()) out += fmt::format(" ({})", printable(need.because));
  return out;
}

std::vector<std::string> needs_told(const std::vector<Need>& needs, bool say_what_is_open) {
  std::vector<std::string> result;
  for (const auto& need : needs) {
    const bool has_inputs = std::any_of(needs.begin(), needs.end(), [&](const Need& other) { return other.of == need.input; });
    const auto words = need_words(need) + (need.asked || !say_what_is_open ? "" : ", not mentioned");
    if (!has_inputs && std::find(result.begin(), result.end(), words) == result.end()) result.push_back(words);
  }
  return result;
}

std::string value_words(const DerivedValue& value) {
  const auto unit = value.unit.empty() ? "" : " " + printable(value.unit);
  std::vector<std::string> notes;
  if (value.name.find(value.formula) == std::string::npos) notes.push_back(printable(value.formula));
  if (!value.range.empty()) notes.push_back(printable(value.range));
  const auto dated = std::find_if(value.inputs.begin(), value.inputs.end(), [](const auto& input) { return !input.date.empty(); });
  if (dated != value.inputs.end()) {
    const auto input_unit = dated->unit.empty() ? "" : " " + printable(dated->unit);
    notes.push_back(fmt::format("{} {}{} of {}", printable(dated->name), printable(dated->value), input_unit, dated->date));
  }
  const auto note = notes.empty() ? "" : " (" + join(notes, "; ") + ")";
  return fmt::format("{} {}{}{}", printable(value.name), printable(value.value), unit, note);
}

}  // namespace theriac::detail

#include "theriac/grammar/source.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace theriac::grammar {
namespace {

constexpr std::size_t step = 256;

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::uint32_t characters_in(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

}  // namespace

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {}

const Source::Lines& Source::lines() const {
  std::call_once(counted_, [this] {
    lines_.starts.push_back(0);
    for (auto at = text_.find('\n'); at != std::string::npos && at + 1 < text_.size(); at = text_.find('\n', at + 1)) {
      lines_.starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
    std::uint32_t characters = 0;
    for (std::size_t at = 0; at + step <= text_.size(); at += step) {
      characters += characters_in(std::string_view(text_).substr(at, step));
      lines_.characters.push_back(characters);
    }
  });
  return lines_;
}

std::uint32_t Source::characters_before(std::uint32_t offset) const {
  const auto steps = offset / step;
  return (steps == 0 ? 0 : lines().characters[steps - 1]) + characters_in(std::string_view(text_).substr(steps * step, offset % step));
}

std::shared_ptr<const Source> Source::make(std::string name, std::string text) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a source of 4 GiB or more");
  return std::shared_ptr<const Source>(new Source(std::move(name), std::move(text)));
}

std::string_view Source::slice(Span span) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  const auto begin = std::min(span.begin, size);
  const auto end = std::clamp(span.end, begin, size);
  return std::string_view(text_).substr(begin, end - begin);
}

Position Source::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto& starts = lines().starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  return {line, characters_before(offset) - characters_before(starts[line - 1]) + 1};
}

std::uint32_t Source::offset(Position position) const {
  const auto& starts = lines().starts;
  if (position.line == 0 || position.line > starts.size()) return static_cast<std::uint32_t>(text_.size());
  auto at = starts[position.line - 1];
  for (std::uint32_t column = 1; column < position.column && at < text_.size(); ++column) {
    ++at;
    while (at < text_.size() && is_continuation(text_[at])) ++at;
  }
  return at;
}

std::string_view Source::line(std::uint32_t number) const {
  const auto& starts = lines().starts;
  if (number == 0 || number > starts.size()) return {};
  const auto begin = starts[number - 1];
  const auto end = number < starts.size() ? starts[number] : text_.size();
  auto text = std::string_view(text_).substr(begin, end - begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::optional<std::uint32_t> Source::invalid_utf8() const {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text_.data());
  const auto size = static_cast<utf8proc_ssize_t>(text_.size());
  for (utf8proc_ssize_t at = 0; at < size;) {
    if (bytes[at] < 0x80) {
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto length = utf8proc_iterate(bytes + at, size - at, &point);
    if (length <= 0) return static_cast<std::uint32_t>(at);
    at += length;
  }
  return std::nullopt;
}

std::string Place::to_string() const {
  if (!source) return {};
  const auto at = source->position(span.begin);
  return source->name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

}  // namespace theriac::grammar

// A source is one text that a person wrote: a rule file, a terminology file, a patient's regimen. It is immutable, knows its lines, and is shared by
// everything that points into it, so that a fact or a rule can be shown where it stands long after it was read.
//
// Positions are byte offsets inside; lines and columns (from 1, columns in code points) are worked out when shown.
// Text that is not UTF-8 is accepted here and reported by whoever reads it (`invalid_utf8`). Safe to share between threads.
//
//     auto source = grammar::Source::make("one.rx", "A + B → C\n");
//     source->position(4).column;   // 5
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar {

// Bytes [begin, end) of one source.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const Position&) const = default;
};

class Source {
 public:
  // Texts of 4 GiB and more are refused with std::length_error.
  static std::shared_ptr<const Source> make(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  std::string_view slice(Span span) const;
  Position position(std::uint32_t offset) const;
  // The other way round; the end of the text for a place that it does not have.
  std::uint32_t offset(Position position) const;
  // The line's text without its end; lines count from 1.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(lines().starts.size()); }
  // Offset of the first byte that is not UTF-8.
  std::optional<std::uint32_t> invalid_utf8() const;

 private:
  Source(std::string name, std::string text);
  std::string name_;
  std::string text_;
  // Worked out when a position is first asked for: of most sources none is.
  struct Lines {
    std::vector<std::uint32_t> starts;
    std::vector<std::uint32_t> characters;  // before each step of bytes: a line may be a whole file
  };
  const Lines& lines() const;
  std::uint32_t characters_before(std::uint32_t offset) const;
  mutable std::once_flag counted_;
  mutable Lines lines_;
};

using SourcePtr = std::shared_ptr<const Source>;

// Where something stands. No source: it was made by a program.
struct Place {
  SourcePtr source;
  Span span;
  // "ada.yaml:9:5", or "" where there is no source.
  std::string to_string() const;
};

}  // namespace theriac::grammar

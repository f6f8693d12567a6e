// Writes JSON text as it goes: nothing is built up but the text itself. Two layouts: `pretty` (two blanks a level, one line for what is opened as
// `row`) and `line` (no new line anywhere, for NDJSON). Text is escaped as RFC 8259 asks, UTF-8 is kept, bytes that are not UTF-8 become U+FFFD, so
// that whatever was read comes out as valid JSON. Numbers of ours are integers; decimals are written as strings. There is no null. Not thread-safe;
// make one a thread.
//
//     JsonWriter json(JsonWriter::Layout::line);
//     json.begin_object().field("schema", "theriac.screening/1").end_object();
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

class JsonWriter {
 public:
  enum class Layout : std::uint8_t { pretty, line };
  enum class Shape : std::uint8_t { block, row };  // row: all of it on one line, also when pretty

  explicit JsonWriter(Layout layout) : layout_(layout) {}

  JsonWriter& begin_object(Shape shape = Shape::block) { return open('{', shape); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array(Shape shape = Shape::block) { return open('[', shape); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& texts(const std::vector<std::string>& values);

  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& field(std::string_view name, const std::vector<std::string>& values) { return key(name).texts(values); }
  JsonWriter& flag(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& count(std::string_view name, std::integral auto value) { return key(name).number(static_cast<std::int64_t>(value)); }

  // `each` writes one element.
  template <class Range, class Each>
  JsonWriter& list(std::string_view name, const Range& range, Each each, Shape shape = Shape::block) {
    key(name).begin_array(shape);
    for (const auto& element : range) each(element);
    return end_array();
  }

  const std::string& result() const { return text_; }

 private:
  struct Level {
    bool row = false;
    bool empty = true;
  };
  JsonWriter& open(char bracket, Shape shape);
  JsonWriter& close(char bracket);
  void before_value();
  void separate();
  void new_line();

  Layout layout_;
  std::string text_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace theriac::detail

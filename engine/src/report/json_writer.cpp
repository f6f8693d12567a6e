#include "report/json_writer.hpp"

#include "report/utf8.hpp"
#include "theriac/report.hpp"

#include <fmt/format.h>

namespace theriac {

std::string escape_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  detail::for_each_point(text, [&](char32_t point, std::string_view bytes) {
    switch (point) {
      case U'"':
        out += "\\\"";
        return;
      case U'\\':
        out += "\\\\";
        return;
      case U'\n':
        out += "\\n";
        return;
      case U'\r':
        out += "\\r";
        return;
      case U'\t':
        out += "\\t";
        return;
      default:
        break;
    }
    if (point < 0x20 || point == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(point));
    } else {
      out += bytes;
    }
  });
  return out;
}

namespace detail {

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  text_ += '"';
  text_ += escape_json(name);
  text_ += "\": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  before_value();
  text_ += '"';
  text_ += escape_json(value);
  text_ += '"';
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  before_value();
  text_ += fmt::format("{}", value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  before_value();
  text_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::texts(const std::vector<std::string>& values) {
  begin_array(Shape::row);
  for (const auto& value : values) text(value);
  return end_array();
}

JsonWriter& JsonWriter::open(char bracket, Shape shape) {
  before_value();
  text_ += bracket;
  const bool inside_row = !levels_.empty() && levels_.back().row;
  levels_.push_back({inside_row || shape == Shape::row || layout_ == Layout::line, true});
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  const auto level = levels_.back();
  levels_.pop_back();
  if (!level.row && !level.empty) new_line();
  text_ += bracket;
  return *this;
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  separate();
}

void JsonWriter::separate() {
  if (levels_.empty()) return;
  auto& level = levels_.back();
  if (!level.empty) text_ += level.row ? ", " : ",";
  level.empty = false;
  if (!level.row) new_line();
}

void JsonWriter::new_line() {
  text_ += '\n';
  text_.append(2 * levels_.size(), ' ');
}

}  // namespace detail
}  // namespace theriac

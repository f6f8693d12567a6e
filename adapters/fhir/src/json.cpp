#include "json.hpp"

#include "theriac/report.hpp"

namespace theriac::fhir {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  out += escape_json(text);
  out += '"';
}

// FHIR refuses text of blanks alone.
bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

}  // namespace

Json Json::text(std::string value) {
  Json json;
  json.text_ = std::move(value);
  return json;
}

Json& Json::set(std::string key, Json value) {
  if (!value.empty()) members_.emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::add(Json value) { return set({}, std::move(value)); }

bool Json::empty() const { return kind_ == Kind::text ? is_blank(text_) : members_.empty(); }

std::string Json::write(int indent) const {
  std::string out;
  write_into(out, indent);
  return out;
}

void Json::write_into(std::string& out, int indent) const {
  if (kind_ == Kind::text) return append_escaped(out, text_);
  const auto inner = indent < 0 ? indent : indent + 2;
  const auto new_line = [&](int by) {
    if (indent < 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(by), ' ');
  };
  out += kind_ == Kind::object ? '{' : '[';
  bool first = true;
  for (const auto& [key, value] : members_) {
    if (!first) out += ',';
    first = false;
    new_line(inner);
    if (kind_ == Kind::object) {
      append_escaped(out, key);
      out += indent < 0 ? ":" : ": ";
    }
    value.write_into(out, inner);
  }
  new_line(indent);
  out += kind_ == Kind::object ? '}' : ']';
}

}  // namespace theriac::fhir

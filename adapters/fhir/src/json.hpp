// JSON as FHIR wants it: members in the order they are set, and nothing empty anywhere: an empty text, object or list is not written at all.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace theriac::fhir {

class Json {
 public:
  Json() = default;
  static Json text(std::string value);
  static Json object() { return Json(Kind::object); }
  static Json list() { return Json(Kind::list); }

  Json& set(std::string key, Json value);
  Json& set(std::string key, std::string value) { return set(std::move(key), text(std::move(value))); }
  Json& add(Json value);

  bool empty() const;
  // `indent` < 0: on one line.
  std::string write(int indent) const;

 private:
  enum class Kind { text, object, list };
  explicit Json(Kind kind) : kind_(kind) {}
  void write_into(std::string& out, int indent) const;

  Kind kind_ = Kind::text;
  std::string text_;
  std::vector<std::pair<std::string, Json>> members_;  // of a list without keys
};

}  // namespace theriac::fhir

#include "terminology/unicode.hpp"
#include "terminology/unit_table.hpp"

#include "theriac/grammar/nearest.hpp"

#include <algorithm>
#include <array>

namespace theriac {
namespace {

using detail::Atom;

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

// m² and 10⁹ to m^2 and 10^9 before compatibility folding makes them m2 and 109.
std::string spell_superscripts(std::string_view text) {
  static constexpr std::array<std::string_view, 10> superscripts = {"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                                                    "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string spelt(text);
  bool after_one = false;
  for (std::size_t at = 0; at < spelt.size();) {
    const auto rest = std::string_view(spelt).substr(at);
    const auto found = std::find_if(superscripts.begin(), superscripts.end(), [&](std::string_view s) { return rest.substr(0, s.size()) == s; });
    if (found == superscripts.end()) {
      after_one = false;
      ++at;
      continue;
    }
    const auto digits = (after_one ? "" : "^") + std::to_string(found - superscripts.begin());
    spelt.replace(at, found->size(), digits);
    at += digits.size();
    after_one = true;
  }
  return spelt;
}

std::string clean(std::string_view text) {
  auto cleaned = detail::compatibility_form(spell_superscripts(text));
  replace_all(cleaned, "\u2044", "/");  // what NFKC makes of fractions and some slashes
  replace_all(cleaned, "\u2215", "/");
  replace_all(cleaned, " per ", "/");
  replace_all(cleaned, "\u00B7", ".");
  replace_all(cleaned, "  ", " ");
  return std::string(trim(cleaned));
}

std::vector<std::string_view> split(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(sign);
    parts.push_back(trim(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Collects a product. Where one dimension stands above and below the line (mmol/mol, mg/g) it does not cancel: such a ratio is a dimension of its
// own, so that an HbA1c in mmol/mol never meets one in percent.
class Product {
 public:
  bool multiply(const Atom& atom, bool below) {
    for (std::size_t i = 0; i < atom.dimension.exponents.size(); ++i) {
      const auto exponent = atom.dimension.exponents[i] * (below ? -1 : 1);
      (exponent > 0 ? above_ : below_)[i] += exponent;
    }
    return scale(atom.factor, below);
  }
  bool scale(const Rational& by, bool below) {
    const auto scaled = below ? divide(factor_, by) : theriac::multiply(factor_, by);
    if (!scaled || *scaled == Rational{0}) return false;
    factor_ = *scaled;
    return true;
  }
  std::optional<Unit> unit(std::string text) const {
    Unit unit{std::move(text), {}, factor_};
    for (std::size_t i = 0; i < above_.size(); ++i) {
      const auto exponent = above_[i] + below_[i] + 16 * std::min(above_[i], -below_[i]);
      if (exponent < -100 || exponent > 100) return std::nullopt;
      unit.dimension.exponents[i] = static_cast<std::int8_t>(exponent);
    }
    return unit;
  }

 private:
  std::array<int, std::tuple_size_v<decltype(Dimension::exponents)>> above_{};
  decltype(above_) below_{};
  Rational factor_{1};
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "5 mL" below the line: the number and what it counts.
std::pair<std::string_view, std::string_view> split_number(std::string_view part) {
  std::size_t end = 0;
  while (end < part.size() && (is_digit(part[end]) || part[end] == '.')) ++end;
  return {part.substr(0, end), trim(part.substr(end))};
}

// "mg{creatinine}" → mg. An annotation says what is meant and changes no value; one that speaks of the surface (mL/min{1.73_m2}) would, and is not
// dropped.
std::string_view without_annotation(std::string_view part) {
  const auto open = part.find('{');
  if (open == 0 || open == std::string_view::npos || part.back() != '}' || detail::find_atom(part)) return part;
  const auto annotation = part.substr(open);
  const bool one = annotation.find('}') == annotation.size() - 1 && annotation.rfind('{') == 0;
  if (!one || annotation.find("1.73") != std::string_view::npos || annotation.find("m2") != std::string_view::npos) return part;
  return trim(part.substr(0, open));
}

// "{cells}", "{copies}": something counted, whatever it is.
bool is_counted_thing(std::string_view part) {
  if (part.size() < 3 || part.front() != '{' || part.find('}') != part.size() - 1 || part.rfind('{') != 0) return false;
  return std::all_of(part.begin() + 1, part.end() - 1,
                     [](char c) { return c == '_' || c == '-' || c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// Reads one part between slashes into the product and the text shown.
bool read_part(std::string_view part, bool below, Product& product, std::string& shown) {
  part = without_annotation(part);
  if (below && !detail::find_atom(part)) {
    const auto [number, rest] = split_number(part);
    const auto value = Rational::parse(number);
    if (value && !rest.empty()) {
      if (!product.scale(*value, below)) return false;
      shown += number;
      part = rest;
    }
  }
  const auto* whole = detail::find_atom(part);
  bool first = true;
  for (const auto name : whole ? std::vector{part} : split(part, '.')) {
    const auto* atom = detail::find_atom(name);
    const bool thing = !atom && is_counted_thing(name);
    if (thing) atom = detail::find_atom("cell");
    if (!atom || !product.multiply(*atom, below)) return false;
    if (!first) shown += '.';
    shown += thing ? std::string(name) : atom->shown;
    first = false;
  }
  return true;
}

}  // namespace

std::optional<Unit> parse_unit(std::string_view text) {
  text = trim(text);  // before " per " is looked for
  if (text.size() > 64) return std::nullopt;
  Product product;
  if (const auto* atom = detail::find_atom(text)) return product.multiply(*atom, false) ? product.unit(atom->shown) : std::nullopt;
  const auto cleaned = clean(text);
  if (cleaned.empty()) return std::nullopt;
  const auto parts = split(cleaned, '/');
  std::string shown;
  // "/min" and "1/min": something counted.
  const bool counts = parts.size() > 1 && (parts.front().empty() || parts.front() == "1");
  if (counts ? !product.multiply(*detail::find_atom("cell"), false) : !read_part(parts.front(), false, product, shown)) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    shown += '/';
    if (!read_part(parts[i], true, product, shown)) return std::nullopt;
  }
  return product.unit(std::move(shown));
}

std::optional<std::string> nearest_unit(std::string_view text) {
  if (text.empty() || text.size() > 64) return std::nullopt;
  const auto cleaned = clean(text);
  const std::vector<std::string_view> spellings(detail::atom_spellings().begin(), detail::atom_spellings().end());
  std::string near;
  for (const auto part : split(cleaned, '/')) {
    if (!near.empty()) near += '/';
    const auto* atom = detail::find_atom(part);
    if (!atom) {
      const auto found = grammar::nearest(part, spellings);
      if (!found) return std::nullopt;
      atom = detail::find_atom(*found);
    }
    near += atom->shown;
  }
  return parse_unit(near) ? std::optional(near) : std::nullopt;
}

std::string Quantity::to_string() const {
  if (unit.text.empty() || unit.text == "1") return value.to_string();
  static constexpr std::array<std::string_view, 12> words = {"day",     "week", "month", "year",  "unit", "tablet",
                                                             "capsule", "puff", "drop",  "spray", "dose", "drink"};
  const bool plural = value != Rational{1} && std::find(words.begin(), words.end(), unit.text) != words.end();
  return value.to_string() + " " + unit.text + (plural ? "s" : "");
}

}  // namespace theriac

// The grammar's own Spirit primitives. Each skips the blanks before it, and only when it succeeds, so that spans never hold blanks; the grammar
// therefore runs without a skipper and every rule is instantiated for one context. For productions.cpp alone.
#pragma once

#include "rules/lexical.hpp"
#include "rules/productions.hpp"

#include <boost/spirit/home/x3.hpp>

#include <array>
#include <string>

namespace theriac::grammar::detail {

namespace x3 = boost::spirit::x3;
using Iterator = const char*;
struct ContextTag;

template <class SpiritContext>
const Context& context_of(const SpiritContext& context) {
  return x3::get<ContextTag>(context).get();
}

template <class SpiritContext>
Span span_of(const SpiritContext& context, Iterator first, Iterator last) {
  const auto* base = context_of(context).masked.data();
  return {static_cast<std::uint32_t>(first - base), static_cast<std::uint32_t>(last - base)};
}

inline std::string_view rest_of(Iterator first, Iterator last) { return {first, static_cast<std::size_t>(last - first)}; }
inline Iterator past_blanks(Iterator first, Iterator last) { return first + blanks_before(rest_of(first, last)); }

// Sets the span of the rule's own value to what `subject` consumed. (`on_success` cannot: beside semantic actions X3 hands it no attribute.)
template <class Subject>
struct Located : x3::unary_parser<Subject, Located<Subject>> {
  using x3::unary_parser<Subject, Located<Subject>>::unary_parser;

  template <class SpiritContext, class Value, class Actual>
  bool parse(Iterator& first, const Iterator& last, const SpiritContext& context, Value& value, Actual& actual) const {
    const auto start = past_blanks(first, last);
    if (!this->subject.parse(first, last, context, value, actual)) return false;
    value.span = span_of(context, start, first);
    return true;
  }
};

template <class Subject>
auto located(const Subject& subject) {
  return Located<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
}

// A primitive is a `read`: (rest, span maker, attribute) → length consumed, 0 to fail.
template <class Derived, class Attribute>
struct Primitive : x3::parser<Derived> {
  using attribute_type = Attribute;
  static constexpr bool has_attribute = true;

  template <class SpiritContext, class RuleContext, class Actual>
  bool parse(Iterator& first, const Iterator& last, const SpiritContext& context, const RuleContext&, Actual& actual) const {
    const auto start = past_blanks(first, last);
    Attribute value{};
    const auto length = this->derived().read(rest_of(start, last), value);
    if (length == 0) return false;
    if constexpr (requires { value.span; }) value.span = span_of(context, start, start + length);
    x3::traits::move_to(value, actual);
    first = start + length;
    return true;
  }
};

template <class Derived>
struct Mark : x3::parser<Derived> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;

  template <class SpiritContext, class RuleContext, class Actual>
  bool parse(Iterator& first, const Iterator& last, const SpiritContext&, const RuleContext&, Actual&) const {
    const auto start = past_blanks(first, last);
    const auto length = this->derived().read(rest_of(start, last));
    if (length == 0) return false;
    first = start + length;
    return true;
  }
};

struct Sign : Mark<Sign> {
  explicit constexpr Sign(std::string_view sign) : text(sign) {}
  std::size_t read(std::string_view rest) const { return sign_length(rest) == text.size() && rest.starts_with(text) ? text.size() : 0; }
  std::string_view text;
};

// Any one of up to three keywords, as a whole word.
struct Keyword : Mark<Keyword> {
  explicit constexpr Keyword(std::string_view a, std::string_view b = {}, std::string_view c = {}) : words{a, b, c} {}
  std::size_t read(std::string_view rest) const {
    const auto word = rest.substr(0, word_length(rest));
    for (const auto keyword : words) {
      if (!keyword.empty() && is_keyword(word, keyword)) return word.size();
    }
    return 0;
  }
  std::array<std::string_view, 3> words;
};

// A word of a name. `numbers`: a bare number counts (`vitamin B 12`, but no name opens with one).
struct NameWord : Primitive<NameWord, Word> {
  explicit constexpr NameWord(bool allow_numbers) : numbers(allow_numbers) {}
  std::size_t read(std::string_view rest, Word& word) const {
    if (const auto quoted = quoted_length(rest); quoted > 0) {
      word.text = squeezed(rest.substr(1, quoted - 2));
      word.quoted = true;
      return word.text.empty() ? 0 : quoted;
    }
    const auto text = rest.substr(0, word_length(rest));
    if (text.empty() || is_reserved(text) || (!numbers && is_number(text))) return 0;
    word.text = std::string(text);
    return text.size();
  }
  bool numbers;
};

struct Decimal : Primitive<Decimal, Number> {
  std::size_t read(std::string_view rest, Number& number) const {
    const auto length = number_length(rest);
    number.text = std::string(rest.substr(0, length));
    return length;
  }
};

struct WholeNumber : Primitive<WholeNumber, std::uint32_t> {
  std::size_t read(std::string_view rest, std::uint32_t& value) const;
};

// One word that is no number and not reserved: mL/min/1.73m2, %, 10^9/L.
struct UnitWord : Primitive<UnitWord, std::string> {
  std::size_t read(std::string_view rest, std::string& unit) const {
    const auto text = rest.substr(0, word_length(rest));
    if (is_number(text) || is_reserved(text)) return 0;
    unit = std::string(text);
    return text.size();
  }
};

struct Days : Primitive<Days, Duration> {
  std::size_t read(std::string_view rest, Duration& duration) const;
};

struct Operator : Primitive<Operator, Compare> {
  std::size_t read(std::string_view rest, Compare& op) const;
};

// One whole word of any kind: a label, a key, a severity.
struct TagWord : Primitive<TagWord, Tag> {
  std::size_t read(std::string_view rest, Tag& tag) const {
    const auto length = word_length(rest);
    tag.text = std::string(rest.substr(0, length));
    return length;
  }
};

// Free words up to `,`, `[` or `]`.
struct TagWords : Primitive<TagWords, Tag> {
  std::size_t read(std::string_view rest, Tag& tag) const {
    const auto text = trimmed(rest.substr(0, rest.find_first_of(",[]")));
    tag.text = squeezed(text);
    return text.size();
  }
};

struct Title : Primitive<Title, Text> {
  std::size_t read(std::string_view rest, Text& title) const {
    const auto length = string_length(rest);
    if (length > 0) title.text = squeezed(rest.substr(1, length - 2));
    return length;
  }
};

struct FreeText : Primitive<FreeText, Text> {
  std::size_t read(std::string_view rest, Text& text) const {
    text.text = squeezed(rest);
    return trimmed(rest).size();
  }
};

}  // namespace theriac::grammar::detail

// What an expectation names when one of these stands right of `>`.
namespace boost::spirit::x3 {
template <class Subject, class Action>
struct get_info<action<Subject, Action>> {
  using result_type = std::string;
  std::string operator()(const action<Subject, Action>& parser) const { return what(parser.subject); }
};
template <>
struct get_info<theriac::grammar::detail::Sign> {
  using result_type = std::string;
  std::string operator()(const theriac::grammar::detail::Sign& sign) const { return "`" + std::string(sign.text) + "`"; }
};
template <>
struct get_info<theriac::grammar::detail::Keyword> {
  using result_type = std::string;
  std::string operator()(const theriac::grammar::detail::Keyword& keyword) const { return "`" + std::string(keyword.words[0]) + "`"; }
};
}  // namespace boost::spirit::x3

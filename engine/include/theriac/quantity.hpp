// Exact quantities. A number is a ratio of two 64-bit integers, never floating point; a unit is a dimension and an exact factor; a value may be an interval
// (a laboratory's `>60`, a dose range). Two quantities compare only within one dimension: mg and IU never meet, nor do eGFR per 1.73 m² and a clearance in
// mL/min. Arithmetic that does not fit in 64 bits gives nothing rather than something near. Values; thread-safe.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace theriac {

class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : numerator_(whole) {}  // NOLINT: an integer is a rational
  // Reduced, denominator > 0. Nothing where the denominator is 0 or it does not fit.
  static std::optional<Rational> make(std::int64_t numerator, std::int64_t denominator);
  // "12", "0.5", "1e3"? no: digits with at most one point, at most 15 digits, optional leading minus.
  static std::optional<Rational> parse(std::string_view decimal);

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }
  // Shortest decimal; at most `places` digits after the point, rounded half away from zero.
  std::string to_string(int places = 4) const;
  std::int64_t floor() const;
  double approximate() const { return static_cast<double>(numerator_) / static_cast<double>(denominator_); }

  std::strong_ordering operator<=>(const Rational& other) const;
  bool operator==(const Rational& other) const = default;

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

std::optional<Rational> add(const Rational& a, const Rational& b);
std::optional<Rational> subtract(const Rational& a, const Rational& b);
std::optional<Rational> multiply(const Rational& a, const Rational& b);
std::optional<Rational> divide(const Rational& a, const Rational& b);

// Exponents of: mass (g), volume (L), time (d), amount (mol), international units, equivalents, length (m), pressure (mmHg), count (tablets, puffs, cells),
// activity, per 1.73 m², calendar months (a year is twelve, and no number of days). All zero: a plain number or a percentage. What would cancel (mg/g, mmol/mol)
// is a dimension of its own.
struct Dimension {
  std::array<std::int8_t, 12> exponents{};
  bool operator==(const Dimension&) const = default;
};

struct Unit {
  std::string text;      // as it is shown: "mg/day"
  Dimension dimension;
  Rational factor{1};    // to the dimension's base units
};

// A closed table of unit atoms and the spellings found in the wild (mcg, µg, ug, IU, mEq, cc, hr, /1.73m²), joined by `/` and `.`.
std::optional<Unit> parse_unit(std::string_view text);
// The unit written most like `text`, for a suggestion.
std::optional<std::string> nearest_unit(std::string_view text);

struct Quantity {
  Rational value;
  Unit unit;
  std::string to_string() const;  // "26.8 mL/min"
};

// In the unit asked for; nothing where dimensions differ.
std::optional<Rational> convert(const Quantity& quantity, const Unit& to);

// Numbers of one known unit between two ends; an absent end is infinite.
struct Interval {
  std::optional<Rational> low;
  std::optional<Rational> high;
  bool low_open = false;   // the low end itself does not belong
  bool high_open = false;
  static Interval exactly(Rational value) { return {value, value, false, false}; }
  bool operator==(const Interval&) const = default;
};

enum class Order : std::uint8_t { less, less_equal, equal, not_equal, greater_equal, greater };
enum class Decided : std::uint8_t { no, unknown, yes };
// Does every, no, or some number of the interval stand in this order to `limit`?
Decided compare(const Interval& value, Order order, const Rational& limit);

}  // namespace theriac

#include "theriac/quantity.hpp"

#include <limits>
#include <numeric>

namespace theriac {
namespace {

__extension__ using Wide = __int128;

Wide magnitude(Wide value) { return value < 0 ? -value : value; }

Wide common_divisor(Wide a, Wide b) {
  a = magnitude(a);
  b = magnitude(b);
  while (b != 0) {
    const auto rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

std::optional<Rational> reduce(Wide numerator, Wide denominator) {
  if (denominator == 0) return std::nullopt;
  const auto fits = [](Wide value) { return magnitude(value) <= std::numeric_limits<std::int64_t>::max(); };
  if (!fits(numerator) || !fits(denominator)) {  // wide division is slow
    const auto divisor = common_divisor(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
    if (!fits(numerator) || !fits(denominator)) return std::nullopt;
  }
  return Rational::make(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

std::optional<Rational> Rational::make(std::int64_t numerator, std::int64_t denominator) {
  // The smallest integer has no opposite.
  constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
  if (denominator == 0 || numerator == smallest || denominator == smallest) return std::nullopt;
  if (denominator == 1) return Rational(numerator);
  const auto divisor = std::gcd(numerator, denominator) * (denominator < 0 ? -1 : 1);
  Rational made;
  made.numerator_ = numerator / divisor;
  made.denominator_ = denominator / divisor;
  return made;
}

std::optional<Rational> Rational::parse(std::string_view decimal) {
  const bool negative = decimal.substr(0, 1) == "-";
  if (negative) decimal.remove_prefix(1);
  if (decimal.empty() || !is_digit(decimal.back())) return std::nullopt;
  std::int64_t digits = 0;
  std::int64_t scale = 1;
  int count = 0;
  bool point = false;
  for (const char c : decimal) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (!is_digit(c) || ++count > 15) return std::nullopt;
    digits = digits * 10 + (c - '0');
    if (point) scale *= 10;
  }
  return make(negative ? -digits : digits, scale);
}

std::string Rational::to_string(int places) const {
  places = std::min(std::max(places, 0), 15);
  const auto scaled = magnitude(numerator_) * power_of_ten(places);
  auto rounded = scaled / denominator_;
  if (scaled % denominator_ * 2 >= denominator_) ++rounded;
  std::string digits;
  for (; rounded != 0; rounded /= 10) digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rounded % 10)));
  const auto least = static_cast<std::size_t>(places) + 1;
  if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
  if (places > 0) {
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
  }
  return numerator_ < 0 && digits != "0" ? "-" + digits : digits;
}

std::int64_t Rational::floor() const {
  const auto whole = numerator_ / denominator_;
  return numerator_ % denominator_ < 0 ? whole - 1 : whole;
}

std::strong_ordering Rational::operator<=>(const Rational& other) const {
  const auto left = Wide{numerator_} * other.denominator_;
  const auto right = Wide{other.numerator_} * denominator_;
  if (left == right) return std::strong_ordering::equal;
  return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::optional<Rational> add(const Rational& a, const Rational& b) {
  return reduce(Wide{a.numerator()} * b.denominator() + Wide{b.numerator()} * a.denominator(), Wide{a.denominator()} * b.denominator());
}

std::optional<Rational> subtract(const Rational& a, const Rational& b) {
  return reduce(Wide{a.numerator()} * b.denominator() - Wide{b.numerator()} * a.denominator(), Wide{a.denominator()} * b.denominator());
}

std::optional<Rational> multiply(const Rational& a, const Rational& b) {
  return reduce(Wide{a.numerator()} * b.numerator(), Wide{a.denominator()} * b.denominator());
}

std::optional<Rational> divide(const Rational& a, const Rational& b) {
  return reduce(Wide{a.numerator()} * b.denominator(), Wide{a.denominator()} * b.numerator());
}

std::optional<Rational> convert(const Quantity& quantity, const Unit& to) {
  if (quantity.unit.dimension != to.dimension) return std::nullopt;
  if (quantity.unit.factor == to.factor) return quantity.value;
  const auto ratio = divide(quantity.unit.factor, to.factor);
  return ratio ? multiply(quantity.value, *ratio) : std::nullopt;
}

namespace {

Decided opposite(Decided decided) { return static_cast<Decided>(2 - static_cast<int>(decided)); }

Decided is_less(const Interval& value, const Rational& limit, bool or_equal) {
  if (value.high && (*value.high < limit || (*value.high == limit && (or_equal || value.high_open)))) return Decided::yes;
  if (value.low && (*value.low > limit || (*value.low == limit && (!or_equal || value.low_open)))) return Decided::no;
  return Decided::unknown;
}

Decided is_equal(const Interval& value, const Rational& limit) {
  if (value.low && value.high && *value.low == limit && *value.high == limit && !value.low_open && !value.high_open) return Decided::yes;
  const bool above = value.low && (*value.low > limit || (*value.low == limit && value.low_open));
  const bool below = value.high && (*value.high < limit || (*value.high == limit && value.high_open));
  return above || below ? Decided::no : Decided::unknown;
}

}  // namespace

Decided compare(const Interval& value, Order order, const Rational& limit) {
  switch (order) {
    case Order::less:
      return is_less(value, limit, false);
    case Order::less_equal:
      return is_less(value, limit, true);
    case Order::equal:
      return is_equal(value, limit);
    case Order::not_equal:
      return opposite(is_equal(value, limit));
    case Order::greater_equal:
      return opposite(is_less(value, limit, false));
    case Order::greater:
      return opposite(is_less(value, limit, true));
  }
  return Decided::unknown;
}

}  // namespace theriac

#include "calculate/number.hpp"

#include <limits>

namespace theriac::detail {

Number::Number(std::int64_t whole) : bits_(whole) { bits_ *= Bits(1) << places; }

Number::Number(const Rational& value) : bits_(value.numerator()) {
  bits_ *= Bits(1) << places;
  bits_ /= value.denominator();
}

Number operator*(const Number& a, const Number& b) {
  Number::Bits product = a.bits_ * b.bits_;
  product /= Number::Bits(1) << Number::places;
  return {std::move(product), Number::Raw{}};
}

Number operator/(const Number& a, const Number& b) {
  Number::Bits quotient = a.bits_ * (Number::Bits(1) << Number::places);
  quotient /= b.bits_;
  return {std::move(quotient), Number::Raw{}};
}

std::optional<Rational> Number::rounded(int decimals) const {
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  // What is within 2^-80 of the middle between two decimals counts as the middle: errors of the last places must not decide.
  Bits scaled = abs(bits_) * scale * 2 + (Bits(1) << (places - 80));
  scaled /= Bits(1) << places;
  const Bits nearest = (scaled + 1) / 2;
  if (nearest > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(nearest);
  return Rational::make(bits_ < 0 ? -whole : whole, scale);
}

Number Number::twice_artanh(const Number& t) {
  const Number square = t * t;
  Number power_of_t = t, sum = t;
  for (std::int64_t k = 3; power_of_t.bits_ != 0; k += 2) {
    power_of_t = power_of_t * square;
    sum = sum + power_of_t / Number(k);
  }
  return sum + sum;
}

const Number& Number::ln2() {
  static const Number value = twice_artanh(Number(1) / Number(3));
  return value;
}

Number ln(const Number& x) {
  // x = m · 2^k with m in [1, 2), then in [2/3, 4/3].
  auto exponent = static_cast<std::int64_t>(msb(x.bits_)) - static_cast<std::int64_t>(Number::places);
  Number m = x;
  if (exponent > 0) m.bits_ /= Number::Bits(1) << static_cast<unsigned>(exponent);
  if (exponent < 0) m.bits_ *= Number::Bits(1) << static_cast<unsigned>(-exponent);
  if (Number(3) * m > Number(4)) {
    m = m / Number(2);
    ++exponent;
  }
  return Number::twice_artanh((m - Number(1)) / (m + Number(1))) + Number(exponent) * Number::ln2();
}

Number exp(const Number& x) {
  // x = k · ln 2 + r with |r| ≤ ln 2.
  const auto k = static_cast<std::int64_t>((x / Number::ln2()).bits_ / (Number::Bits(1) << Number::places));
  const Number r = x - Number(k) * Number::ln2();
  Number term = 1, sum = 1;
  for (std::int64_t n = 1; term.bits_ != 0; ++n) {
    term = term * r / Number(n);
    sum = sum + term;
  }
  if (k > 0) sum.bits_ *= Number::Bits(1) << static_cast<unsigned>(k);
  if (k < 0) sum.bits_ /= Number::Bits(1) << static_cast<unsigned>(-k);
  return sum;
}

Number power(const Number& base, const Number& exponent) {
  if (base == Number(1)) return 1;
  return exp(exponent * ln(base));
}

}  // namespace theriac::detail

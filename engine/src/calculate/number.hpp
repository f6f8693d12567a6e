// Binary fixed point with 128 places, in integers of fixed width: roots, powers and logarithms that come out the same on every machine, since nothing
// here is floating point or asks the system's libm. Every operation is right to about 2^-110, far below the four decimals that a formula's result is
// rounded to, so a result does not depend on the units in which its inputs were written. Values; thread-safe.
#pragma once

#include "theriac/quantity.hpp"

#include <boost/multiprecision/cpp_int.hpp>

namespace theriac::detail {

class Number {
 public:
  Number() = default;
  Number(std::int64_t whole);  // NOLINT: an integer is a number
  explicit Number(const Rational& value);

  friend Number operator+(const Number& a, const Number& b) { return Number(a.bits_ + b.bits_, Raw{}); }
  friend Number operator-(const Number& a, const Number& b) { return Number(a.bits_ - b.bits_, Raw{}); }
  friend Number operator*(const Number& a, const Number& b);
  friend Number operator/(const Number& a, const Number& b);  // b is not 0
  friend bool operator==(const Number& a, const Number& b) { return a.bits_ == b.bits_; }
  friend bool operator<(const Number& a, const Number& b) { return a.bits_ < b.bits_; }
  friend bool operator>(const Number& a, const Number& b) { return b < a; }
  friend bool operator<=(const Number& a, const Number& b) { return !(b < a); }
  friend bool operator>=(const Number& a, const Number& b) { return !(a < b); }

  // To the nearest with so many decimals, half away from zero; nothing where it does not fit.
  std::optional<Rational> rounded(int places) const;
  friend Number ln(const Number& x);   // x > 0
  friend Number exp(const Number& x);  // |x| < 64

 private:
  using Bits = boost::multiprecision::number<
      boost::multiprecision::cpp_int_backend<512, 512, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;
  static constexpr unsigned places = 128;
  struct Raw {};
  Number(Bits bits, Raw) : bits_(std::move(bits)) {}
  static Number twice_artanh(const Number& t);  // ln((1 + t) / (1 − t)), |t| ≤ 1/3
  static const Number& ln2();

  Bits bits_ = 0;
};

Number power(const Number& base, const Number& exponent);  // base > 0
inline Number power(const Number& base, std::int64_t numerator, std::int64_t denominator) {
  return power(base, Number(numerator) / Number(denominator));
}

}  // namespace theriac::detail

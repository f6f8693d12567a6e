#include "theriac/quantity.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace theriac;

namespace {
Rational number(std::string_view text) { return Rational::parse(text).value(); }
constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
}  // namespace

TEST_CASE("a decimal is read exactly or not at all") {
  CHECK(number("0.1") == Rational::make(1, 10));
  CHECK(number("-12.50") == Rational::make(-25, 2));
  CHECK(number("007") == Rational{7});
  CHECK(number(".5") == Rational::make(1, 2));
  CHECK(number("999999999999999") == Rational{999'999'999'999'999});
  for (const std::string_view bad : {"", "-", ".", "5.", "1.2.3", "1e3", "1,5", " 1", "+1", "1 ", "0x1", "1234567890123456", "--1", "٣"}) {
    CAPTURE(bad);
    CHECK_FALSE(Rational::parse(bad));
  }
}

TEST_CASE("arithmetic is exact, and gives nothing where it does not fit") {
  CHECK(add(number("0.1"), number("0.2")) == number("0.3"));
  CHECK(subtract(number("1"), number("0.9")) == number("0.1"));
  CHECK(multiply(number("1.5"), number("-4")) == number("-6"));
  CHECK(divide(number("1"), number("3")) == Rational::make(1, 3));
  CHECK_FALSE(divide(number("1"), number("0")));
  CHECK_FALSE(Rational::make(1, 0));
  CHECK_FALSE(multiply(Rational{largest}, Rational{2}));
  CHECK_FALSE(add(Rational{largest}, Rational{1}));
  CHECK(add(Rational{largest}, Rational{-1}) == Rational{largest - 1});
  CHECK(multiply(Rational{largest}, Rational::make(2, largest).value()) == Rational{2});
  CHECK_FALSE(Rational::make(smallest, 1));
  CHECK(Rational::make(6, -4) == Rational::make(-3, 2));
}

TEST_CASE("order holds where cross products need more than 64 bits") {
  CHECK(Rational::make(largest, largest - 1).value() > Rational::make(largest - 1, largest - 2 + 1).value());
  CHECK(Rational::make(-1, 3).value() < Rational::make(-333, 1000).value());
  CHECK(Rational{largest} > Rational::make(largest, 2).value());
}

TEST_CASE("shown as the shortest decimal, rounded half away from zero") {
  CHECK(number("5").to_string() == "5");
  CHECK(number("0.50").to_string() == "0.5");
  CHECK(Rational::make(2, 3)->to_string() == "0.6667");
  CHECK(Rational::make(2, 3)->to_string(1) == "0.7");
  CHECK(number("0.5").to_string(0) == "1");
  CHECK(number("-0.5").to_string(0) == "-1");
  CHECK(number("-0.04").to_string(1) == "0");
  CHECK(number("100").to_string() == "100");
  CHECK(number("0.00004").to_string() == "0");
  CHECK(Rational{largest}.to_string(15) == std::to_string(largest));
}

TEST_CASE("floor goes down, below zero too") {
  CHECK(number("2.9").floor() == 2);
  CHECK(number("-2.1").floor() == -3);
  CHECK(number("-2").floor() == -2);
}

TEST_CASE("an interval stands in an order to a limit always, never, or some of it does") {
  const auto closed = Interval{Rational{30}, Rational{40}, false, false};
  const auto above = Interval{Rational{60}, std::nullopt, true, false};  // a laboratory's >60
  CHECK(compare(Interval::exactly(30), Order::less, 30) == Decided::no);
  CHECK(compare(Interval::exactly(30), Order::less_equal, 30) == Decided::yes);
  CHECK(compare(Interval::exactly(30), Order::equal, 30) == Decided::yes);
  CHECK(compare(closed, Order::less, 40) == Decided::unknown);
  CHECK(compare(closed, Order::less_equal, 40) == Decided::yes);
  CHECK(compare(closed, Order::less, 30) == Decided::no);
  CHECK(compare(closed, Order::greater_equal, 30) == Decided::yes);
  CHECK(compare(closed, Order::greater, 30) == Decided::unknown);
  CHECK(compare(closed, Order::equal, 35) == Decided::unknown);
  CHECK(compare(closed, Order::not_equal, 41) == Decided::yes);
  CHECK(compare(above, Order::greater, 60) == Decided::yes);
  CHECK(compare(above, Order::less_equal, 60) == Decided::no);
  CHECK(compare(above, Order::equal, 60) == Decided::no);
  CHECK(compare(above, Order::less, 30) == Decided::no);
  CHECK(compare(above, Order::less, 90) == Decided::unknown);
  CHECK(compare({std::nullopt, Rational{5}, false, true}, Order::less, 5) == Decided::yes);
  CHECK(compare({}, Order::less, 5) == Decided::unknown);
}

// The closed table of unit atoms: every spelling that is read, what it means and how it is shown. Built once, constant after; thread-safe.
#pragma once

#include "theriac/quantity.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

// Positions in Dimension::exponents.
enum class Axis : std::uint8_t { mass, volume, days, amount, international, equivalents, length, pressure, count, activity, per_1_73, calendar };

struct Atom {
  std::string shown;
  Dimension dimension;
  Rational factor{1};
};

// Exact spelling first; then without case, where a capital does not change the meaning (MU is millions of units, mU thousandths).
const Atom* find_atom(std::string_view spelling);
// Every spelling, sorted.
const std::vector<std::string>& atom_spellings();

}  // namespace theriac::detail

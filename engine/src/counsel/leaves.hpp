// What differs between two states of a patient, each difference by itself, in words and as a way back.
#pragma once

#include "theriac/rule_base.hpp"
#include "theriac/screen.hpp"

#include <functional>
#include <string>
#include <vector>

namespace theriac::detail {

struct Leaf {
  std::string words;
  std::function<void(Patient&)> revert;  // makes the later state as the earlier was, in this
};
std::vector<Leaf> leaves(const Terminology& terms, const Patient& before, const Patient& after);

}  // namespace theriac::detail

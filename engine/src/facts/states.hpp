// Fields of the person that say how much or which: weeks of pregnancy, frailty on its scale, smoking now or once, units of alcohol a week. Each gives
// the states and measurements that the vocabulary declares; what cannot be read is not understood, and leaves them to be found out.
#pragma once

#include "facts/facts.hpp"

namespace theriac::detail {

void understand_pregnancy(const HabitEntry& field, const Terminology& terminology, Facts& facts);
void understand_childbearing(const HabitEntry& field, const Terminology& terminology, Facts& facts);
void understand_frailty(const HabitEntry& field, const Terminology& terminology, Facts& facts);
void understand_smoking(const HabitEntry& habit, const Terminology& terminology, Facts& facts);
void understand_alcohol(const HabitEntry& habit, const Terminology& terminology, Facts& facts);

bool says_no(std::string_view text);
bool says_yes(std::string_view text);
bool says_unknown(std::string_view text);
bool says_former(std::string_view text);
bool is_any(std::string_view text, std::initializer_list<std::string_view> words);

}  // namespace theriac::detail

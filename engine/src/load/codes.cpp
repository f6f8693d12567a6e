#include "load/codes.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool is_rxcui(std::string_view code) { return !code.empty() && code.size() <= 8 && std::all_of(code.begin(), code.end(), is_digit); }

bool is_icd10cm(std::string_view code) {
  if (code.size() < 3 || code.size() > 8 || !is_capital(code[0]) || !is_digit(code[1])) return false;
  if (code.size() > 3 && (code[3] != '.' || code.size() == 4)) return false;
  const auto fits = [](char c) { return is_digit(c) || is_capital(c); };
  return fits(code[2]) && std::all_of(code.begin() + std::min<std::ptrdiff_t>(4, static_cast<std::ptrdiff_t>(code.size())), code.end(), fits);
}

bool is_loinc(std::string_view code) {
  if (code.size() < 3 || code.size() > 9 || code[code.size() - 2] != '-' || !is_digit(code.back())) return false;
  const auto digits = code.substr(0, code.size() - 2);
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return false;
  int sum = code.back() - '0';
  bool twice = true;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return std::count_if(text.begin(), text.end(), is_digit) == 8;
}

}  // namespace theriac::detail

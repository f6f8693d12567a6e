// How far a statement about a patient is known. Two fact bases (what is not mentioned is unknown; what is not mentioned is absent) with a certain and a
// possible plane each give four answers, and the four are nested: certain_open ≤ certain_listed ≤ possible_listed ≤ possible_open. So one chain of five
// values carries all of them, conjunction is the minimum, disjunction the maximum, and negation turns the chain round (strong Kleene in every plane).
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace theriac {

enum class Truth : std::uint8_t {
  no = 0,        // false in every completion
  open = 1,      // true only if something not mentioned is present
  possible = 2,  // something not known, which we would ask for, decides
  listed = 3,    // true if the lists say all, which nobody declared
  yes = 4,       // true in every completion
};

constexpr Truth operator!(Truth t) { return static_cast<Truth>(4 - static_cast<int>(t)); }
constexpr Truth both(Truth a, Truth b) { return std::min(a, b); }
constexpr Truth either(Truth a, Truth b) { return std::max(a, b); }

// What a rule says of one binding. The order is the order of certainty.
enum class Verdict : std::uint8_t { silent = 0, open = 1, possible = 2, unless = 3, certain = 4 };

// The first that holds of: certain (body yes, no exception even possible) · unless (body at least listed, no exception listed) · possible (body at least
// possible, no exception listed) · open (body at least open, no exception certain).
constexpr Verdict verdict(Truth body, Truth exception) {
  if (body == Truth::yes && exception == Truth::no) return Verdict::certain;
  if (exception < Truth::listed) {
    if (body >= Truth::listed) return Verdict::unless;
    if (body >= Truth::possible) return Verdict::possible;
  }
  if (body >= Truth::open && exception != Truth::yes) return Verdict::open;
  return Verdict::silent;
}

// A derived fact is as true as the verdict that derived it.
constexpr Truth truth_of(Verdict v) { return static_cast<Truth>(v); }

constexpr std::string_view to_string(Verdict v) {
  constexpr std::string_view names[] = {"silent", "open", "possible", "unless", "certain"};
  return names[static_cast<std::size_t>(v)];
}

enum class Severity : std::uint8_t { unrated, info, minor, moderate, major, contraindicated };

constexpr std::string_view to_string(Severity s) {
  constexpr std::string_view names[] = {"unrated", "info", "minor", "moderate", "major", "contraindicated"};
  return names[static_cast<std::size_t>(s)];
}

}  // namespace theriac

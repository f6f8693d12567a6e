// Covers a phrase by names in the shape that its position allows, and says what is wrong where there is none. Fewest names win; two best covers with
// different meaning are an error that shows both.
//
//   drug       {route | form | schedule} drug {route | form | schedule} [quantity, before a comparison]
//   guard      a drug, also with `any` or `other` before it or a role in its place · allergy to (drug | role) · condition · population · effect · sex
//   ·
//              before a comparison: measurement · age · drug with quantity
//   item       the same without roles and `any|other`
#pragma once

#include "resolve/vocabulary.hpp"
#include "theriac/grammar/diagnostic.hpp"

#include <optional>
#include <vector>

namespace theriac::detail {

struct Segment {
  std::size_t begin = 0;
  std::size_t end = 0;
  Meaning meaning;
};
using Cover = std::vector<Segment>;

struct Shape {
  enum class Of : std::uint8_t { drug, item, guard, measurement } of{};  // the last only for messages
  bool compared = false;                                                 // a comparison stands after the phrase
};

// A role of the rule: its name in normal form and its item.
struct Role {
  std::string name;
  std::uint32_t item = 0;
};

struct Covered {
  std::vector<Cover> best;  // none: no cover; two and more: ambiguous
};
Covered cover(const Vocabulary& names, const grammar::Phrase& phrase, Shape shape, const std::vector<Role>& roles);

// "CNS depressant (a drug)": one reading for the message about an ambiguous name.
std::string describe(const Vocabulary& names, const grammar::Phrase& phrase, const Cover& reading);

}  // namespace theriac::detail

// Completions of a partial patient: what nobody said is filled in, one way out of many. Dates and values fall on the boundaries that rules test.
#pragma once

#include "support/generate.hpp"
#include "support/random.hpp"

namespace theriac::testing {

// Each unknown is filled with this chance. What is filled: presence, dates that are missing or partial, how a drug ended, doses, routes, conditions to be found
// out or not mentioned, measurements that are intervals or not there at all, age, sex, allergies, class memberships that nobody looked up, a list that
// is not complete. Stated facts stay as they are.
Case complete(const Case& partial, Random& random, std::size_t percent);

}  // namespace theriac::testing

// What a leaf of a guard found, beside its truth, for the proof.
#pragma once

#include "evaluate/judged.hpp"

namespace theriac::detail {

struct Found {
  Judged judged;
  std::string fact, value, at;
  std::vector<std::string> via{};
  std::vector<Proof> because{};
};

inline Found found(Judged judged) { return {std::move(judged), {}, {}, {}, {}, {}}; }

}  // namespace theriac::detail

// Terminology as bytes and back: what makes a start quick, since reading the vocabulary's YAML costs more than a screening. A pack is bound to the exact bytes of
// the files that it was made from (`TerminologyData::sha256`) and to this format; whatever does not fit (another version, a flipped bit, a cut) unpacks to
// nothing and the files are read instead. Damage is safe; a pack is otherwise as trusted as the program that it lies beside.
#pragma once

#include "theriac/terminology.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

// `sources`: the files that places point into, in a fixed order.
std::string pack(const TerminologyData& data, const std::vector<grammar::SourcePtr>& sources);
std::optional<TerminologyData> unpack(std::string_view bytes, const std::vector<grammar::SourcePtr>& sources);

}  // namespace theriac::detail

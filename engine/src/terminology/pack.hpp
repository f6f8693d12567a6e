// Vocabulary and lists of sources as bytes and back: what makes a start quick, since reading their YAML costs more than a screening. A pack is bound
// to the exact bytes of the files that it was made from (`origin`, their hash) and to this format; whatever does not fit (other files, another
// version, a flipped bit, a cut) unpacks to nothing and the files are read instead. Damage is safe; a pack is otherwise as trusted as the program
// that it lies beside.
#pragma once

#include "theriac/rule_base.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

// `sources`: the files that places point into, in a fixed order.
std::string pack(const TerminologyData& data, std::string_view origin, const std::vector<grammar::SourcePtr>& sources);
std::string pack(const SourceList& references, std::string_view origin, const std::vector<grammar::SourcePtr>& sources);

template <class T>
std::optional<T> unpack(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources);
template <>
std::optional<TerminologyData> unpack(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources);
template <>
std::optional<SourceList> unpack(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources);

}  // namespace theriac::detail

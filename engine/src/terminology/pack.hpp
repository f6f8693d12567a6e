// Vocabulary and lists of sources as bytes and back (pack/archive.hpp): what makes a start quick, since reading their YAML costs more than a screening.
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

#include "terminology/pack.hpp"

#include "pack/archive.hpp"

namespace theriac::detail {

std::string pack(const TerminologyData& data, std::string_view origin, const std::vector<grammar::SourcePtr>& sources) { return archive::pack(data, origin, sources); }
std::string pack(const SourceList& references, std::string_view origin, const std::vector<grammar::SourcePtr>& sources) { return archive::pack(references, origin, sources); }

template <>
std::optional<TerminologyData> unpack(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources) {
  return archive::unpack<TerminologyData>(bytes, origin, sources);
}
template <>
std::optional<SourceList> unpack(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources) {
  return archive::unpack<SourceList>(bytes, origin, sources);
}

}  // namespace theriac::detail

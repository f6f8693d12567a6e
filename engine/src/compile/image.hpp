// A compiled rule base as bytes and back (pack/archive.hpp): a start that neither parses nor resolves. Only of a rule base without a diagnostic, so
// that starting from it hides none.
#pragma once

#include "theriac/rule_base.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

// `sources`: the files that places point into, in a fixed order. `with_names`: the vocabulary's names as they are looked up, too.
std::string pack(const RuleBase& rules, std::string_view origin, const std::vector<grammar::SourcePtr>& sources, bool with_names = true);
// None where the bytes do not fit. `anybodys`: they may come from anybody, so that every pointer in them is looked at before it is followed, and
// names are worked out anew.
std::shared_ptr<const RuleBase> unpack_rules(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources,
                                             const std::string& name, const std::string& version, bool anybodys = false);

// A rule base that travels alone: with the files that it was made from, so that proofs and messages still show their places. Made of damaged or
// hostile bytes nothing is: they are refused.
inline constexpr std::string_view image_magic = "theriac.image/1\n";
std::string make_image(const RuleBase& rules, const std::vector<grammar::SourcePtr>& sources);
std::shared_ptr<const RuleBase> open_image(std::string_view bytes);

}  // namespace theriac::detail

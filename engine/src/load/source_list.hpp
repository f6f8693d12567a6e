// sources.yaml: where the rules come from.
#pragma once

#include "theriac/rule_base.hpp"

namespace theriac::detail {

// A list of maps, at the top or under `sources`. Entries without a key are left out; all mistakes are reported.
SourceList read_source_list(const grammar::SourcePtr& source, grammar::Diagnostics& diagnostics);

}  // namespace theriac::detail

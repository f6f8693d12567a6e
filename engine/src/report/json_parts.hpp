// The parts of the screening's JSON that more than one document holds.
#pragma once

#include "report/json_writer.hpp"
#include "theriac/screening.hpp"

namespace theriac::detail {

// Where a finding stands decides which fields it has besides those all have.
enum class FindingIn : std::uint8_t { findings, folded, undecided };

void write_finding(JsonWriter& json, const Finding& finding, FindingIn in);
void write_premise(JsonWriter& json, const Premise& premise);
void write_needs(JsonWriter& json, const std::vector<Need>& needs);
void write_coverage(JsonWriter& json, const Coverage& coverage);
void write_rule_base(JsonWriter& json, const Screening& screening);
void write_input(JsonWriter& json, const Screening& screening);

}  // namespace theriac::detail

// What stands behind a dose test, for a proof: the rows of its table, the amount that was worked out, the size of the body.
#include "evaluate/dose.hpp"
#include "evaluate/measured.hpp"
#include "evaluate/worked_out.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

// The values that the rows go by, each once.
std::vector<Proof> values_of(const World& world, const LimitTable& table) {
  std::vector<Proof> values;
  for (const auto& row : table.rows) {
    for (const auto& cell : row.cells) {
      auto found = measures(world, cell);
      if (std::any_of(values.begin(), values.end(), [&](const Proof& each) { return each.fact == found.fact; })) continue;
      Proof value;
      value.fact = std::move(found.fact);
      value.value = found.value.empty() ? "not known" : found.value + how_old(world, cell);
      value.at = std::move(found.at);
      value.because = std::move(found.because);
      values.push_back(std::move(value));
    }
  }
  return values;
}

}  // namespace

void tell_rows_of(const World& world, const LimitTable& table, std::vector<Proof>& into) {
  const auto values = values_of(world, table);
  const auto holds = rows_hold(world, table);
  for (std::size_t i = 0; i < holds.size(); ++i) {
    if (holds[i].truth == Truth::no) continue;
    Proof row;
    row.fact = table.name;
    row.value = table.rows[i].text;
    row.at = table.rows[i].at.to_string();
    row.because = values;
    into.push_back(std::move(row));
  }
}

namespace {

std::string shown(const DoseTest& test, const Interval& amount) {
  const auto unit = " " + test.unit.text;
  const auto low = amount.low.value_or(Rational{0}).to_string();
  if (!amount.high) return low + unit + " or more";
  return low + (amount.low == amount.high ? "" : " to " + amount.high->to_string()) + unit;
}

Proof size_of_body(const World& world, ObservationId size) {
  const auto reading = newest(world, size, std::nullopt);
  Measures measure;
  measure.observation = size;
  Proof proof;
  proof.fact = world.terms.at(size).name;
  proof.value = reading.value ? reading.shown + how_old(world, measure) : "not known";
  proof.at = reading.at;
  proof.because = worked_out_from(world, reading);
  return proof;
}

// What a test looked at, where it does not stand on the line as it is.
std::string name_of(const DoseTest& test) {
  if (test.of == DoseTest::Of::cumulative) return ", taken so far";
  if (test.of == DoseTest::Of::interval) return ", from one dose to the next";
  return ", dose";
}

Proof told(const World& world, const DoseTest& test, const Exposure& exposure) {
  const auto amount = amount_of(world, test, exposure);
  Proof proof;
  proof.fact = world.name(exposure.what) + name_of(test);
  proof.value = amount.value ? shown(test, *amount.value) : "not known";
  if (test.per) proof.value += " for each " + world.terms.at(*test.per).unit.text;
  proof.at = exposure.at.to_string();
  if (test.per) proof.because.push_back(size_of_body(world, *test.per));
  return proof;
}

}  // namespace

void tell_doses_of(const World& world, const DrugAlternative& alternative, const std::vector<std::uint32_t>& exposures, std::vector<Proof>& into) {
  for (const auto& each : alternative.tests) {
    const auto* test = std::get_if<DoseTest>(&each);
    if (test == nullptr) continue;
    if (test->table) tell_rows_of(world, *test->table, into);
    if (test->of != DoseTest::Of::cumulative && test->of != DoseTest::Of::interval && !test->per) continue;
    for (const auto i : exposures) into.push_back(told(world, *test, world.exposure(i)));
  }
}

}  // namespace theriac::detail

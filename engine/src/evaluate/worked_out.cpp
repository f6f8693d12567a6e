#include "evaluate/worked_out.hpp"

namespace theriac::detail {
namespace {

std::string days_ago(Minutes days) { return days == 0 ? "today" : days == 1 ? "1 day old" : std::to_string(days) + " days old"; }

}  // namespace

std::vector<Proof> worked_out_from(const World& world, const Reading& reading) {
  std::vector<Proof> inputs;
  if (reading.fact == nullptr) return inputs;
  for (const auto& input : reading.fact->inputs) {
    Proof proof;
    proof.fact = input.name;
    proof.value = input.value + (input.unit.empty() ? "" : " " + input.unit);
    if (input.when) proof.value += ", " + days_ago((world.facts.as_of - input.when->latest) / minutes_per_day);
    proof.at = input.at.to_string();
    inputs.push_back(std::move(proof));
  }
  return inputs;
}

std::string how_old(const World& world, const Measures& measure) {
  if (measure.of != Measures::Of::observation) return {};
  const auto reading = newest(world, measure.observation, measure.within);
  const bool measured = reading.fact != nullptr && reading.fact->when && reading.fact->formula.empty();
  return measured ? ", " + days_ago((world.facts.as_of - reading.fact->when->latest) / minutes_per_day) : std::string();
}

}  // namespace theriac::detail

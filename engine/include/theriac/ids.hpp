// Typed ids: dense indexes into one Terminology or RuleBase. Mixing two kinds does not compile. An id means nothing outside the object that gave it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace theriac {

enum class ConceptId : std::uint32_t {};      // an ingredient, a class, or a habit's substance
enum class CombinationId : std::uint32_t {};  // a product of several ingredients
enum class ConditionId : std::uint32_t {};    // a condition, or a state of the patient (pregnancy, palliative care)
enum class ObservationId : std::uint32_t {};
enum class EffectId : std::uint32_t {};
enum class ProblemId : std::uint32_t {};
enum class FlagId : std::uint32_t {};
enum class FamilyId : std::uint32_t {};       // attribute family: what an ingredient may be reviewed for
enum class RouteId : std::uint32_t {};
enum class FormId : std::uint32_t {};
enum class SumId : std::uint32_t {};         // an equivalent or a scale
enum class RuleId : std::uint32_t {};

template <class Id>
  requires requires(Id id) { static_cast<std::uint32_t>(id); }
constexpr std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

template <class Id>
constexpr Id make_id(std::size_t i) {
  return static_cast<Id>(static_cast<std::uint32_t>(i));
}

}  // namespace theriac

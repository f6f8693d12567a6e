#include "evaluate/stands.hpp"

#include "evaluate/search.hpp"

namespace theriac::detail {
namespace {

GuardContext context(const World& world, const ResolvedRule& rule, const Binding& binding, bool exception, std::vector<Proof>* seen = nullptr) {
  return {world, rule, &binding, exception, false, false, seen};
}

Judged exception_holds(const World& world, const ResolvedRule& rule, const Binding& binding, std::size_t i) {
  const auto& exception = rule.exceptions[i];
  AllOf all;
  all.add(judge(exception.when, context(world, rule, binding, true)));
  AnyOf against;
  for (const auto inner : exception.exceptions) against.add(exception_holds(world, rule, binding, inner));
  all.add(negation(against.take()));
  return all.take();
}

}  // namespace

Judged guards_hold(const World& world, const ResolvedRule& rule, const Binding& binding, std::vector<Proof>* seen) {
  AllOf all;
  for (const auto& item : rule.items) {
    if (const auto* guard = std::get_if<GuardItem>(&item.what)) all.add(judge(guard->guard, context(world, rule, binding, false, seen)));
  }
  all.add(judge(rule.guard, context(world, rule, binding, false, seen)));
  return all.take();
}

Judged body_of(const World& world, const ResolvedRule& rule, const Binding& binding, const std::vector<std::uint32_t>& exposures) {
  AllOf all;
  for (const auto* choice : binding.choices) {
    if (choice != nullptr) all.add(chosen(world, *choice, binding));
  }
  all.add(meet_in_time(world, binding));
  all.add(somebody_present(world, binding, exposures));
  if (!all.is_no()) all.add(guards_hold(world, rule, binding));
  return all.take();
}

Exceptions exceptions_of(const World& world, const ResolvedRule& rule, const Binding& binding) {
  Exceptions result;
  for (const auto& guard : rule.unless) result.unless.push_back(judge(guard, context(world, rule, binding, true)));
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) result.holds.push_back(exception_holds(world, rule, binding, i));
  return result;
}

Judged against(const ResolvedRule& rule, const Exceptions& exceptions, std::int32_t replacing) {
  AnyOf any;
  for (const auto& each : exceptions.unless) any.add(each);
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    const auto& exception = rule.exceptions[i];
    if (exception.top && exception.kind != ResolvedException::Kind::lower && static_cast<std::int32_t>(i) != replacing) any.add(exceptions.holds[i]);
  }
  return any.take();
}

}  // namespace theriac::detail

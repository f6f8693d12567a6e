// Are two values the same, field by field? Plain aggregates by reflection (Boost.PFR), so that a new field cannot be forgotten.
#pragma once

#include "theriac/grammar/source.hpp"
#include "theriac/quantity.hpp"

#include <boost/pfr/core.hpp>

#include <algorithm>
#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace theriac::detail {

template <class T>
bool same(const T& a, const T& b);

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}
template <class T>
bool same(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

template <class T, std::size_t... I>
bool same_fields(const T& a, const T& b, std::index_sequence<I...> /*all*/) {
  return (same(boost::pfr::get<I>(a), boost::pfr::get<I>(b)) && ...);
}

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, grammar::Place>)
    return a.source == b.source && a.span == b.span;
  else if constexpr (std::equality_comparable<T>)
    return a == b;
  else
    return same_fields(a, b, std::make_index_sequence<boost::pfr::tuple_size_v<T>>());
}

}  // namespace theriac::detail

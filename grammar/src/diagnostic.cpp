#include "theriac/grammar/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace theriac::grammar {

const CodeInfo& info(Code code) {
  static constexpr auto table = std::to_array<CodeInfo>({
#define THERIAC_DIAGNOSTIC(id, level, name) {#id, Level::level, name},
#include "theriac/grammar/diagnostics.def"
#undef THERIAC_DIAGNOSTIC
  });
  return table.at(static_cast<std::size_t>(code));
}

Diagnostic diagnose(Code code, Place place, std::string message, std::string label) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.level = info(code).level;
  diagnostic.message = std::move(message);
  diagnostic.primary = {std::move(place), std::move(label)};
  return diagnostic;
}

bool has_errors(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.level == Level::error; });
}

void sort_by_place(Diagnostics& diagnostics) {
  const auto name = [](const Place& place) { return place.source ? std::string_view(place.source->name()) : std::string_view(); };
  std::stable_sort(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    const auto& x = a.primary.place;
    const auto& y = b.primary.place;
    return std::tuple(name(x), x.span.begin, a.code) < std::tuple(name(y), y.span.begin, b.code);
  });
}

}  // namespace theriac::grammar

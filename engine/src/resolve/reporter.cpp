#include "resolve/reporter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

constexpr std::size_t places_shown = 3;

}  // namespace

void Reporter::add(grammar::Diagnostic diagnostic) {
  if (muted()) return;
  if (strict_) diagnostic.level = grammar::Level::error;
  diagnostics_.push_back(std::move(diagnostic));
}

void Reporter::add_once(const std::string& key, grammar::Diagnostic diagnostic) {
  if (muted()) return;
  const auto found = once_.find(key);
  if (found == once_.end()) {
    once_.emplace(key, Repeated{diagnostics_.size(), statement_, {}, {}});
    add(std::move(diagnostic));
    return;
  }
  found->second.further.push_back(diagnostic.primary.place);
  if (statement_ != found->second.first_statement) found->second.statements.insert(statement_);
}

grammar::Diagnostics Reporter::finish() && {
  for (auto& [key, repeated] : once_) {
    auto& diagnostic = diagnostics_[repeated.at];
    const auto shown = std::min(places_shown, repeated.further.size());
    for (std::size_t i = 0; i < shown; ++i) diagnostic.secondary.push_back({repeated.further[i], "also here"});
    const auto rules = repeated.statements.size();
    if (rules > 0) diagnostic.notes.push_back(fmt::format("also used in {} {}", rules, rules == 1 ? "rule" : "rules"));
  }
  grammar::sort_by_place(diagnostics_);
  return std::move(diagnostics_);
}

}  // namespace theriac::detail

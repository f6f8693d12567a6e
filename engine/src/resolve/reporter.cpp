#include "resolve/reporter.hpp"

#include <fmt/format.h>

namespace theriac::detail {
namespace {

constexpr std::size_t places_shown = 3;

}  // namespace

void Reporter::add(grammar::Diagnostic diagnostic) {
  if (muted()) return;
  if (strict_) diagnostic.level = grammar::Level::error;
  diagnostics_.push_back(std::move(diagnostic));
}

bool Reporter::add_use(const std::string& key, const grammar::Place& place) {
  const auto found = once_.find(key);
  if (found == once_.end()) return false;
  if (muted()) return true;
  if (found->second.further.size() < places_shown) found->second.further.push_back(place);
  if (statement_ != found->second.first_statement) found->second.statements.insert(statement_);
  return true;
}

void Reporter::add_once(const std::string& key, grammar::Diagnostic diagnostic) {
  if (muted() || add_use(key, diagnostic.primary.place)) return;
  once_.emplace(key, Repeated{diagnostics_.size(), statement_, {}, {}});
  add(std::move(diagnostic));
}

grammar::Diagnostics Reporter::finish() && {
  for (auto& [key, repeated] : once_) {
    auto& diagnostic = diagnostics_[repeated.at];
    for (const auto& place : repeated.further) diagnostic.secondary.push_back({place, "also here"});
    const auto rules = repeated.statements.size();
    if (rules > 0) diagnostic.notes.push_back(fmt::format("also used in {} {}", rules, rules == 1 ? "rule" : "rules"));
  }
  grammar::sort_by_place(diagnostics_);
  return std::move(diagnostics_);
}

}  // namespace theriac::detail

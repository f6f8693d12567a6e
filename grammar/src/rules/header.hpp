// The line that opens a statement, taken apart by its signs before the grammar sees the parts: `label: premise → outcome; action; action`. So a
// mistake in the premise does not hide one in an action.
#pragma once

#include "rules/productions.hpp"

#include <optional>
#include <string>
#include <vector>

namespace theriac::grammar::detail {

struct Arrow {
  Span span;
  bool look_alike = false;
};

struct ShortRule {
  std::optional<Text> label;
  Span premise;
  Span outcome;
  std::vector<Span> actions;
};

// The arrows of `header` before its first `;`, outside back-quotes and quotation marks.
std::vector<Arrow> find_arrows(const Context& context, Span header);
// Splits a header that has an arrow, and reports wrong arrows and labels.
ShortRule split_short_rule(const Context& context, Span header, const std::vector<Arrow>& arrows);
// The parts of `range` between `;`, trimmed, without empty ones at the end.
std::vector<Span> split_actions(const Context& context, Span range);
// The label of a statement that may be broken, as well as it can be made out.
std::string label_of(const Context& context, Span header);

}  // namespace theriac::grammar::detail

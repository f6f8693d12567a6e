// Actions (`flag …`, `prefer …`, `[now] verb text`) and the other clauses whose content is words rather than structure.
#pragma once

#include "rules/productions.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace theriac::grammar::detail {

std::span<const std::string_view> action_words();  // the verbs, `flag`, `prefer` and `now`
bool opens_action(std::string_view word);
std::optional<Action> read_action(const Context& context, Span range);

// What follows a clause's keyword; `expected` names it where nothing does.
std::optional<Text> read_text(const Context& context, Span range, std::string_view expected);
std::optional<Tag> read_tag(const Context& context, Span range, std::string_view expected);
std::optional<Tag> read_one_word(const Context& context, Span range, std::string_view expected);
std::optional<Tag> read_date(const Context& context, Span range);
std::optional<Tag> read_version(const Context& context, Span range);
// raise to … if … [source KEY]
std::optional<Shift> read_shift_with_source(const Context& context, Span range);

}  // namespace theriac::grammar::detail

#include "builder.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

namespace theriac::yaml::detail {

void Builder::begin(Kind kind, std::uint32_t at) {
  if (frames_.size() >= depth_) throw Mistake{{at, at + 1}, fmt::format("nested deeper than {} levels", depth_), "", ""};
  Frame frame;
  frame.node.kind = kind;
  frame.node.span = {at, at + 1};
  frames_.push_back(std::move(frame));
}

void Builder::end(std::uint32_t end) {
  auto node = std::move(frames_.back().node);
  if (end != 0) node.span.end = end;
  frames_.pop_back();
  if (node.is_map()) drop_duplicates(node);
  add(std::move(node));
}

void Builder::add(Node node) {
  if (frames_.empty()) {
    read_.roots.push_back(std::move(node));
    return;
  }
  auto& frame = frames_.back();
  frame.node.span.end = std::max(frame.node.span.end, node.span.end);
  if (frame.node.is_map()) return add_to_map(frame, std::move(node));
  frame.node.items.push_back(std::move(node));
}

void Builder::add_to_map(Frame& frame, Node node) {
  if (frame.has_key) {
    frame.has_key = false;
    if (node.is_null() && node.text.empty()) node.span = {frame.key_span.end, frame.key_span.end};
    if (frame.node.entries.empty()) frame.node.entries.reserve(4);
    frame.node.entries.push_back({std::move(frame.key), frame.key_span, std::move(node)});
    return;
  }
  if (!node.is_scalar() && node.text.empty())
    report(Mistake{node.span, node.is_null() ? "a key is missing, or stands on two lines" : "a key must be text", "", ""});
  frame.has_key = true;
  frame.key = std::move(node.text);
  frame.key_span = node.span;
}

namespace {

// Whether a glance shows that no key stands twice.
bool differ(const std::vector<Entry>& entries) {
  constexpr std::size_t few = 8;
  if (entries.size() > few) return false;
  for (auto later = entries.begin(); later != entries.end(); ++later) {
    if (std::any_of(entries.begin(), later, [&](const Entry& first) { return first.key == later->key; })) return false;
  }
  return true;
}

}  // namespace

void Builder::drop_duplicates(Node& map) {
  auto& entries = map.entries;
  if (differ(entries)) return;
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return entries[a].key < entries[b].key; });
  std::vector<std::pair<std::uint32_t, std::uint32_t>> repeated;  // the later one, the first one
  for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
    if (entries[order[i]].key != entries[order[first]].key)
      first = i;
    else
      repeated.emplace_back(order[i], order[first]);
  }
  if (repeated.empty()) return;
  std::sort(repeated.begin(), repeated.end());
  std::vector<bool> drop(entries.size());
  for (const auto& [later, first] : repeated) {
    drop[later] = true;
    auto diagnostic =
        grammar::diagnose(codes_.duplicate_key, {source_, entries[later].key_span}, fmt::format("`{}` stands twice", entries[later].key), "again");
    diagnostic.secondary.push_back({{source_, entries[first].key_span}, "first here"});
    report(std::move(diagnostic));
  }
  std::size_t i = 0;
  std::erase_if(entries, [&](const Entry&) { return drop[i++]; });
}

void Builder::refuse(grammar::Span span, std::string message) { report(grammar::diagnose(codes_.reference, {source_, span}, std::move(message))); }

void Builder::report(const Mistake& mistake) {
  auto diagnostic = grammar::diagnose(codes_.syntax, {source_, mistake.span}, mistake.message, mistake.label);
  if (!mistake.help.empty()) diagnostic.help.push_back(mistake.help);
  report(std::move(diagnostic));
}

void Builder::report(grammar::Diagnostic diagnostic) {
  read_.diagnostics.push_back(std::move(diagnostic));
  if (read_.diagnostics.size() < max_mistakes) return;
  read_.diagnostics.back().notes.push_back(fmt::format("only the first {} mistakes are shown", max_mistakes));
  throw Enough{};
}

std::uint32_t mark_length(std::string_view text) { return text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; }

}  // namespace theriac::yaml::detail

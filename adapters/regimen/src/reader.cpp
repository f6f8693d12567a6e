#include "reader.hpp"

#include "theriac/grammar/nearest.hpp"

#include <algorithm>

namespace theriac::regimen {

using grammar::Code;

void Reader::error(Code code, grammar::Span at, std::string message, std::string label, std::string help) {
  auto diagnostic = grammar::diagnose(code, place(at), std::move(message), std::move(label));
  if (!help.empty()) diagnostic.help.push_back(std::move(help));
  diagnostics_.push_back(std::move(diagnostic));
}

void Reader::misunderstood(std::string kind, const Said& said, std::string reason) {
  patient.not_understood.push_back({std::move(kind), said.text, std::move(reason), said.at.to_string()});
}

void Reader::misunderstood(std::string kind, const yaml::Node& node, std::string reason) {
  misunderstood(std::move(kind), Said{node.is_scalar() ? node.text : std::string(yaml::describe(node)), place(node.span)}, std::move(reason));
}

namespace {

// One person's file. What is larger is something else, and would take long for nothing.
constexpr std::size_t longest_text = 10'000, longest_list = 5'000;

std::string expected(std::string_view what, std::string_view wanted, const yaml::Node& node) {
  return "`" + std::string(what) + "` must be " + std::string(wanted) + ", here is " + std::string(yaml::describe(node));
}

}  // namespace

bool Reader::text(const yaml::Node& node, std::string_view what) {
  if (node.is_scalar() && node.text.size() <= longest_text) return true;
  if (node.is_scalar()) {
    error(Code::TH8005, {node.span.begin, node.span.begin}, "`" + std::string(what) + "` is a text of " + std::to_string(node.text.size()) + " bytes",
          "at most " + std::to_string(longest_text) + " are read");
  } else {
    error(Code::TH8005, node.span, expected(what, "text", node));
  }
  return false;
}

bool Reader::list(const yaml::Node& node, std::string_view what) {
  if (!node.is_sequence()) {
    error(Code::TH8005, node.span, expected(what, "a list", node));
    return false;
  }
  if (node.items.size() <= longest_list) return true;
  error(Code::TH8005, {node.span.begin, node.span.begin}, "`" + std::string(what) + "` has " + std::to_string(node.items.size()) + " entries",
        "at most " + std::to_string(longest_list) + " are read of one person");
  return false;
}

bool Reader::map(const yaml::Node& node, std::string_view what) {
  if (node.is_map()) return true;
  error(Code::TH8005, node.span, expected(what, "a map", node));
  return false;
}

std::optional<Said> Reader::optional_text(const yaml::Node& node, std::string_view what) {
  if (!text(node, what)) return std::nullopt;
  return said(node);
}

std::optional<When> Reader::date(const yaml::Node& node, std::string_view what) {
  if (!text(node, what)) return std::nullopt;
  const auto when = parse_date(node.text);
  if (!when) misunderstood("date", node, "no such date; write 2025-03-10, 2025-03 or 2025");
  return when;
}

std::optional<bool> Reader::yes_no(const yaml::Node& node, std::string_view what) {
  if (!text(node, what)) return std::nullopt;
  if (node.text == "true" || node.text == "yes" || node.text == "True") return true;
  if (node.text == "false" || node.text == "no" || node.text == "False") return false;
  misunderstood(std::string(what), node, "neither true nor false");
  return std::nullopt;
}

void unknown_key(Reader& reader, const yaml::Entry& entry, std::string_view of, std::span<const std::string_view> known, std::string help) {
  if (help.empty()) {
    if (const auto near = grammar::nearest(entry.key, known)) {
      help = "did you mean `" + *near + "`?";
    } else {
      help = "known here:";
      for (const auto key : known) help += (key == known.front() ? " " : ", ") + std::string(key);
    }
  }
  reader.error(Code::TH8002, entry.key_span, "unknown key `" + entry.key + "` in " + std::string(of), "not a key of theriac.regimen/1",
               std::move(help));
}

void split_amount(const Said& said, Said& value, Said& unit) {
  const std::string_view text = said.text;
  auto end = text.find_first_not_of("<>=≤≥ 0123456789.,-/");
  if (end == std::string_view::npos) end = text.size();
  auto number = text.substr(0, end);
  while (!number.empty() && (number.back() == ' ' || number.back() == '/')) number.remove_suffix(1);
  auto rest = text.substr(number.size());
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  value = {std::string(number), said.at};
  unit = {std::string(rest), said.at};
}

}  // namespace theriac::regimen

// The words in brackets: severity, evidence grade, frequency, time of onset, `disputed`.
#include "resolve/run.hpp"
#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace theriac::detail {
namespace {

using grammar::Code;

constexpr std::array<std::string_view, 5> severities{"info", "minor", "moderate", "major", "contraindicated"};
constexpr std::array<std::string_view, 5> grades{"high", "moderate", "low", "label", "theoretical"};
constexpr std::array<std::string_view, 5> frequencies{"very common", "common", "uncommon", "rare", "very rare"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool refuse(Run& run, const Scope& scope, const grammar::Tag& tag, std::string message, std::string help = {}) {
  auto diagnostic = grammar::diagnose(Code::TH6002, scope.place(tag.span), std::move(message));
  if (!help.empty()) diagnostic.help.push_back(std::move(help));
  run.report.add(std::move(diagnostic));
  return false;
}

bool read_severity(Run& run, const Scope& scope, const grammar::Tag& tag, Tags& into) {
  const auto severity = severity_named(tag.text);
  if (into.severity && *into.severity != *severity) {
    return refuse(run, scope, tag, fmt::format("two severities, `{}` and `{}`", to_string(*into.severity), tag.text),
                  tag.text == "moderate" ? "for the grade of evidence write `evidence moderate`" : "");
  }
  into.severity = severity;
  return true;
}

bool read_evidence(Run& run, const Scope& scope, const grammar::Tag& tag, std::string_view grade, Tags& into) {
  if (!is_evidence_grade(grade))
    return refuse(run, scope, tag, fmt::format("`{}` is no grade of evidence", grade), "one of high, moderate, low, label, theoretical");
  if (!into.evidence.empty() && into.evidence != grade)
    return refuse(run, scope, tag, fmt::format("two grades of evidence, `{}` and `{}`", into.evidence, grade));
  into.evidence = grade;
  return true;
}

bool read_frequency(Run& run, const Scope& scope, const grammar::Tag& tag, Tags& into) {
  if (!into.frequency.empty()) return refuse(run, scope, tag, fmt::format("two frequencies, `{}` and `{}`", into.frequency, tag.text));
  into.frequency = tag.text;
  return true;
}

constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> hours_in{
    {{"hour", 1}, {"day", 24}, {"week", 168}, {"month", 720}, {"year", 8760}}};

std::int64_t about_hours(const Span_& span) {
  const auto unit = std::find_if(hours_in.begin(), hours_in.end(), [&](const auto& each) { return each.first == span.unit; });
  return span.count * unit->second;
}

// "4 weeks"
std::optional<Span_> length_in(std::string_view text) {
  const auto blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto count = Rational::parse(text.substr(0, blank));
  auto unit = text.substr(blank + 1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  const bool known = std::any_of(hours_in.begin(), hours_in.end(), [&](const auto& each) { return each.first == unit; });
  if (!known || !count || count->denominator() != 1 || count->numerator() < 1 || count->numerator() > 1000) return std::nullopt;
  return Span_{count->numerator(), std::string(unit)};
}

constexpr std::string_view within_words = "within ", after_words = "after ";
bool is_onset(std::string_view text) { return text.starts_with(within_words) || text.starts_with(after_words); }

// "within 4 weeks", "after 3 months": of a start.
bool read_onset(Run& run, const Scope& scope, const grammar::Tag& tag, Tags& into) {
  const std::string_view text = tag.text;
  const bool within = text.starts_with(within_words);
  auto& said = within ? into.onset_within : into.onset_after;
  if (said) return refuse(run, scope, tag, fmt::format("two times of onset, another before `{}`", text));
  said = length_in(text.substr(within ? within_words.size() : after_words.size()));
  if (!said) return refuse(run, scope, tag, fmt::format("`{}` is no time of onset", text), "write `within 4 weeks` or `after 3 months`");
  if (into.onset_after && into.onset_within && about_hours(*into.onset_after) >= about_hours(*into.onset_within))
    return refuse(run, scope, tag, "it would have to begin later than it does", "the time after `after` must be the shorter one");
  return true;
}

bool refuse_unknown(Run& run, const Scope& scope, const grammar::Tag& tag) {
  std::vector<std::string_view> known(severities.begin(), severities.end());
  known.insert(known.end(), {"high", "low", "label", "theoretical", "disputed"});
  known.insert(known.end(), frequencies.begin(), frequencies.end());
  const auto near = grammar::nearest(tag.text, known);
  return refuse(run, scope, tag, fmt::format("`{}` is no severity, grade of evidence or frequency", tag.text),
                near ? fmt::format("did you mean `{}`?", *near) : "severities are info, minor, moderate, major, contraindicated");
}

bool read_tag(Run& run, const Scope& scope, const grammar::Tag& tag, TagsOf what, Tags& into) {
  constexpr std::string_view evidence = "evidence ";
  const std::string_view text = tag.text;
  if (severity_named(text)) return read_severity(run, scope, tag, into);
  if (text.substr(0, evidence.size()) == evidence) return read_evidence(run, scope, tag, text.substr(evidence.size()), into);
  if (is_evidence_grade(text)) return read_evidence(run, scope, tag, text, into);
  if (is_one_of(frequencies, text)) return read_frequency(run, scope, tag, into);
  if (what == TagsOf::attribution && is_onset(text)) return read_onset(run, scope, tag, into);
  if (text != "disputed") return refuse_unknown(run, scope, tag);
  into.disputed = true;
  return true;
}

}  // namespace

std::optional<Severity> severity_named(std::string_view text) {
  const auto found = std::find(severities.begin(), severities.end(), text);
  if (found == severities.end()) return std::nullopt;
  return static_cast<Severity>(found - severities.begin() + 1);
}

bool is_evidence_grade(std::string_view text) { return is_one_of(grades, text); }

std::optional<Severity> severity_of(Run& run, const Scope& scope, const grammar::Tag& tag) {
  const auto severity = severity_named(tag.text);
  if (severity) return severity;
  const auto near = grammar::nearest(tag.text, severities);
  refuse(run, scope, tag, fmt::format("`{}` is no severity", tag.text),
         near ? fmt::format("did you mean `{}`?", *near) : "one of info, minor, moderate, major, contraindicated");
  return std::nullopt;
}

std::optional<Tags> tags_of(Run& run, const Scope& scope, const std::vector<grammar::Tag>& tags, TagsOf what) {
  Tags result;
  bool good = true;
  for (const auto& tag : tags) good = read_tag(run, scope, tag, what, result) && good;
  if (good && result.disputed && result.severity && *result.severity > Severity::info) {
    good = refuse(run, scope, tags.front(), fmt::format("a disputed claim cannot be `{}`", to_string(*result.severity)), "write `[info, disputed]`");
  }
  if (!good) return std::nullopt;
  return result;
}

}  // namespace theriac::detail

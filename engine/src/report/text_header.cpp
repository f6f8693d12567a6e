#include "report/counts.hpp"
#include "report/phrases.hpp"
#include "report/text.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace theriac::detail {
std::string as_of_words(const Screening& screening) {
  const auto date = format_date(screening.as_of);
  if (screening.as_of_from == "today") return fmt::format("as of today, {}: the file gives no date", date);
  if (screening.as_of_from == "command line") return fmt::format("as of {}, by --as-of", date);
  return fmt::format("as of {}", date);
}

std::string entry_words(const Screening& screening, std::int32_t entry) {
  for (const auto& each : screening.coverage.screened) {
    if (each.entry == entry) return shortened(each.shown.empty() ? each.text : each.shown, 90);
  }
  return fmt::format("entry {}", entry + 1);
}

namespace {

std::string did_you_mean(const std::vector<std::string>& suggestions) {
  return suggestions.empty() ? std::string() : fmt::format("Did you mean {}?", join_or(printable_all(suggestions)));
}

}  // namespace

std::string not_screened_words(const NotScreenedEntry& entry) {
  const bool unknown = entry.reason == "name not known";
  const auto reason = unknown ? "no such name here" : printable(entry.reason);
  const auto hint = entry.suggestions.empty() ? unknown ? "What is in it?" : "" : did_you_mean(entry.suggestions);
  return fmt::format("{}: {}. Nothing below covers it. {}", quoted(entry.text), reason, hint);
}

namespace {

void write_not_screened(Page& page, const std::vector<NotScreenedEntry>& entries) {
  if (entries.size() > 4) {
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (const auto& entry : entries) names.push_back(quoted(entry.text));
    page.items(fmt::format("✖ NOT SCREENED  {} entries, and nothing below covers them: ", entries.size()), 16, names, " · ", Ink::red);
    return;
  }
  for (const auto& entry : entries) page.paragraph("✖ NOT SCREENED  ", 16, not_screened_words(entry), Ink::red);
}

}  // namespace

std::string not_understood_words(const NotUnderstood& value) {
  const auto at = value.at.empty() ? "" : fmt::format(" ({})", without_column(value.at));
  return fmt::format("{} {}: {}{}", printable(value.kind), quoted(value.text), printable(value.reason), at);
}

namespace {

// Many of one kind that are no names here, as a record of a lifetime has them: a few by name, the rest counted. `--all` tells each.
void write_not_understood(Page& page, const std::vector<NotUnderstood>& values, bool all) {
  constexpr std::size_t most = 4;
  constexpr std::string_view unknown = "name not known";
  std::vector<std::string> items;
  std::map<std::pair<std::string, std::string>, std::vector<const NotUnderstood*>> many;
  const auto key = [&](const NotUnderstood& value) {
    const bool name = value.reason.rfind(unknown, 0) == 0;
    return std::pair(value.kind, name ? std::string(unknown) : value.reason);
  };
  for (const auto& value : values) many[key(value)].push_back(&value);
  for (const auto& value : values) {
    const auto& alike = many[key(value)];
    if (all || alike.size() <= most) {
      items.push_back(not_understood_words(value));
    } else if (alike.front() == &value) {
      std::vector<std::string> names;
      for (std::size_t i = 0; i + 1 < most; ++i) names.push_back(quoted(alike[i]->text));
      items.push_back(
          fmt::format("{} of {}: {} ({} …): --all", alike.size(), printable(value.kind), printable(key(value).second), join(names, ", ")));
    }
  }
  page.items("✖ NOT UNDERSTOOD  ", 18, items, " · ", Ink::red);
}

void write_not_read(Page& page, const std::vector<ScreenedEntry>& entries) {
  std::vector<std::string> items;
  for (const auto& entry : entries) {
    if (!entry.not_read.empty()) items.push_back(fmt::format("{} in {}", quoted(entry.not_read), quoted(entry.text)));
  }
  page.items("? NOT READ  ", 12, items, " · ", Ink::yellow);
}

}  // namespace

std::string deceased_words(const Screening& screening) {
  const bool dated = screening.deceased.find("not given") == std::string::npos;
  return fmt::format("{}{} ({}). Screened as if alive on {}, with the list as it stands.", dated ? "since " : "", printable(screening.deceased),
                     without_column(screening.deceased_at), format_date(screening.as_of));
}

// One word for each way an entry can count other than taken and systemic.
std::string counted_as(const ScreenedEntry& entry) {
  const auto shown = shortened(entry.shown.empty() ? entry.text : entry.shown, 60);
  const auto remark = entry.remark.empty() ? "" : fmt::format(" ({})", printable(entry.remark));
  if (entry.status == "stopped" || entry.status == "completed" || entry.status == "held") {
    return entry.status == "held" ? fmt::format("{} held{}", shown, remark)
                                  : fmt::format("{} no longer{}", shown, entry.remark.empty() ? " (" + entry.status + ")" : remark);
  }
  if (entry.status == "not taken" || entry.status == "prohibited" || entry.status == "entered in error")
    return fmt::format("{} {}", shown, entry.status);
  if (entry.status == "unknown") return fmt::format("{} perhaps (status unknown)", shown);
  const auto place = entry.counts_as == "local" ? " as local only" : entry.counts_as == "gut" ? " in the gut only" : "";
  if (entry.status == "proposed") return fmt::format("{} proposed{}", shown, place);
  if (entry.status == "to stop") return fmt::format("{} to stop{}{}", shown, place, remark);
  return *place == '\0' ? std::string() : shown + place;
}

void write_header(Page& page, const Screening& screening) {
  const auto entries = count_entries(screening);
  const auto name = shortened(screening.patient_id.empty() ? screening.source : screening.patient_id, 40);
  const auto left = fmt::format("{}{}{} · {}", name, name.empty() ? "" : " · ", person(screening), as_of_words(screening));
  const auto covered = fmt::format("{} of {} screened", entries.screened, plural(entries.all, "entry", "entries"));
  const std::string outcome = screening.complete ? "" : " · INCOMPLETE";
  const auto wide = width(covered) + width(outcome);
  const auto end = page.ink(Ink::bold, covered) + page.ink(Ink::red, outcome);
  if (width(left) + 2 + wide <= page.columns()) {
    page.line(pad(left, page.columns() - wide) + end);
  } else {
    page.line(left);
    page.line(end);
  }
}

void write_not_covered(Page& page, const Screening& screening, const TextStyle& style) {
  page.gap();
  if (!screening.deceased.empty()) {
    page.paragraph("✖ RECORDED AS DEAD  ", 19, deceased_words(screening), Ink::red);
  }
  write_not_screened(page, screening.coverage.not_screened);
  write_not_understood(page, screening.coverage.not_understood, style.all);
  if (screening.rule_base.not_loaded > 0) {
    page.paragraph("✖ RULES NOT LOADED  ", 20,
                   fmt::format("{} with a mistake said nothing here. See them: theriac check", plural(screening.rule_base.not_loaded, "rule")),
                   Ink::red);
  }
  std::vector<std::string> unconfirmed;
  for (const auto& [entry, because] : screening.coverage.not_confirmed) {
    unconfirmed.push_back(fmt::format("{}: {}", entry_words(screening, entry), printable(because)));
  }
  page.items("? NOT CONFIRMED  ", 17, unconfirmed, " · ", Ink::yellow);
  write_not_read(page, screening.coverage.screened);
}

void write_worked_out(Page& page, const Screening& screening, const TextStyle& style) {
  std::vector<std::string> values;
  for (const auto& value : screening.values) {
    if (!value.used_by.empty() || style.all) values.push_back(value_words(value) + (value.used_by.empty() ? "" : ": " + join(value.used_by, ", ")));
  }
  if (values.empty()) return;
  page.gap();
  page.items("worked out  ", 12, values);
}

void write_counted(Page& page, const Screening& screening, const TextStyle& style) {
  std::size_t plain = 0;
  std::vector<std::string> items;
  std::map<std::string, std::size_t> times;
  for (const auto& entry : screening.coverage.screened) {
    const auto words = counted_as(entry);
    if (words.empty())
      ++plain;
    else if (times[words]++ == 0)
      items.push_back(words);
  }
  if (items.empty() && screening.coverage.habits.empty() && !style.all) return;  // the first line says how many
  for (auto& item : items) {
    if (const auto count = times[item]; count > 1) item += fmt::format(" ({} entries)", count);
  }
  if (plain > 0) items.insert(items.begin(), fmt::format("{} systemic", plain));
  page.gap();
  page.items("counted  ", 9, items);
  page.items("         ", 9, printable_all(screening.coverage.habits));
  if (style.all) page.items("assumed  ", 9, printable_all(screening.assumed));
}

}  // namespace theriac::detail

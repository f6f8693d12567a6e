#include "report/json_parts.hpp"
#include "report/page.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"
#include "theriac/attribute.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac {
namespace {

using namespace detail;

std::string since_words(const Candidate& candidate) {
  if (!candidate.since) return "start not given";
  const auto date = format_date(*candidate.since);
  return candidate.days ? fmt::format("since {}, {}", date, plural(static_cast<std::size_t>(std::max<std::int64_t>(*candidate.days, 0)), "day"))
                        : "since " + date;
}

// "" where nothing is known of either.
std::string onset_words(const Candidate& candidate) {
  const auto usually = candidate.usually.empty() ? "" : fmt::format(" ({} of a start)", candidate.usually);
  switch (candidate.onset) {
    case Onset::fits:
      return "began when it usually does" + usually;
    case Onset::early:
      return "began earlier than it usually does" + usually;
    case Onset::late:
      return "began later than it usually does" + usually;
    case Onset::before_the_drug:
      return "the complaint was there before it";
    case Onset::not_known:
      break;
  }
  return candidate.usually.empty() ? "" : fmt::format("usually {} of a start", candidate.usually);
}

void add_finding(Page& page, const Candidate& candidate, std::size_t number) {
  const auto& finding = *candidate.finding;
  std::vector<std::string> words = {fmt::format("{}: {}", drug_words(finding, 60).head, printable(finding.effect)),
                                    fmt::format("{} {}", printable(finding.ref), signed_word(finding.severity))};
  if (finding.status == Verdict::possible) words.emplace_back("undecided");
  if (!finding.disputed.empty()) words.emplace_back("disputed");
  if (candidate.since) words.push_back(fmt::format("the newest is {}, {}", printable(candidate.shown), since_words(candidate)));
  page.items(fmt::format(" {}  ", number), 4, words);
}

void add_drug(Page& page, const Attribution& answer, const Candidate& candidate, std::size_t number) {
  std::vector<std::string> words = {printable(candidate.shown)};
  words.push_back(candidate.frequency.empty() ? "known, how often is not said" : candidate.frequency);
  if (std::find(answer.effects.begin(), answer.effects.end(), candidate.effect) == answer.effects.end())
    words.push_back("as " + printable(candidate.effect));
  if (candidate.named_for != candidate.drug) words.push_back(fmt::format("of {}", printable(candidate.named_for)));
  words.push_back(since_words(candidate));
  if (const auto onset = onset_words(candidate); !onset.empty()) words.push_back(onset);
  if (candidate.not_sure_taken) words.emplace_back("not confirmed that it is taken");
  words.push_back(without_column(candidate.at));
  page.items(fmt::format(" {}  ", number), 4, words);
}

}  // namespace

std::string attribute_text(const Attribution& answer, const TextStyle& style) {
  Page page(static_cast<std::size_t>(std::clamp(style.width, 60, 400)), style.colour);
  const auto understood = join(printable_all(answer.effects), ", ");
  page.paragraph("", 0,
                 answer.candidates.empty()
                     ? fmt::format("Nothing that is known here causes {} in this list. That is no evidence that none of it does.", understood)
                     : fmt::format("What of this list can cause {}, likeliest first. It names candidates and no cause.", understood),
                 Ink::bold);
  for (std::size_t i = 0; i < answer.candidates.size(); ++i) {
    const auto& candidate = answer.candidates[i];
    if (candidate.finding)
      add_finding(page, candidate, i + 1);
    else
      add_drug(page, answer, candidate, i + 1);
  }
  page.items("Not counted: ", 3, printable_all(answer.not_counted));
  page.items("Nothing known here, which is no evidence: ", 3, printable_all(answer.nothing_known), ", ");
  if (answer.without_start > 0)
    page.line(fmt::format("Start dates would sharpen this: {} of {} drugs have none.", answer.without_start, answer.drugs));
  for (const auto& entry : answer.screening.coverage.not_screened)
    page.paragraph("", 3, fmt::format("{} was not screened: it may be the cause.", quoted(entry.text)));
  return page.text();
}

std::string attribute_json(const Attribution& answer) {
  JsonWriter json(JsonWriter::Layout::pretty);
  json.begin_object().field("schema", "theriac.attribution/1").field("outcome", answer.screening.complete ? "complete" : "incomplete");
  json.field("complaint", answer.complaint).field("began", answer.began ? format_date(*answer.began) : "").field("effects", answer.effects);
  json.list("candidates", answer.candidates, [&](const Candidate& candidate) {
    json.begin_object().field("kind", candidate.finding ? "finding" : "drug").field("drug", candidate.drug).field("shown", candidate.shown);
    json.field("effect", candidate.effect).field("frequency", candidate.frequency).field("named_for", candidate.named_for).field("at", candidate.at);
    json.field("since", candidate.since ? format_date(*candidate.since) : "");
    if (candidate.days) json.count("days", *candidate.days);
    json.field("usual_onset", candidate.usually).field("onset", to_string(candidate.onset)).flag("uncertain", candidate.not_sure_taken);
    if (candidate.finding) {
      json.key("finding");
      write_finding(json, *candidate.finding, candidate.finding->status == Verdict::possible ? FindingIn::undecided : FindingIn::findings);
    }
    json.end_object();
  });
  json.field("not_counted", answer.not_counted).field("nothing_known", answer.nothing_known);
  json.count("drugs", answer.drugs).count("without_start", answer.without_start);
  json.list(
      "not_screened", answer.screening.coverage.not_screened, [&](const NotScreenedEntry& entry) { json.text(entry.text); }, JsonWriter::Shape::row);
  json.end_object();
  return json.result() + "\n";
}

}  // namespace theriac

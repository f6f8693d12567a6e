#include "theriac/plan_lines.hpp"

#include "assemble/finding.hpp"
#include "report/json_writer.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace theriac {
namespace {

using detail::most_supports_written;

std::string quoted(std::string_view text) {
  detail::JsonWriter json(detail::JsonWriter::Layout::line);
  return json.text(text).result();
}

}  // namespace

PlanLines::PlanLines(const Plan& plan, const BriefStyle& style) : style_(style) {
  for (const auto& head : plan.heads()) {
    const auto text = R"({"rule": )" + quoted(head.rule) + R"(, "effect": )" + quoted(head.effect);
    longest_head_ = std::max(longest_head_, text.size());
    heads_.push_back(keep<64>(text));
    heads_.back().severity = static_cast<std::uint8_t>(head.severity);
  }
  for (std::size_t i = 0; i < behind_.size(); ++i) {
    const auto severity = static_cast<Severity>(i / verdicts);
    const auto verdict = static_cast<Verdict>(i % verdicts);
    behind_[i] = keep<64>(R"(, "severity": ")" + std::string(to_string(severity)) + R"(", "status": ")" + std::string(to_string(verdict)) +
                          R"(", "drugs": [)");
  }
  for (std::uint32_t place = 0; place < plan.drugs(); ++place) {
    const auto text = quoted(plan.drug(place)) + ", ";
    longest_drug_ = std::max(longest_drug_, text.size());
    drugs_.push_back(keep<32>(text));
  }
}

template <std::size_t room>
PlanLines::Piece<room> PlanLines::keep(std::string_view text) {
  Piece<room> piece;
  if (text.size() <= piece.text.size()) {
    std::copy(text.begin(), text.end(), piece.text.begin());
    piece.size = static_cast<std::uint8_t>(text.size());
    return piece;
  }
  const auto place = long_ones_.size();
  std::memcpy(piece.text.data(), &place, sizeof place);
  long_ones_.emplace_back(text);
  return piece;
}

// Most often there is.
inline char* PlanLines::with_room(char* to, std::size_t size) { return static_cast<std::size_t>(limit_ - to) >= size ? to : moved(to, size); }

char* PlanLines::moved(char* to, std::size_t size) {
  const auto used = static_cast<std::size_t>(to - line_.get());
  const auto capacity = 2 * (used + size);
  auto larger = std::make_unique<char[]>(capacity);
  if (used > 0) std::memcpy(larger.get(), line_.get(), used);
  line_ = std::move(larger);
  limit_ = line_.get() + capacity;
  return line_.get() + used;
}

// What is behind the text is written over by the next.
template <std::size_t room>
inline char* PlanLines::put(char* to, const Piece<room>& piece) const {
  std::memcpy(to, &piece, room);
  return piece.size > 0 ? to + piece.size : put_long(to, piece.text.data());
}

char* PlanLines::put_long(char* to, const char* place) const {
  std::size_t at = 0;
  std::memcpy(&at, place, sizeof at);
  return put(to, long_ones_[at]);
}

inline char* PlanLines::put(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// Room for all of the patient's drugs is there.
inline char* PlanLines::put_drugs(char* to, std::uint64_t drugs) const {
  for (; drugs != 0; drugs &= drugs - 1) to = put(to, of_patient_[static_cast<std::size_t>(std::countr_zero(drugs))]);
  return to - 2;  // the last comma
}

char* PlanLines::put_supports(char* to, const PlanRun& run, const PlanHit& hit) {
  const auto sets = run.supports(hit);
  to = put(to, R"(, "supports": [)");
  for (std::size_t i = 0; i < std::min<std::size_t>(sets.size(), most_supports_written); ++i) {
    to = with_room(to, room_for_drugs(run));
    to = put(to, i == 0 ? "[" : ", [");
    to = put_drugs(to, sets[i]);
    to = put(to, "]");
  }
  return put(put(with_room(to, around), R"(], "supports_total": )"), std::to_string(sets.size()));
}

char* PlanLines::put_needs(char* to, const PlanRun& run, const PlanHit& hit) {
  detail::JsonWriter json(detail::JsonWriter::Layout::line);
  json.begin_object().field("needs", run.needs(hit));
  const auto& text = json.result();
  to = with_room(to, text.size() + around);
  return put(put(to, ", "), std::string_view(text).substr(1));
}

char* PlanLines::put_findings(char* to, const PlanRun& run, bool undecided) {
  bool any = false;
  const auto room = longest_head_ + room_for_drugs(run) + 2 * around;
  for (const auto& hit : run.hits()) {
    if ((hit.verdict < Verdict::unless) != undecided) continue;
    const auto& head = heads_[hit.head];
    to = with_room(to, room);
    to = put(to, head);
    to = put(to, behind_[head.severity * verdicts + static_cast<std::size_t>(hit.verdict)]);
    to = put_drugs(to, hit.drugs);
    to = put(to, "]");
    if (style_.supports) to = put_supports(to, run, hit);
    if (undecided) to = put_needs(to, run, hit);
    to = put(to, "}, ");
    any = true;
  }
  return any ? to - 2 : to;
}

void PlanLines::approach(const PlanRun& run) const {
  for (const auto& hit : run.hits()) __builtin_prefetch(&heads_[hit.head]);
}

void PlanLines::write(const PlanRun& run, std::string_view id, std::string& out) {
  for (std::size_t i = 0; i < run.drugs(); ++i) of_patient_[i] = drugs_[run.drug(i)];
  constexpr std::size_t enough = 2 * around;
  auto* to = with_room(line_.get(), id.size() + enough);
  to = put(to, "{");
  if (!id.empty()) to = put(put(put(to, R"("id": ")"), id), R"(", )");
  to = put(to, R"("findings": [)");
  to = put_findings(to, run, false);
  to = with_room(to, enough);
  to = put(to, R"(], "undecided": )");
  if (style_.undecided) {
    to = put(to, "[");
    to = put_findings(to, run, true);
    to = put(with_room(to, enough), "]");
  } else {
    to = put(to, std::to_string(run.undecided()));
  }
  to = put(to, R"(, "not_screened": []})");
  to = put(to, "\n");
  out.append(line_.get(), static_cast<std::size_t>(to - line_.get()));
}

}  // namespace theriac

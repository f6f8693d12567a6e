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
    heads_.push_back(keep(R"({"rule": )" + quoted(head.rule) + R"(, "effect": )" + quoted(head.effect) + R"(, "severity": ")" +
                          std::string(to_string(head.severity)) + R"(", "status": ")"));
  }
  for (const auto verdict : {Verdict::silent, Verdict::open, Verdict::possible, Verdict::unless, Verdict::certain}) {
    verdicts_.push_back(keep(std::string(to_string(verdict)) + R"(", "drugs": [)"));
  }
  for (std::uint32_t place = 0; place < plan.drugs(); ++place) {
    drugs_.push_back(keep(quoted(plan.drug(place)) + ", "));
    longest_drug_ = std::max<std::size_t>(longest_drug_, drugs_.back().size);
  }
  kept_.append(step, ' ');
}

PlanLines::Piece PlanLines::keep(std::string_view text) {
  const Piece piece{static_cast<std::uint32_t>(kept_.size()), static_cast<std::uint32_t>(text.size())};
  kept_ += text;
  return piece;
}

void PlanLines::make_room(std::size_t size) {
  const auto used = static_cast<std::size_t>(end_ - line_.get());
  if (line_ && used + size <= capacity_) return;
  auto larger = std::make_unique<char[]>(2 * (used + size));
  if (line_) std::memcpy(larger.get(), line_.get(), used);
  line_ = std::move(larger);
  capacity_ = 2 * (used + size);
  end_ = line_.get() + used;
}

// Whole steps; what is behind the piece is written over by the next.
void PlanLines::put(const Piece& piece) {
  const auto* from = kept_.data() + piece.from;
  for (std::size_t i = 0; i < piece.size; i += step) std::memcpy(end_ + i, from + i, step);
  end_ += piece.size;
}

void PlanLines::put(std::string_view text) {
  std::memcpy(end_, text.data(), text.size());
  end_ += text.size();
}

void PlanLines::put_drugs(const PlanRun& run, std::uint64_t drugs) {
  make_room(static_cast<std::size_t>(std::popcount(drugs)) * longest_drug_ + 4 * step);
  for (; drugs != 0; drugs &= drugs - 1) put(drugs_[run.drug(static_cast<std::size_t>(std::countr_zero(drugs)))]);
  end_ -= 2;  // the last comma
}

void PlanLines::put_supports(const PlanRun& run, const PlanHit& hit) {
  const auto sets = run.supports(hit);
  put(R"(, "supports": [)");
  for (std::size_t i = 0; i < std::min<std::size_t>(sets.size(), most_supports_written); ++i) {
    put(i == 0 ? "[" : ", [");
    put_drugs(run, sets[i]);
    put("]");
  }
  put(R"(], "supports_total": )");
  put(std::to_string(sets.size()));
}

void PlanLines::put_needs(const PlanRun& run, const PlanHit& hit) {
  detail::JsonWriter json(detail::JsonWriter::Layout::line);
  json.begin_object().field("needs", run.needs(hit));
  const auto& text = json.result();
  make_room(text.size() + 4 * step);
  put(", ");
  put(std::string_view(text).substr(1));
}

void PlanLines::put_findings(const PlanRun& run, bool undecided) {
  bool any = false;
  for (const auto& hit : run.hits()) {
    if ((hit.verdict < Verdict::unless) != undecided) continue;
    const auto& head = heads_[hit.head];
    make_room(head.size + 4 * step);
    put(head);
    put(verdicts_[static_cast<std::size_t>(hit.verdict)]);
    put_drugs(run, hit.drugs);
    put("]");
    if (style_.supports) put_supports(run, hit);
    if (undecided) put_needs(run, hit);
    put("}, ");
    any = true;
  }
  if (any) end_ -= 2;
}

void PlanLines::write(const PlanRun& run, std::string_view id, std::string& out) {
  end_ = line_.get();
  make_room(id.size() + 256);
  put("{");
  if (!id.empty()) {
    put(R"("id": ")");
    put(id);
    put(R"(", )");
  }
  put(R"("findings": [)");
  for (const auto& hit : run.hits()) __builtin_prefetch(kept_.data() + heads_[hit.head].from);
  put_findings(run, false);
  make_room(256);
  put(R"(], "undecided": )");
  if (style_.undecided) {
    put("[");
    put_findings(run, true);
    make_room(256);
    put("]");
  } else {
    put(std::to_string(run.undecided()));
  }
  put(R"(, "not_screened": []})");
  put("\n");
  out.append(line_.get(), static_cast<std::size_t>(end_ - line_.get()));
}

}  // namespace theriac

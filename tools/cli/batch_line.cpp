#include "batch_line.hpp"

#include "theriac/fhir/fhir.hpp"
#include "theriac/report.hpp"

#include <algorithm>

namespace theriac::cli {
namespace {

constexpr std::string_view name_of_line = "line";

struct OnePatient {
  std::vector<Patient> patients;
  grammar::Diagnostics diagnostics;
};

OnePatient read_line(std::string_view line, const Terminology& terminology, const BatchOptions& options) {
  const auto source = grammar::Source::make(std::string(name_of_line), std::string(line));
  if (fhir::looks_like_fhir(source->text())) {
    auto read = fhir::read(source, terminology, {options.as_of, options.today, options.strict});
    return {std::move(read.patients), std::move(read.diagnostics)};
  }
  auto read = regimen::read(source, {options.as_of, options.today, options.whole});
  return {std::move(read.patients), std::move(read.diagnostics)};
}

// A FHIR line must hold a whole patient: elsewhere their other resources stand on other lines, and half a patient would be screened.
bool is_part_of_a_patient(std::string_view line) {
  if (!fhir::looks_like_fhir(line)) return false;
  constexpr std::string_view type = "\"resourceType\"", bundle = "\"Bundle\"";
  for (auto key = line.find(type); key != std::string_view::npos; key = line.find(type, key + 1)) {  // a Bundle's own may stand behind its entries
    const auto value = line.find('"', key + type.size());
    if (value != std::string_view::npos && line.substr(value, bundle.size()) == bundle) return false;
  }
  return true;
}

}  // namespace

BatchTally& BatchTally::operator+=(const BatchTally& more) {
  patients += more.patients;
  findings += more.findings;
  bad_lines += more.bad_lines;
  incomplete += more.incomplete;
  by_rule.resize(std::max(by_rule.size(), more.by_rule.size()));
  for (std::size_t i = 0; i < more.by_rule.size(); ++i) by_rule[i] += more.by_rule[i];
  return *this;
}

BatchLine::BatchLine(std::shared_ptr<const RuleBase> rules, std::shared_ptr<const Plan> plan, BatchOptions options,
                     std::shared_ptr<regimen::QuickWords> words)
    : rules_(std::move(rules)), options_(std::move(options)) {
  const auto labels = rules_->labels();
  for (const auto& label : labels) rule_of_label_.emplace(label, static_cast<std::uint32_t>(rule_of_label_.size()));
  by_label_.resize(labels.size());
  if (!plan || !options_.by_plan || options_.whole || !options_.jurisdictions.empty() || !plan->serves()) return;
  for (const auto& head : plan->heads()) rule_of_head_.push_back(rule_of_label_.find(head.rule)->second);
  by_head_.resize(rule_of_head_.size());
  lines_.emplace(*plan, options_.style);
  quick_.emplace(std::move(plan), regimen::ReadOptions{options_.as_of, options_.today}, options_.style.undecided, std::move(words));
}

std::uint64_t BatchLine::answer(std::uint64_t number, std::string_view lines, std::string& out) {
  std::uint64_t answered = 0;
  Numbered some;
  for (; !lines.empty(); ++number) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    some.numbers[some.count] = number;
    some.lines[some.count++] = line;
    ++answered;
    if (some.count < some.lines.size()) continue;
    answer_some(some, out);
    some.count = 0;
  }
  answer_some(some, out);
  return answered;
}

void BatchLine::answer_some(const Numbered& some, std::string& out) {
  for (std::size_t from = 0; from < some.count;) {
    const auto left = some.count - from;
    const auto read = quick_ ? quick_->read({some.lines.data() + from, left}) : left;
    for (std::size_t i = 0; i < read; ++i) {
      if (!quick_ || !by_plan(i, out)) whole_way(some.numbers[from + i], some.lines[from + i], out);
    }
    from += read;
  }
}

bool BatchLine::by_plan(std::size_t line, std::string& out) {
  if (!quick_->judge(line)) return false;
  ++tally_.patients;
  lines_->approach(quick_->run());
  for (const auto& hit : quick_->run().hits()) __builtin_prefetch(&by_head_[hit.head]);
  for (const auto& hit : quick_->run().hits()) {
    if (hit.verdict >= Verdict::unless) told(by_head_[hit.head]);
  }
  lines_->write(quick_->run(), quick_->id(), out);
  return true;
}

void BatchLine::told(Counted& counted) {
  ++tally_.findings;
  counted.patients += counted.last == tally_.patients ? 0 : 1;
  counted.last = tally_.patients;
}

BatchTally BatchLine::tally() const {
  auto result = tally_;
  for (const auto& counted : by_label_) result.by_rule.push_back(counted.patients);
  for (std::size_t head = 0; head < by_head_.size(); ++head) {
    if (head > 0 && rule_of_head_[head] == rule_of_head_[head - 1]) continue;  // it was told with the first
    result.by_rule[rule_of_head_[head]] += by_head_[head].patients;
  }
  return result;
}

void BatchLine::whole_way(std::uint64_t number, std::string_view line, std::string& out) {
  if (is_part_of_a_patient(line)) return bad(number, "a line must hold a whole patient: a FHIR Bundle, or a regimen", out);
  const auto read = read_line(line, rules_->terminology(), options_);
  if (grammar::has_errors(read.diagnostics) || read.patients.size() != 1) {
    const auto error = std::find_if(read.diagnostics.begin(), read.diagnostics.end(),
                                    [](const grammar::Diagnostic& each) { return each.level == grammar::Level::error; });
    const auto why = error != read.diagnostics.end() ? error->message : read.patients.empty() ? "no patient in it" : "more than one patient";
    return bad(number, why, out);
  }
  const auto& patient = read.patients.front();
  ++tally_.patients;
  if (options_.whole) {
    const auto screening = screen(*rules_, patient, {options_.jurisdictions});
    for (const auto& finding : screening.findings) told(by_label_[rule_of_label_.find(finding.rule)->second]);
    tally_.incomplete += screening.complete ? 0 : 1;
    out += report_json_line(screening);
    return;
  }
  const auto found = brief(*rules_, patient, {options_.jurisdictions});
  for (const auto& finding : found.findings) told(by_label_[rule_of_label_.find(finding.rule)->second]);
  tally_.incomplete += found.not_screened.empty() && found.not_understood.empty() ? 0 : 1;
  out += brief_line(found, options_.style);
}

void BatchLine::bad(std::uint64_t number, std::string_view why, std::string& out) {
  ++tally_.bad_lines;
  out += "{\"line\": " + std::to_string(number) + ", \"error\": \"" + escape_json(why) + "\"}\n";
}

}  // namespace theriac::cli

#include "theriac/grammar/parse.hpp"

#include "rules/header.hpp"
#include "rules/layout.hpp"
#include "rules/limits.hpp"
#include "rules/statements.hpp"

#include <algorithm>
#include <iterator>

namespace theriac::grammar {
namespace {

using detail::Context;
using detail::RawStatement;

void report_layout(const Context& context, const RawStatement& raw) {
  if (raw.orphan) {
    auto& diagnostic = context.report(Code::TH1001, raw.header, "an indented line with no statement above it", "starts after a blank");
    diagnostic.help.emplace_back("a statement starts in column 0");
  }
  if (raw.mixed) {
    auto& diagnostic = context.report(Code::TH1001, *raw.mixed, "blanks and tabs are mixed in one block", "deeper than the line above, or not?");
    diagnostic.help.emplace_back("indent the clauses of a block alike, best with two blanks");
  }
}

// One report for the whole file, at its first bad byte: a wrong encoding is one mistake.
void report_encoding(const SourcePtr& source, Diagnostics& diagnostics) {
  const auto bad = detail::first_invalid_utf8(source->text());
  if (!bad) return;
  const auto at = static_cast<std::uint32_t>(*bad);
  auto& diagnostic = diagnostics.emplace_back(diagnose(Code::TH1002, {source, {at, at + 1}}, "the file is not UTF-8", "the first byte that is not"));
  diagnostic.notes.emplace_back("statements with such bytes are skipped");
  diagnostic.help.emplace_back("save the file as UTF-8");
}

class FileReader {
 public:
  explicit FileReader(SourcePtr source) : splitter_(source->text()) { parsed_.source = std::move(source); }

  Parsed run() {
    report_encoding(parsed_.source, parsed_.diagnostics);
    while (const auto raw = splitter_.next()) take(*raw);
    if (unshown_ > 0) report_unshown();
    sort_by_place(parsed_.diagnostics);
    return std::move(parsed_);
  }

 private:
  void take(const RawStatement& raw) {
    Diagnostics mistakes;
    const Context context{parsed_.source, splitter_.masked(), raw.span, &mistakes};
    if (count_ < detail::most_statements) report_layout(context, raw);
    std::optional<Statement> statement;
    const auto text = std::string_view(parsed_.source->text()).substr(raw.span.begin, raw.span.end - raw.span.begin);
    if (++count_ > detail::most_statements) {
      if (count_ == detail::most_statements + 1) report_statement_limit(context);
    } else if (detail::within_limits(context) && !detail::first_invalid_utf8(text))
      statement = detail::read_statement(context, raw);
    if (statement && !has_errors(mistakes)) {
      parsed_.statements.push_back(std::move(*statement));
    } else {
      drop(context, raw);
    }
    keep(std::move(mistakes));
  }

  static void report_statement_limit(const Context& context) {
    auto& diagnostic =
        context.report(Code::TH1012, context.statement, "more than " + std::to_string(detail::most_statements) + " statements in one file",
                       "from here on nothing is read");
    diagnostic.help.emplace_back("split the file");
  }

  void drop(const Context& context, const RawStatement& raw) {
    ++parsed_.dropped;
    if (auto label = detail::label_of(context, raw.header); !label.empty()) parsed_.dropped_labels.push_back(std::move(label));
  }

  void keep(Diagnostics mistakes) {
    for (auto& mistake : mistakes) {
      if (parsed_.diagnostics.size() < detail::most_diagnostics) {
        parsed_.diagnostics.push_back(std::move(mistake));
      } else {
        if (unshown_++ == 0) first_unshown_ = mistake.primary.place;
      }
    }
  }

  void report_unshown() {
    parsed_.diagnostics.push_back(diagnose(Code::TH1012, first_unshown_, std::to_string(unshown_) + " more mistakes are not shown", "from here on"));
  }

  detail::Splitter splitter_;
  Parsed parsed_;
  std::uint32_t count_ = 0;
  std::size_t unshown_ = 0;
  Place first_unshown_;
};

}  // namespace

std::string Phrase::text() const {
  std::string result;
  for (const auto& word : words) {
    if (!result.empty()) result += ' ';
    result += word.text;
  }
  return result;
}

Parsed parse(SourcePtr source) { return FileReader(std::move(source)).run(); }

ParsedGuard parse_guard(SourcePtr source, Span span) {
  ParsedGuard result;
  const auto size = static_cast<std::uint32_t>(source->text().size());
  span.end = std::min(span.end, size);
  span.begin = std::min(span.begin, span.end);
  report_encoding(source, result.diagnostics);
  if (!result.diagnostics.empty()) return result;
  // Line ends, tabs and comments are blanks here as in a file; the layout itself does not matter.
  const auto masked = detail::mask(source->text());
  const Context context{source, masked, span, &result.diagnostics};
  if (detail::within_limits(context)) result.guard = detail::read_guard(context, span);
  if (has_errors(result.diagnostics)) result.guard.reset();
  return result;
}

}  // namespace theriac::grammar

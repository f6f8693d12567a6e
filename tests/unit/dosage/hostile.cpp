// Any bytes and any size are read, in time in proportion, and every span lies inside the text.
#include "theriac/grammar/dosage.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace {

using theriac::grammar::MedicationLine;
using theriac::grammar::Span;

bool inside(const Span& span, const std::string& text) { return span.begin <= span.end && span.end <= text.size(); }

void check_spans(const std::string& text) {
  const MedicationLine line = theriac::grammar::read_medication_line(text);
  bool all = inside(line.name, text);
  for (const auto& strength : line.strengths) all = all && inside(strength.span, text);
  for (const auto& f : line.frequencies) all = all && inside(f.span, text);
  for (const auto& span : line.not_read) all = all && inside(span, text) && span.begin < span.end;
  if (line.dose) all = all && inside(line.dose->span, text);
  if (line.indication) all = all && inside(*line.indication, text);
  CHECK(all);
}

}  // namespace

TEST_CASE("long lines take time in proportion") {
  const std::vector<std::string> pieces{"a ",       "1 ",          "1-",         "1-1-", "mon ",   "for ",      "od ",  "(",
                                        "to the ",  "5 mg ",       "5 mg/5 mL ", "1/2",  "q6h ",   "drops od ", "and ", "x ",
                                        "\xC2\xBD", "2024-01-01 ", "stopped ",   "1,",   "up to ", "prn a "};
  for (const auto& piece : pieces) {
    for (const std::string& start : {std::string(), std::string("diazepam eye drops ")}) {
      std::string text = start;
      while (text.size() < 200'000) text += piece;
      const auto before = std::chrono::steady_clock::now();
      check_spans(text);
      const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
      INFO("piece: ", piece, " took ", seconds, " s");
      CHECK(seconds < 5.0);
    }
  }
}

TEST_CASE("random bytes and random pieces of lines") {
  std::mt19937 random(20250310);
  const std::vector<std::string> words{"diazepam", "5",     "mg",       " ",       " ",          "-",     "/",   "q6h",  "prn",  "max",
                                       "for",      "6",     "weeks",    "stopped", "ago",        "1,5",   ".5",  "½",    "µg",   "tabs",
                                       "(",        ")",     "at night", "od",      "x",          "to",    "the", "knee", "\xFF", "\xE2\x80",
                                       "1/2",      "every", "other",    "day",     "10/11/2024", "daily", ",",   "and",  "half", "a"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const auto length = random() % 12;
    for (std::size_t i = 0; i < length; ++i) {
      if (random() % 8 == 0)
        text += static_cast<char>(random() % 256);
      else
        text += words[random() % words.size()];
      if (random() % 2 == 0) text += ' ';
    }
    check_spans(text);
  }
}

TEST_CASE("what is refused leaves no amount behind") {
  for (const std::string text : {"digoxin 2,5 mg daily", "metformin 1,000 mg", "paracetamol 2 500 mg"}) {
    const auto line = theriac::grammar::read_medication_line(text);
    CHECK(line.strengths.empty());
    CHECK_FALSE(line.dose.has_value());
    CHECK(line.refused.size() == 1);
  }
}

// How things are said to a pharmacist: severities with their sign, people, drugs, sources, numbers. Short, British, no class paths. Everything
// returned here is printable.
#pragma once

#include "report/page.hpp"
#include "theriac/screening.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

std::string_view sign(Severity severity);    // "▲"
std::string upper_word(Severity severity);   // "MAJOR"
std::string signed_word(Severity severity);  // "▲ major"
Ink ink_of(Severity severity);

std::string upper(std::string_view text);
std::string capital(std::string_view text);  // first letter
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string join_or(const std::vector<std::string>& parts);                               // "a, b or c"
std::string plural(std::size_t count, std::string_view one, std::string_view many = {});  // "1 finding", "2 findings"
std::string small_number(std::size_t count);                                              // "two"; digits from 13 on
std::string quoted(std::string_view text);  // in quotation marks, at most 70 columns; the JSON has all of it
std::string shortened(std::string_view text, std::size_t columns);
std::vector<std::string> printable_all(const std::vector<std::string>& texts);
std::string without_column(std::string_view place);  // "ada.yaml:15:5" → "ada.yaml:15"

std::string person(const Screening& screening);  // "woman, 82"
// The strongest kind of source first: "boxed warning, US"; its evidence grade where there is no source.
std::string source_note(const Finding& finding);

// "the rule is a draft: no second reader has compared it with its source"; "source text seen on 2026-11-23"; "boxed warning, US".
std::string rule_status_words(std::string_view status);
std::string seen_words(std::string_view seen);
std::string kind_words(std::string_view kind, std::string_view jurisdiction);

// The drugs of a finding in at most `columns`, and, where they do not all fit, the whole list for a line of its own.
struct DrugWords {
  std::string head;
  std::string rest;
};
DrugWords drug_words(const Finding& finding, std::size_t columns);
// Of drugs that a finding each speaks of: "meclizine, quetiapine, each".
DrugWords each_of(const std::vector<std::string>& shown, std::size_t columns);
// As the list has them; the ingredient where the list's word is not known.
std::vector<std::string> shown_drugs(const std::vector<std::string>& shown, const std::vector<std::string>& drugs);
// The same of one of a finding's drugs; not yet printable.
const std::string& shown_as(const Finding& finding, const std::string& drug);
// "taper diazepam, clonazepam slowly": an action in one phrase, with the drugs as people see them.
std::string action_words(const std::string& verb, const std::vector<std::string>& drugs, const std::string& text, const std::string& to);
std::string need_words(const Need& need);  // "eGFR within 90 days (not given)"
// One phrase a need; of a quantity whose missing inputs stand there too, those inputs alone.
std::vector<std::string> needs_told(const std::vector<Need>& needs, bool say_what_is_open = false);
// "creatinine clearance 26.8 mL/min (Cockcroft-Gault, actual weight; serum creatinine 1.2 mg/dL of 2025-03-03)"
std::string value_words(const DerivedValue& value);

}  // namespace theriac::detail

// A rule base as pages of Markdown for people who read and check rules: one page a rule, an index by folder and by effect, what was looked up of
// each drug. Links are relative to the folder that holds `index.md`. Deterministic to the byte. No files are read or written. Thread-safe.
//
//     for (const auto& page : pages_of(rules)) write(folder / page.file, page.text);
#pragma once

#include "theriac/rule_base.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace theriac {

struct DocumentPage {
  std::string file;  // "index.md", "drugs.md", "rules/opioid-benzo.md"
  std::string text;
};

// `label` must be that of a rule of the base.
std::string rule_page(const RuleBase& rules, std::string_view label);
std::vector<DocumentPage> pages_of(const RuleBase& rules);

}  // namespace theriac

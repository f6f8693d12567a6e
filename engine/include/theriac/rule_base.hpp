// Rules, compiled: resolved against a terminology, checked, ordered into strata and indexed. Immutable; shared by any number of threads. User mistakes are
// data: a rule with an error is absent and counted, the others load.
//
//     auto compiled = compile(terminology, {source}, {});
//     if (compiled.rules) auto result = screen(*compiled.rules, patient);
#pragma once

#include "theriac/grammar/diagnostic.hpp"
#include "theriac/terminology.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace theriac {

// An entry of sources.yaml.
struct SourceReference {
  std::string key, authority, title, year, kind, jurisdiction, place, url, licence, seen = "no";
  grammar::Place at;
};
using SourceList = std::vector<SourceReference>;

struct RuleBaseInfo {
  std::string name;
  std::string version;
  std::string sha256;
  std::size_t rules = 0;
  std::size_t not_loaded = 0;
  std::size_t reviewed_by_clinician = 0;
  std::size_t overdue = 0;
  std::vector<std::string> families;
  std::vector<std::string> jurisdictions;
};

class RuleBase {
 public:
  const RuleBaseInfo& info() const;
  const Terminology& terminology() const;
  // Labels in order.
  std::vector<std::string> labels() const;
  bool has_rule(std::string_view label) const;
  // One English sentence that says what the rule says.
  std::string reading(std::string_view label) const;

  struct Compiled;  // private to the engine: engine/src/compile/compiled.hpp
  explicit RuleBase(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  const Compiled& compiled() const { return *compiled_; }

 private:
  std::shared_ptr<const Compiled> compiled_;
};

struct CompileOptions {
  std::string name = "rules";
  std::string version;
  bool strict = false;                                // warnings are errors; nothing loads where there is one
  std::vector<grammar::SourcePtr> vocabulary;         // declarations that come with the terminology
  SourceList references;
};

struct CompileResult {
  std::shared_ptr<const RuleBase> rules;              // none where no rule is valid (or, strict, where there is any error)
  grammar::Diagnostics diagnostics;
};

CompileResult compile(std::shared_ptr<const Terminology> terminology, const std::vector<grammar::SourcePtr>& sources, const CompileOptions& options = {});

// A clause of a rule: one way of a drug phrase, one part of a guard, an exception, a raise, a flag; and what it was in the rule's own examples.
struct ClauseSeen {
  std::string rule;
  std::string text;                                   // the author's words
  grammar::Place at;
  bool held = false, failed = false, unknown = false;
  bool decided_both_ways() const { return held && failed; }
};

struct ExampleRun {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t rules_without_examples = 0;             // lacking a `fires` or a `silent`
  grammar::Diagnostics diagnostics;                   // one a failure, with what was expected and what was found
  std::vector<ClauseSeen> clauses;                    // of all rules, by place
};
ExampleRun run_examples(const RuleBase& rules);

}  // namespace theriac

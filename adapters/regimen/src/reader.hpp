// What all parts of the regimen reader share: where mistakes go, and maps read by a table of keys.
//
// Two kinds of mistakes: of structure (`error`: there will be no patient) and of content (`misunderstood`: the value is unknown, the screening goes
// on).
#pragma once

#include "theriac/patient.hpp"
#include "theriac/yaml/tree.hpp"

#include <span>
#include <string>
#include <string_view>

namespace theriac::regimen {

class Reader {
 public:
  Reader(grammar::SourcePtr source, grammar::Diagnostics& diagnostics) : source_(std::move(source)), diagnostics_(diagnostics) {}

  Patient patient;

  void error(grammar::Code code, grammar::Span at, std::string message, std::string label = {}, std::string help = {});
  void misunderstood(std::string kind, const yaml::Node& node, std::string reason);
  void misunderstood(std::string kind, const Said& said, std::string reason);

  grammar::Place place(grammar::Span span) const { return {source_, span}; }
  Said said(const yaml::Node& node) const { return {node.text, place(node.span)}; }

  // Is it text? Else an error that says what was expected.
  bool text(const yaml::Node& node, std::string_view what);
  bool list(const yaml::Node& node, std::string_view what);
  bool map(const yaml::Node& node, std::string_view what);
  std::optional<Said> optional_text(const yaml::Node& node, std::string_view what);
  // A date, or nothing after saying so.
  std::optional<When> date(const yaml::Node& node, std::string_view what);
  // true/yes/false/no, or nothing after saying so.
  std::optional<bool> yes_no(const yaml::Node& node, std::string_view what);

 private:
  grammar::SourcePtr source_;
  grammar::Diagnostics& diagnostics_;
};

template <class Target>
struct Key {
  std::string_view name;
  void (*read)(Reader& reader, const yaml::Node& value, Target& target);
};

// The unknown key's message, with the nearest known one.
void unknown_key(Reader& reader, const yaml::Entry& entry, std::string_view of, std::span<const std::string_view> known, std::string help = {});

// Reads every entry by its key; what has no value is as if it were not there.
template <class Target>
void read_map(Reader& reader, const yaml::Node& node, std::string_view of, std::span<const Key<Target>> keys, Target& target) {
  for (const auto& entry : node.entries) {
    const Key<Target>* found = nullptr;
    for (const auto& key : keys) {
      if (key.name == entry.key) found = &key;
    }
    if (found == nullptr) {
      std::vector<std::string_view> names;
      for (const auto& key : keys) names.push_back(key.name);
      unknown_key(reader, entry, of, names);
    } else if (!entry.value.is_null()) {
      found->read(reader, entry.value, target);
    }
  }
}

// Parts of the file, each in its own source file.
void read_person(Reader& reader, const yaml::Node& node);       // patient: {…}
bool read_fact_list(Reader& reader, const yaml::Entry& entry);  // conditions, allergies, observations …; false: no such key
std::span<const std::string_view> fact_list_keys();
void read_medications(Reader& reader, const yaml::Node& node);
void settle_age(Reader& reader);          // once as_of is known
void settle_medications(Reader& reader);  // dates that cannot be, once as_of is known

// "47 kg" → value and unit, each with its place.
void split_amount(const Said& said, Said& value, Said& unit);

}  // namespace theriac::regimen

// The person: age, sex, measurements that people state about a person, and states such as pregnancy.
#include "reader.hpp"

#include "theriac/quantity.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace theriac::regimen {
namespace {

using yaml::Node;

// Ages beyond this are slips of the pen.

struct AgeSaid {
  Rational number{0};
  std::string unit;
};

std::optional<AgeSaid> parse_age(std::string_view text) {
  auto end = text.find_first_not_of("0123456789.");
  if (end == std::string_view::npos) end = text.size();
  const auto number = Rational::parse(text.substr(0, end));
  auto unit = text.substr(end);
  while (!unit.empty() && (unit.front() == ' ' || unit.front() == '-')) unit.remove_prefix(1);
  if (!number) return std::nullopt;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 21> words = {{
      {"", "year"},   {"y", "year"},   {"yr", "year"},   {"yrs", "year"},   {"year", "year"}, {"years", "year"},  {"years old", "year"},
      {"yo", "year"}, {"y/o", "year"}, {"a", "year"},    {"m", "month"},    {"mo", "month"},  {"month", "month"}, {"months", "month"},
      {"w", "week"},  {"wk", "week"},  {"week", "week"}, {"weeks", "week"}, {"d", "day"},     {"day", "day"},     {"days", "day"},
  }};
  for (const auto& [word, meaning] : words) {
    if (word == unit) return AgeSaid{*number, std::string(meaning)};
  }
  return std::nullopt;
}

// Completed months that an age may mean: "82" is 82 years and up to eleven months.
Age months_of(const AgeSaid& said) {
  Age age;
  const auto in = [&](std::int64_t numerator, std::int64_t denominator) {
    const auto factor = Rational::make(numerator, denominator).value_or(Rational{1});
    return static_cast<std::int32_t>(multiply(said.number, factor).value_or(Rational{0}).floor());
  };
  if (said.unit == "year") {
    age.months_low = in(12, 1);
    age.months_high = said.number.denominator() == 1 ? age.months_low + 11 : age.months_low;
  } else if (said.unit == "month") {
    age.months_low = age.months_high = in(1, 1);
  } else {
    const std::int64_t days = said.unit == "week" ? 7 : 1;
    age.days_low = in(days, 1);
    age.days_high = age.days_low + (said.unit == "week" && said.number.denominator() == 1 ? 6 : 0);
    age.months_low = in(days, 31);
    age.months_high = in(days, 28);
  }
  return age;
}

void read_age(Reader& reader, const Node& node, Patient& patient) {
  if (!reader.text(node, "age")) return;
  const auto said = parse_age(node.text);
  if (!said) return reader.misunderstood("age", node, "not an age; write 82, 7 months or 3 weeks");
  auto age = months_of(*said);
  if (age.months_low > oldest_years * 12) return reader.misunderstood("age", node, "nobody is that old");
  age.text = node.text + (node.text.find_first_not_of("0123456789.") == std::string::npos ? node.text == "1" ? " year" : " years" : "");
  age.at = reader.place(node.span);
  patient.age = std::move(age);
}

// Kept as a fact until as_of is known; settle_age turns it into an age.
void read_birth_date(Reader& reader, const Node& node, Patient& patient) {
  if (reader.date(node, "birth_date")) patient.facts.push_back({{"birth_date", reader.place(node.span)}, reader.said(node)});
}

void read_sex(Reader& reader, const Node& node, Patient& patient) {
  if (!reader.text(node, "sex")) return;
  std::string word = node.text;
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (word == "f" || word == "woman") word = "female";
  if (word == "m" || word == "man") word = "male";
  if (word != "female" && word != "male" && word != "other" && word != "unknown") {
    return reader.misunderstood("sex", node, "write female, male, other or unknown");
  }
  patient.sex = word;
  patient.sex_at = reader.place(node.span);
}

void add_measure(Reader& reader, const Node& value, std::string_view name, std::string_view unit, Patient& patient, std::optional<When> date) {
  ObservationEntry entry;
  entry.name = {std::string(name), reader.place(value.span)};
  split_amount(reader.said(value), entry.value, entry.unit);
  if (entry.unit.text.empty()) entry.unit.text = std::string(unit);
  entry.date = date;
  patient.observations.push_back(std::move(entry));
}

// weight: 47 kg, or {value: 47 kg, date: 2025-03-01}
void read_measure(Reader& reader, const Node& node, std::string_view name, Patient& patient) {
  if (!node.is_map()) {
    if (reader.text(node, name)) add_measure(reader, node, name, "", patient, std::nullopt);
    return;
  }
  struct Parts {
    const Node* value = nullptr;
    std::optional<When> date;
  } parts;
  static constexpr std::array<Key<Parts>, 2> keys = {{
      {"value",
       [](Reader& r, const Node& n, Parts& p) {
         if (r.text(n, "value")) p.value = &n;
       }},
      {"date", [](Reader& r, const Node& n, Parts& p) { p.date = r.date(n, "date"); }},
  }};
  read_map<Parts>(reader, node, name, keys, parts);
  if (parts.value == nullptr) return reader.error(grammar::Code::TH8005, node.span, "`" + std::string(name) + "` has no `value`");
  add_measure(reader, *parts.value, name, "", patient, parts.date);
}

void read_number(Reader& reader, const Node& node, std::string_view name, std::string_view unit, Patient& patient) {
  if (reader.text(node, name)) add_measure(reader, node, name, unit, patient, std::nullopt);
}

void read_state(Reader& reader, const Node& node, std::string_view name, Patient& patient) {
  if (reader.text(node, name)) patient.facts.push_back({{std::string(name), reader.place(node.span)}, reader.said(node)});
}

// {trimester: 1} → "trimester 1", {weeks: 9} → "9 weeks"
void read_pregnant(Reader& reader, const Node& node, Patient& patient) {
  if (!node.is_map()) return read_state(reader, node, "pregnant", patient);
  static constexpr std::array<Key<std::string>, 2> keys = {{
      {"trimester",
       [](Reader& r, const Node& n, std::string& text) {
         if (r.text(n, "trimester")) text = "trimester " + n.text;
       }},
      {"weeks",
       [](Reader& r, const Node& n, std::string& text) {
         if (r.text(n, "weeks")) text = n.text + " weeks";
       }},
  }};
  std::string text;
  read_map<std::string>(reader, node, "pregnant", keys, text);
  patient.facts.push_back({{"pregnant", reader.place(node.span)}, {text, reader.place(node.span)}});
}

// {scale: CFS, value: 6} → "CFS 6"
void read_frailty(Reader& reader, const Node& node, Patient& patient) {
  if (!node.is_map()) return read_state(reader, node, "frailty", patient);
  struct Parts {
    std::string scale, value;
  } parts;
  static constexpr std::array<Key<Parts>, 2> keys = {{
      {"scale",
       [](Reader& r, const Node& n, Parts& p) {
         if (r.text(n, "scale")) p.scale = n.text;
       }},
      {"value",
       [](Reader& r, const Node& n, Parts& p) {
         if (r.text(n, "value")) p.value = n.text;
       }},
  }};
  read_map<Parts>(reader, node, "frailty", keys, parts);
  patient.facts.push_back({{"frailty", reader.place(node.span)}, {parts.scale + " " + parts.value, reader.place(node.span)}});
}

constexpr std::array<Key<Patient>, 14> person_keys = {{
    {"id",
     [](Reader& r, const Node& n, Patient& p) {
       if (r.text(n, "id")) p.id = n.text;
     }},
    {"age", read_age},
    {"birth_date", read_birth_date},
    {"sex", read_sex},
    {"weight", [](Reader& r, const Node& n, Patient& p) { read_measure(r, n, "weight", p); }},
    {"weight_kg", [](Reader& r, const Node& n, Patient& p) { read_number(r, n, "weight", "kg", p); }},
    {"height", [](Reader& r, const Node& n, Patient& p) { read_measure(r, n, "height", p); }},
    {"height_cm", [](Reader& r, const Node& n, Patient& p) { read_number(r, n, "height", "cm", p); }},
    {"pregnant", read_pregnant},
    {"childbearing", [](Reader& r, const Node& n, Patient& p) { read_state(r, n, "childbearing", p); }},
    {"breastfeeding", [](Reader& r, const Node& n, Patient& p) { read_state(r, n, "breastfeeding", p); }},
    {"renal_replacement", [](Reader& r, const Node& n, Patient& p) { read_state(r, n, "renal_replacement", p); }},
    {"setting", [](Reader& r, const Node& n, Patient& p) { read_state(r, n, "setting", p); }},
    {"frailty", read_frailty},
}};

}  // namespace

void read_person(Reader& reader, const Node& node) {
  if (!reader.map(node, "patient")) return;
  for (const auto& entry : node.entries) {
    const auto at = std::find_if(person_keys.begin(), person_keys.end(), [&](const auto& key) { return key.name == entry.key; });
    if (at != person_keys.end()) {
      if (!entry.value.is_null()) at->read(reader, entry.value, reader.patient);
    } else if (!read_fact_list(reader, entry)) {
      std::vector<std::string_view> known;
      for (const auto& key : person_keys) known.push_back(key.name);
      known.insert(known.end(), fact_list_keys().begin(), fact_list_keys().end());
      unknown_key(reader, entry, "patient", known);
    }
  }
}

void settle_age(Reader& reader) {
  auto& facts = reader.patient.facts;
  const auto at = std::find_if(facts.begin(), facts.end(), [](const HabitEntry& fact) { return fact.name.text == "birth_date"; });
  if (at == facts.end()) return;
  const auto said = at->value;
  facts.erase(at);
  const auto born = parse_date(said.text).value_or(When{});
  const auto as_of = reader.patient.as_of;
  if (born.earliest > as_of) return reader.misunderstood("birth_date", said, "after as_of");
  auto age = age_of(born, as_of);
  if (!age) return reader.misunderstood("birth_date", said, "nobody is that old");
  age->at = said.at;
  if (const auto& stated = reader.patient.age; stated && (stated->months_high < age->months_low || stated->months_low > age->months_high)) {
    reader.misunderstood("age", Said{stated->text, stated->at}, "does not fit the birth date; the birth date counts");
  }
  reader.patient.age = std::move(age);
}

}  // namespace theriac::regimen

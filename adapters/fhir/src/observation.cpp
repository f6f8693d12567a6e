// Observation: measurements by LOINC, then by name; smoking, pregnancy, breastfeeding and genotypes by LOINC. What nothing knows is told once a kind.
#include "reader.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace theriac::fhir {
namespace {

struct Unknown {
  std::size_t count = 0;
  Item newest;
  std::string text;
  Minutes when = always_before;
};

std::string counted(std::size_t count, const std::string& what) { return std::to_string(count) + " " + what + (count == 1 ? "" : "s"); }

class Observations {
 public:
  explicit Observations(Reader& reader) : reader_(reader) {
    const auto& known = reader.terminology.data().observations;
    for (const auto& each : known) {
      for (const auto& code : each.loinc) by_loinc_.try_emplace(code, each.name);
    }
  }

  void read(const Item& observation) {
    if (!is_used(observation)) return;
    effective_ = effective(observation);
    if (!effective_.usable) return;
    if (tells_a_state(observation)) return;
    if (!observation["component"] || has_value(observation)) measure(observation, observation);
    for (const auto& component : observation.each("component")) measure(component, observation);
  }

  void finish() {
    keep_newest_state();
    for (const auto& [key, unknown] : unknown_) {
      const auto many = unknown.count == 1 ? "" : ", " + std::to_string(unknown.count) + " values";
      reader_.misunderstood("observation", unknown.text + many, "name not known", unknown.newest);
    }
    if (later_ > 0) reader_.assume("dated after the day of judging, not used: " + counted(later_, "observation"));
    if (indexed_ > 0) {
      reader_.assume("mL/min read as mL/min/1.73m2, as the LOINC code defines it: " + counted(indexed_, "value"));
    }
    if (rounded_ > 0) reader_.assume("rounded to twelve digits: " + counted(rounded_, "measured value"));
  }

 private:
  struct Effective {
    bool usable = true;
    std::optional<When> when;
  };

  void note(const Item& observation, const std::string& why) {
    reader_.assume(observation.resource().name + " " + words_of(observation["code"]).text() + ": " + why);
  }

  bool is_used(const Item& observation) {
    const auto status = observation["status"].text();
    if (reader_.is_modified(observation, "observation")) return false;
    if (status == "final" || status == "amended" || status == "corrected") return true;
    note(observation, (status.empty() ? "no status" : status) + ", not used");
    return false;
  }

  Effective effective(const Item& observation) {
    auto at = observation["effectiveDateTime"] ? observation["effectiveDateTime"] : observation["effectiveInstant"];
    if (!at) at = observation["effectivePeriod"]["end"] ? observation["effectivePeriod"]["end"] : observation["effectivePeriod"]["start"];
    if (!at) return {};
    const auto when = reader_.date(at);
    if (!when) return {false, std::nullopt};  // a date that cannot be read must not make the value look current
    if (when->earliest > reader_.patient.as_of + minutes_per_day - 1) return ++later_, Effective{false, when};
    return {true, when};
  }

  static bool has_value(const Item& item) {
    for (const auto* key : {"valueQuantity", "valueInteger", "valueString", "valueRange", "valueCodeableConcept", "valueRatio", "valueBoolean"}) {
      if (item.has(key)) return true;
    }
    return false;
  }

  std::string loinc_of(const Item& code) const {
    for (const auto& coding : code.each("coding")) {
      const auto system = coding["system"].text();
      if (system == loinc && by_loinc_.count(coding["code"].text()) > 0) return coding["code"].text();
    }
    return {};
  }

  std::string known_name(const Item& code) const {
    if (const auto at = by_loinc_.find(loinc_of(code)); at != by_loinc_.end()) return at->second;
    std::vector<std::string> words = {code["text"].text()};
    for (const auto& coding : code.each("coding")) words.push_back(coding["display"].text());
    for (const auto& each : words) {
      for (const auto& name : reader_.terminology.find(each)) {
        if (name.kind == NameKind::observation) return reader_.terminology.at(make_id<ObservationId>(name.id)).name;
      }
    }
    return {};
  }

  void measure(const Item& item, const Item& observation) {
    const auto name = known_name(item["code"]);
    if (name.empty()) return unknown(item);
    if (item["dataAbsentReason"]) {
      return reader_.assume(observation.resource().name + " " + name + ": no value, " + words_of(item["dataAbsentReason"]).text());
    }
    ObservationEntry entry;
    entry.name = reader_.said(name, item["code"]);
    entry.date = effective_.when;
    entry.status = observation["status"].text();
    if (!read_value(item, entry)) return reader_.misunderstood("observation", name, "no value that is a number", item["code"]);
    by_surface(item["code"], entry);
    reader_.patient.observations.push_back(std::move(entry));
  }

  // LOINC defines these as filtration for 1.73 m² of surface; laboratories write the unit short.
  void by_surface(const Item& code, ObservationEntry& entry) {
    constexpr std::array<std::string_view, 8> indexed = {"98979-8", "62238-1", "88293-6", "33914-3", "48642-3", "48643-1", "77147-7", "88294-4"};
    const auto which = loinc_of(code);
    if (entry.unit.text != "mL/min" || std::find(indexed.begin(), indexed.end(), std::string_view(which)) == indexed.end()) return;
    entry.unit.text = "mL/min/1.73m2";
    ++indexed_;
  }

  bool read_value(const Item& item, ObservationEntry& entry) {
    if (const auto quantity = item["valueQuantity"]) return read_quantity(quantity, entry);
    if (const auto range = item["valueRange"]) return read_range(range, entry);
    const auto plain = item["valueInteger"] ? item["valueInteger"] : item["valueString"];
    if (!plain) return false;
    entry.value = reader_.said(plain);
    const auto text = plain.text();
    const auto end = std::min(text.find_first_not_of("<>=0123456789. "), text.size());
    entry.value.text = text.substr(0, end);
    while (!entry.value.text.empty() && entry.value.text.back() == ' ') entry.value.text.pop_back();
    entry.unit = reader_.said(text.substr(end), plain);
    return !entry.value.text.empty();
  }

  std::string unit_of(const Item& quantity) const {
    const bool coded = quantity["code"].is_text() && (!quantity["system"] || quantity["system"].is("http://unitsofmeasure.org"));
    return coded ? quantity["code"].text() : quantity["unit"].text();
  }

  std::string number(const Item& item) {
    auto text = decimal_of(item);
    if (text.size() < item.text().size()) ++rounded_;
    return text;
  }

  bool read_quantity(const Item& quantity, ObservationEntry& entry) {
    const auto value = number(quantity["value"]);
    if (value.empty()) return false;
    entry.value = reader_.said(quantity["comparator"].text() + value, quantity["value"]);
    entry.unit = reader_.said(unit_of(quantity), quantity["code"] ? quantity["code"] : quantity["unit"]);
    return true;
  }

  bool read_range(const Item& range, ObservationEntry& entry) {
    const auto low = number(range["low"]["value"]), high = number(range["high"]["value"]);
    if (low.empty() && high.empty()) return false;
    entry.value = reader_.said(low.empty() ? "<=" + high : high.empty() ? ">=" + low : low + "-" + high, range);
    entry.unit = reader_.said(unit_of(low.empty() ? range["high"] : range["low"]), range);
    return true;
  }

  void unknown(const Item& item) {
    const auto codings = codings_of(item["code"]);
    const auto words = words_of(item["code"]).text();
    const auto key = codings.empty() ? words : shown_code(codings.front());
    auto& each = unknown_[key];
    ++each.count;
    const auto when = effective_.when ? effective_.when->earliest : always_before;
    if (each.count > 1 && when < each.when) return;
    each.when = when;
    each.newest = words_of(item["code"]);
    each.text = words.empty() || words == key ? key : codings.empty() ? words : words + " (" + key + ")";
  }

  // ---- smoking, pregnancy, breastfeeding, genotypes: the newest counts

  struct State {
    Minutes when = always_before;
    Item value, observation;
  };

  bool tells_a_state(const Item& observation) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kinds = {{{"72166-2", "smoking"},
                                                                                     {"82810-3", "pregnancy"},
                                                                                     {"18185-9", "gestation"},
                                                                                     {"11884-4", "gestation"},
                                                                                     {"63895-7", "breastfeeding"},
                                                                                     {"79715-9", "CYP2D6"},
                                                                                     {"79714-2", "CYP2C19"},
                                                                                     {"79716-7", "CYP2C9"}}};
    for (const auto& [code, kind] : kinds) {
      if (!has_code(observation["code"], loinc, {code})) continue;
      if (observation["dataAbsentReason"]) return note(observation, "no value, " + words_of(observation["dataAbsentReason"]).text()), true;
      auto& state = states_[std::string(kind)];
      const auto when = effective_.when ? effective_.when->latest : always_before;
      if (!state.observation || when >= state.when) state = {when, value_item(observation), observation};
      return true;
    }
    return false;
  }

  static Item value_item(const Item& observation) {
    for (const auto* key : {"valueCodeableConcept", "valueBoolean", "valueString", "valueQuantity", "valueInteger"}) {
      if (observation.has(key)) return observation[key];
    }
    return {};
  }

  static std::string value_words(const Item& value) { return value.is_text() ? value.text() : words_of(value).text(); }

  void keep_newest_state() {
    for (const auto& [kind, state] : states_) {
      if (!state.value) {
        reader_.misunderstood("observation", kind, "no value", state.observation["code"]);
      } else if (kind == "smoking") {
        smoking(state);
      } else if (kind == "pregnancy") {
        pregnancy(state);
      } else if (kind == "gestation") {
        gestation(state);
      } else if (kind == "breastfeeding") {
        breastfeeding(state);
      } else {
        reader_.patient.genotypes.push_back({reader_.said(kind, state.observation["code"]), reader_.said(value_words(state.value), state.value)});
      }
    }
  }

  void habit(const std::string& name, const std::string& value, const Item& at) {
    reader_.patient.habits.push_back({reader_.said(name, at), reader_.said(value, at)});
  }
  void fact(const std::string& name, const std::string& value, const Item& at) {
    reader_.patient.facts.push_back({reader_.said(name, at), reader_.said(value, at)});
  }

  void smoking(const State& state) {
    const auto words = lower(value_words(state.value));
    if (has_code(state.value, snomed, {"266919005"}) || words.rfind("never", 0) == 0) return habit("smoking", "never", state.value);
    if (has_code(state.value, snomed, {"8517006"}) || words.rfind("former", 0) == 0) return habit("smoking", "former smoker", state.value);
    if (has_code(state.value, snomed, {"266927001"}) || words.find("unknown") != std::string::npos) return habit("smoking", "unknown", state.value);
    habit("smoking", value_words(state.value), state.value);
  }

  std::int64_t days_old(const State& state) const { return (reader_.patient.as_of - state.when) / minutes_per_day; }

  // A pregnancy ends within ten months, and "not pregnant" is true of its day: what is old is not known.
  void pregnancy(const State& state) {
    constexpr std::int64_t longest = 300, fresh = 30;
    const auto words = lower(value_words(state.value));
    const bool negative = has_code(state.value, snomed, {"60001007"}) || words.rfind("not pregnant", 0) == 0 || words == "false" || words == "no";
    const bool positive = !negative && (has_code(state.value, snomed, {"77386006"}) || words == "pregnant" ||
                                        words.rfind("patient currently pregnant", 0) == 0 || words == "true" || words == "yes");
    if (state.when <= always_before || days_old(state) > (positive ? longest : fresh)) {
      return note(state.observation, "\"" + value_words(state.value) + "\" is too old, or undated; not used");
    }
    if (positive && told_weeks_) return;
    fact("pregnant", positive ? "true" : negative ? "false" : "unknown", state.value);
  }

  // The same code tells at which week a child was born.
  bool may_be_pregnant() const {
    constexpr std::int32_t youngest = 10 * 12;
    const auto& age = reader_.patient.age;
    return reader_.patient.sex != "male" && age && age->months_low >= youngest;
  }

  void gestation(const State& state) {
    if (!may_be_pregnant()) return note(state.observation, "of a birth, not of a pregnancy; not used");
    constexpr std::int64_t longest_weeks = 43;
    const auto text = state.value["value"] ? decimal_of(state.value["value"]) : decimal_of(state.value);
    const auto unit = unit_of(state.value);
    const auto dot = text.find('.');
    const auto whole = text.substr(0, dot);
    const bool in_weeks = unit == "wk" || unit == "week" || unit == "weeks" || unit.empty(), in_days = unit == "d" || unit == "day" || unit == "days";
    if (whole.empty() || whole.size() > 3 || whole.front() == '-' || (!in_weeks && !in_days)) {
      return reader_.misunderstood("observation", "gestational age", "not a number of weeks", state.observation["code"]);
    }
    const auto then = std::stol(whole) * (in_weeks ? 7 : 1);
    const auto weeks = (then + days_old(state)) / 7;
    if (state.when <= always_before || weeks > longest_weeks) return note(state.observation, "too long ago, or undated; not used");
    fact("pregnant", std::to_string(weeks) + " weeks", state.value);
    told_weeks_ = true;
  }

  void breastfeeding(const State& state) {
    const auto words = lower(value_words(state.value));
    const bool yes = has_code(state.value, loinc, {"LA33-6"}) || has_code(state.value, snomed, {"413712001"}) || words == "yes" || words == "true" ||
                     words.rfind("breastfeeding", 0) == 0;
    const bool no = has_code(state.value, loinc, {"LA32-8"}) || words == "no" || words == "false" || words.rfind("not breast", 0) == 0;
    if (state.when <= always_before || days_old(state) > 180) return note(state.observation, "too old, or undated; not used");
    fact("breastfeeding", yes ? "true" : no ? "false" : "unknown", state.value);
  }

  Reader& reader_;
  std::map<std::string, std::string, std::less<>> by_loinc_;
  std::map<std::string, Unknown> unknown_;
  std::map<std::string, State> states_;
  Effective effective_;
  bool told_weeks_ = false;  // "gestation" is read before "pregnancy", in the order of the alphabet
  std::size_t rounded_ = 0, later_ = 0, indexed_ = 0;
};

}  // namespace

void read_observations(Reader& reader, const std::vector<const Resource*>& resources) {
  Observations observations(reader);
  for (const auto* resource : resources) observations.read(Item(*resource));
  observations.finish();
}

}  // namespace theriac::fhir

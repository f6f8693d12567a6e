#include "terminology/unit_table.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>

namespace theriac::detail {
namespace {

struct Prefix {
  std::string_view symbol;
  std::string_view word;
  std::int64_t numerator;
  std::int64_t denominator;
};
constexpr Prefix kilo{"k", "kilo", 1000, 1}, hecto{"h", "hecto", 100, 1}, deci{"d", "deci", 1, 10}, centi{"c", "centi", 1, 100},
    milli{"m", "milli", 1, 1000}, micro{"u", "micro", 1, 1'000'000}, nano{"n", "nano", 1, 1'000'000'000}, pico{"p", "pico", 1, 1'000'000'000'000},
    femto{"f", "femto", 1, 1'000'000'000'000'000};

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (auto& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

using Spellings = std::initializer_list<std::string_view>;

class Table {
 public:
  Table() {
    add_scaled();
    add_times();
    add_bodies();
    add_counts();
    for (const auto& [spelling, atom] : exact_) {  // in order
      spellings_.push_back(spelling);
      folded_.try_emplace(lower(spelling), &atom);
    }
  }

  const Atom* find(std::string_view spelling) const {
    if (const auto found = exact_.find(spelling); found != exact_.end()) return &found->second;
    const auto folded = lower(spelling);
    for (const std::string_view strict : {"m", "mm", "um", "nm", "mcm", "mu", "miu", "a"}) {  // M is mega or molar
      if (folded == strict) return nullptr;
    }
    const auto found = folded_.find(folded);
    return found == folded_.end() ? nullptr : found->second;
  }
  const std::vector<std::string>& spellings() const { return spellings_; }

 private:
  void add(std::string_view shown, const Dimension& dimension, const Rational& factor, Spellings spellings) {
    exact_[std::string(shown)] = {std::string(shown), dimension, factor};
    for (const auto spelling : spellings) exact_[std::string(spelling)] = {std::string(shown), dimension, factor};
  }
  void add(std::string_view shown, Axis axis, const Rational& factor, Spellings spellings, int exponent = 1) {
    add(shown, along(axis, exponent), factor, spellings);
  }
  static Dimension along(Axis axis, int exponent = 1) {
    Dimension dimension;
    dimension.exponents[static_cast<std::size_t>(axis)] = static_cast<std::int8_t>(exponent);
    return dimension;
  }
  static Rational ratio(std::int64_t numerator, std::int64_t denominator) { return Rational::make(numerator, denominator).value_or(Rational{1}); }

  // A unit with prefixes: symbols (g, mg, mcg …) and words (milligram, milligrams …).
  void add_prefixed(std::string_view symbol, Axis axis, const Rational& factor, std::initializer_list<Prefix> prefixes, Spellings words,
                    Spellings symbols = {}) {
    add_spelt({"", "", 1, 1}, symbol, axis, factor, words, symbols);
    for (const auto& prefix : prefixes) add_spelt(prefix, symbol, axis, factor, words, symbols);
  }
  void add_spelt(const Prefix& prefix, std::string_view symbol, Axis axis, const Rational& factor, Spellings words, Spellings symbols) {
    const bool is_micro = prefix.word == "micro";
    const bool is_mcg = is_micro && (symbol == "g" || symbol == "L");  // `mcg` is read as it is meant; `µg` has been read as mg
    const auto shown = std::string(is_mcg ? "mc" : prefix.symbol) + std::string(symbol);
    const auto scaled = multiply(factor, ratio(prefix.numerator, prefix.denominator)).value_or(factor);
    const Atom atom{shown, along(axis), scaled};
    const auto put = [&](std::string_view front, std::string_view back) { exact_[std::string(front) + std::string(back)] = atom; };
    const auto put_symbol = [&](std::string_view back) {
      put(prefix.symbol, back);
      if (is_micro) put("mc", back), put("\xCE\xBC", back);  // Greek mu, to which the micro sign is folded
    };
    put_symbol(symbol);
    for (const auto other : symbols) put_symbol(other);
    for (const auto word : words) {
      put(prefix.word, word);
      put(prefix.word, std::string(word) + "s");
    }
  }

  void add_scaled() {
    add_prefixed("g", Axis::mass, 1, {kilo, milli, micro, nano, pico, femto}, {"gram", "gramme"}, {"gm"});
    for (const std::string_view often : {"mg", "mcg", "gm", "kg", "ug"}) exact_[std::string(often) + "s"] = exact_[std::string(often)];
    add_prefixed("L", Axis::volume, 1, {deci, centi, milli, micro, nano, pico, femto}, {"litre", "liter"}, {"l"});
    add("mL", Axis::volume, ratio(1, 1000), {"cc", "ccm", "cm3", "cm^3", "mls", "cu cm"});
    add("mcL", Axis::volume, ratio(1, 1'000'000), {"mm3", "mm^3", "cmm", "cumm", "cu mm", "cu.mm"});
    add_prefixed("mol", Axis::amount, 1, {milli, micro, nano, pico}, {"mole"});
    add_prefixed("Osm", Axis::amount, 1, {milli}, {"osmole"});
    add_prefixed("Eq", Axis::equivalents, 1, {milli, micro}, {"equivalent"}, {"val"});
    add_prefixed("IU", Axis::international, 1, {kilo, milli, micro, nano}, {"international unit"}, {"[IU]", "[iU]", "I.U."});
    add_prefixed("U", Axis::international, 1, {kilo, milli, micro, nano}, {});
    add_prefixed("m", Axis::length, 1, {centi, milli, micro, nano}, {"metre", "meter"});
    add("cm", Axis::length, ratio(1, 100), {"cms"});
    add_prefixed("kat", Axis::activity, 1, {micro, nano}, {"katal"});
    add_prefixed("Pa", Axis::pressure, ratio(760, 101'325), {kilo, hecto}, {"pascal"});
    add("mmHg", Axis::pressure, 1, {"mm Hg", "mm[Hg]", "torr"});
    add("unit", Axis::international, 1, {"units"});
    add("fl oz", Axis::volume, ratio(473'176'473, 16'000'000'000), {"[foz_us]", "fluid ounce", "fluid ounces"});
    add("[tsp_us]", Axis::volume, ratio(473'176'473, 96'000'000'000), {});
    add("[tbs_us]", Axis::volume, ratio(473'176'473, 32'000'000'000), {});
    add("[drp]", Axis::volume, ratio(1, 20'000), {});  // UCUM's metric drop; a drop as counted (gtt) has no volume that everybody shares
    auto per_volume = along(Axis::mass);
    per_volume.exponents[static_cast<std::size_t>(Axis::volume)] = -1;
    add("mg/dL", per_volume, ratio(1, 100), {"mg%", "mgs%", "mg %"});
    add("g/dL", per_volume, 10, {"g%", "gm%", "g %", "gm %"});
    auto molar = along(Axis::amount);
    molar.exponents[static_cast<std::size_t>(Axis::volume)] = -1;
    add("mmol/L", molar, ratio(1, 1000), {"mM"});
    add("umol/L", molar, ratio(1, 1'000'000),
        {"uM",
         "\xCE\xBC"
         "M"});
    add("nmol/L", molar, ratio(1, 1'000'000'000), {"nM"});
  }

  void add_times() {
    add("ms", Axis::days, ratio(1, 86'400'000), {"msec", "msecs", "millisecond", "milliseconds"});
    add("s", Axis::days, ratio(1, 86'400), {"sec", "secs", "second", "seconds"});
    add("min", Axis::days, ratio(1, 1440), {"mins", "minute", "minutes"});
    add("h", Axis::days, ratio(1, 24), {"hr", "hrs", "hour", "hours"});
    add("day", Axis::days, 1, {"d", "days"});
    add("week", Axis::days, 7, {"wk", "wks", "weeks"});
    // A month is no number of days.
    add("month", Axis::calendar, 1, {"mo", "mos", "mth", "mths", "months"});
    add("year", Axis::calendar, 12, {"y", "yr", "yrs", "years", "a"});
  }

  void add_bodies() {
    add("lb", Axis::mass, ratio(45'359'237, 100'000), {"lbs", "pound", "pounds", "[lb_av]"});
    add("oz", Axis::mass, ratio(45'359'237, 1'600'000), {"ounce", "ounces", "[oz_av]"});
    add("st", Axis::mass, ratio(45'359'237LL * 14, 100'000), {"stone", "stones", "[stone_av]"});
    add("in", Axis::length, ratio(254, 10'000), {"inch", "inches", "[in_i]"});
    add("ft", Axis::length, ratio(3048, 10'000), {"foot", "feet", "[ft_i]"});
    add("m2", Axis::length, 1, {"m^2", "sqm", "sq m", "m 2"}, 2);
    add("cm2", Axis::length, ratio(1, 10'000), {"cm^2", "sqcm", "sq cm"}, 2);
    add("1.73m2", Axis::per_1_73, 1,
        {"1.73 m2", "1.73m^2", "1.73 m^2", "{1.73_m2}", "1.73 sqm", "1.73sqm", "1.73 m 2", "(1.73m2)", "(1.73 m2)", "1.73m 2", "{1.73m2}",
         "{1.73 m2}", "{1.73m^2}", "{1.73_m^2}", "1,73m2", "1,73 m2", "1,73m^2", "1,73 m^2"});
  }

  void add_counts() {
    for (const std::string_view item :
         {"tablet",    "capsule",    "puff", "drop",  "spray", "patch", "sachet", "suppository", "ampoule", "vial",  "lozenge", "application",
          "actuation", "inhalation", "dose", "piece", "scoop", "cell",  "beat",   "breath",      "copy",    "drink", "glass",   "cigarette"}) {
      const auto plural = item.back() == 'y'                            ? std::string(item.substr(0, item.size() - 1)) + "ies"
                          : item.ends_with("ch") || item.ends_with("s") ? std::string(item) + "es"
                                                                        : std::string(item) + "s";
      add(item, Axis::count, 1, {plural});
    }
    add("tablet", Axis::count, 1, {"tab", "tabs"});
    add("capsule", Axis::count, 1, {"cap", "caps"});
    add("drop", Axis::count, 1, {"gtt", "gtts"});
    add("10^3", Axis::count, 1000,
        {"10*3", "10e3", "x10^3", "x10*3", "x10e3", "x 10^3",
         "\xC3\x97"
         "10^3",
         "\xC3\x97 10^3", "K", "k", "thousand", "thou", "10(3)", "x10(3)", "x10E3"});
    add("10^6", Axis::count, 1'000'000,
        {"10*6", "10e6", "x10^6", "x10*6", "x10e6", "x 10^6",
         "\xC3\x97"
         "10^6",
         "\xC3\x97 10^6", "million", "10(6)", "x10(6)", "x10E6"});
    add("10^9", Axis::count, 1'000'000'000,
        {"10*9", "10e9", "x10^9", "x10*9", "x10e9", "x 10^9",
         "\xC3\x97"
         "10^9",
         "\xC3\x97 10^9", "giga", "10(9)", "x10(9)", "x10E9"});
    add("10^12", Axis::count, 1'000'000'000'000,
        {"10*12", "10e12", "x10^12", "x10*12", "x10e12", "x 10^12",
         "\xC3\x97"
         "10^12",
         "\xC3\x97 10^12"});
    add("%", Dimension{}, ratio(1, 100), {"percent", "per cent"});
    add("1", Dimension{}, 1, {"ratio", "INR", "{INR}", "{ratio}", "{score}", "{index}", "{points}", "points", "point", "[pH]", "{pH}"});
    auto rate = along(Axis::count);
    rate.exponents[static_cast<std::size_t>(Axis::days)] = -1;
    add("bpm", rate, 1440, {});
    add("beat", Axis::count, 1, {"{beats}", "{beat}"});
  }

  std::map<std::string, Atom, std::less<>> exact_;
  std::map<std::string, const Atom*> folded_;
  std::vector<std::string> spellings_;
};

const Table& table() {
  static const Table built;
  return built;
}

}  // namespace

const Atom* find_atom(std::string_view spelling) { return table().find(spelling); }
const std::vector<std::string>& atom_spellings() { return table().spellings(); }

}  // namespace theriac::detail

#include "theriac/quantity.hpp"

#include "terminology/unit_table.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

// "26.8 mL/min" in another unit, as text; "" where they do not meet.
std::string in(std::string_view value, std::string_view unit, std::string_view other) {
  const auto from = parse_unit(unit);
  const auto to = parse_unit(other);
  REQUIRE_MESSAGE(from.has_value(), unit);
  REQUIRE_MESSAGE(to.has_value(), other);
  const auto converted = convert({Rational::parse(value).value(), *from}, *to);
  return converted ? converted->to_string(6) : "";
}
std::string shown(std::string_view unit) {
  const auto parsed = parse_unit(unit);
  return parsed ? parsed->text : "(none)";
}

}  // namespace

TEST_CASE("a spelling of the table means the same as it stands and where it must be cleaned first") {
  for (const auto& spelling : detail::atom_spellings()) {
    const auto as_it_stands = parse_unit(spelling), cleaned = parse_unit(" " + spelling);
    REQUIRE_MESSAGE(as_it_stands.has_value(), spelling);
    REQUIRE_MESSAGE(cleaned.has_value(), spelling);
    CHECK(as_it_stands->text == cleaned->text);
    CHECK(as_it_stands->dimension == cleaned->dimension);
    CHECK(as_it_stands->factor == cleaned->factor);
  }
}

TEST_CASE("units convert exactly within a dimension") {
  CHECK(in("0.5", "g", "mg") == "500");
  CHECK(in("25", "mcg/h", "mg/day") == "0.6");
  CHECK(in("60", "mL/min", "L/day") == "86.4");
  CHECK(in("5", "mg/L", "mcg/mL") == "5");
  CHECK(in("250", "10^3/uL", "10*9/L") == "250");
  CHECK(in("1.5", "K/uL", "/mm3") == "1500");
  CHECK(in("6", "feet", "cm") == "182.88");
  CHECK(in("100", "lb", "kg") == "45.359237");
  CHECK(in("101.325", "kPa", "mmHg") == "760");
  CHECK(in("72", "bpm", "/min") == "72");
  CHECK(in("72", "beats/min", "bpm") == "72");
  CHECK(in("2", "years", "months") == "24");
  CHECK(in("440", "ms", "s") == "0.44");
  CHECK(in("250", "mg/5mL", "mg/mL") == "50");
  CHECK(in("1", "g/24h", "g/day") == "1");
  CHECK(in("5", "mM", "mmol/L") == "5");
  CHECK(in("4", "mIU/L", "mU/L") == "4");
}

TEST_CASE("what only looks alike never meets") {
  CHECK(in("60", "mL/min", "mL/min/1.73m2") == "");
  CHECK(in("1", "mg", "IU") == "");
  CHECK(in("1", "mmol/L", "mEq/L") == "");
  CHECK(in("1", "mmol/L", "mg/dL") == "");
  CHECK(in("1", "mg", "mL") == "");
  CHECK(in("48", "mmol/mol", "%") == "");
  CHECK(in("30", "mg/g", "%") == "");
  CHECK(in("30", "mg/g", "1") == "");
  CHECK(in("5", "mg/kg/day", "/day") == "");
  CHECK(in("1", "month", "days") == "");
  CHECK(in("1", "tablet", "mg") == "");
  CHECK(in("1", "mg/day", "mg") == "");
}

TEST_CASE("ratios of one dimension still convert among themselves") {
  CHECK(in("30", "mg/g", "g/kg") == "30");
  CHECK(in("5", "mg/kg/day", "mcg/kg/day") == "5000");
}

TEST_CASE("spellings found in the wild") {
  for (const std::string_view spelling : {"mL/min/1.73m2", "mL/min/1.73 m2", "mL/min/1.73m\u00B2", "ml/min/1.73 m\u00B2", "mL/min/{1.73_m2}",
                                          "mL / min / 1.73 m^2", "mL/min per 1.73 m2", "ML/MIN/1.73M2", "mL/min/1.73sqm"}) {
    CAPTURE(spelling);
    CHECK(shown(spelling) == "mL/min/1.73m2");
  }
  for (const std::string_view spelling : {"mcg", "ug", "\u00B5g", "\u03BCg", "microgram", "micrograms", "MCG", "mcgs"}) {
    CAPTURE(spelling);
    CHECK(shown(spelling) == "mcg");
  }
  for (const std::string_view spelling : {"10^9/L", "10*9/L", "x10^9/L", "10\u2079/L", "\u00D710\u2079/L", "\u00D7 10^9/L", "10e9/L", "x 10^9/l"}) {
    CAPTURE(spelling);
    CHECK(shown(spelling) == "10^9/L");
  }
  CHECK(shown("mg per day") == "mg/day");
  CHECK(shown("mg/d") == "mg/day");
  CHECK(shown("\u03BCmol/L") == "umol/L");
  CHECK(shown("mm Hg") == "mmHg");
  CHECK(shown("mm[Hg]") == "mmHg");
  CHECK(shown("m[IU]/L") == "mIU/L");
  CHECK(shown("units") == "unit");
  CHECK(shown("cc") == "mL");
  CHECK(shown("kg/m\u00B2") == "kg/m2");
  CHECK(shown("tabs") == "tablet");
  CHECK(shown("meq/l") == "mEq/L");
  CHECK(shown("%") == "%");
  CHECK(shown("/min") == "/min");
}

TEST_CASE("the table is closed") {
  for (const std::string_view bad :
       {"", " ", "mgg", "mg/", "/", "mg//day", "MU", "MIU", "M", "mg day", "foo", "mg/0mL", "1.73", "m3g", "mg.", "\xFF", "mg/day/", "NM"}) {
    CAPTURE(bad);
    CHECK(shown(bad) == "(none)");
  }
  CHECK(shown(std::string(1000, 'm')) == "(none)");
}

TEST_CASE("a capital that changes the meaning is not folded away") {
  CHECK(in("1", "mM", "nmol/L") == "1000000");
  CHECK(in("1", "nm", "m") == "0");
  CHECK(in("1", "nM", "nmol/L") == "1");
}

TEST_CASE("a near unit is offered") {
  CHECK(nearest_unit("mg/dya") == "mg/day");
  CHECK(nearest_unit("mml/L") != std::nullopt);
  CHECK(nearest_unit("tablest") == "tablet");
  CHECK_FALSE(nearest_unit("furlongs"));
  CHECK_FALSE(nearest_unit(""));
}

TEST_CASE("quantities read well") {
  const auto show = [](const char* value, const char* unit) {
    return Quantity{Rational::parse(value).value(), parse_unit(unit).value()}.to_string();
  };
  CHECK(show("26.8", "mL/min") == "26.8 mL/min");
  CHECK(show("82", "years") == "82 years");
  CHECK(show("1", "years") == "1 year");
  CHECK(show("2.5", "1") == "2.5");
  CHECK(show("2", "tab") == "2 tablets");
}

TEST_CASE("annotations say what is meant and change no value") {
  CHECK(shown("mg/g{creat}") == "mg/g");
  CHECK(shown("10*3{RBC}/uL") == "10^3/mcL");
  CHECK(shown("%{HbA1c}") == "%");
  CHECK(shown("{copies}/mL") == "{copies}/mL");
  CHECK(in("1", "{copies}/mL", "/L") == "1000");
  CHECK(shown("{INR}") == "1");
  CHECK(shown("{score}") == "1");
  // Dropping what speaks of the surface would make a clearance of an eGFR.
  for (const std::string_view bad : {"mL/min{1.73_m2}", "mL/min{per m2}", "mg{a}{b}", "mg{", "{}", "mg{a}b", "{1}"}) {
    CAPTURE(bad);
    CHECK(shown(bad) == "(none)");
  }
}

TEST_CASE("what laboratories and wards write") {
  for (const auto& [written, unit] : std::initializer_list<std::pair<std::string_view, std::string_view>>{{"mg%", "mg/dL"},
                                                                                                          {"gm%", "g/dL"},
                                                                                                          {"cells/cumm", "cell/mcL"},
                                                                                                          {"K/mcL", "10^3/mcL"},
                                                                                                          {"X10E3/uL", "10^3/mcL"},
                                                                                                          {"10(9)/L", "10^9/L"},
                                                                                                          {"x10E9/L", "10^9/L"},
                                                                                                          {"Thousand/uL", "10^3/mcL"},
                                                                                                          {"mIU/mL", "mIU/mL"},
                                                                                                          {"uIU/mL", "uIU/mL"},
                                                                                                          {"\u00B5IU/mL", "uIU/mL"},
                                                                                                          {"\u03BCmol/l", "umol/L"},
                                                                                                          {"\u00B5mol/L", "umol/L"},
                                                                                                          {"mcmol/L", "umol/L"},
                                                                                                          {"mEq/l", "mEq/L"},
                                                                                                          {"beats per minute", "beat/min"},
                                                                                                          {"mm[Hg]", "mmHg"},
                                                                                                          {"[lb_av]", "lb"},
                                                                                                          {"[in_i]", "in"},
                                                                                                          {"kgs", "kg"},
                                                                                                          {"cms", "cm"},
                                                                                                          {"u/l", "U/L"},
                                                                                                          {"[IU]/L", "IU/L"},
                                                                                                          {"mcg/kg/min", "mcg/kg/min"},
                                                                                                          {"hr", "h"},
                                                                                                          {"cc/hr", "mL/h"},
                                                                                                          {"mL/min/1,73m2", "mL/min/1.73m2"}}) {
    CAPTURE(written);
    const auto ours = parse_unit(written), meant = parse_unit(unit);
    REQUIRE(meant);
    REQUIRE(ours);
    CHECK(ours->dimension == meant->dimension);
    CHECK(ours->factor == meant->factor);
  }
  CHECK(in("1", "fl oz", "mL") == "29.57353");
  CHECK(shown("a") == "year");
  CHECK(shown("A") == "(none)");
}

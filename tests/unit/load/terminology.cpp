#include "theriac/load.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

LoadedTerminology parse(const std::string& text, const std::string& more = {}) {
  std::vector<grammar::SourcePtr> sources = {grammar::Source::make("a.yaml", text)};
  if (!more.empty()) sources.push_back(grammar::Source::make("b.yaml", more));
  return parse_terminology(sources);
}

// "TH2001 a.yaml:3:9 unknown class `x`" for every mistake.
std::vector<std::string> mistakes(const std::string& text, const std::string& more = {}) {
  std::vector<std::string> found;
  for (const auto& d : parse(text, more).diagnostics) {
    found.push_back(std::string(grammar::info(d.code).id) + " " + d.primary.place.to_string() + " " + d.message);
  }
  return found;
}
using Mistakes = std::vector<std::string>;

const std::string whole = R"(version: 0.1.0
drugs:
  - name: clonazepam
    synonyms: [clonazepamum]
    brands: [Klonopin, Rivotril]
    rxcui: 2598
    is: [benzodiazepine]
    usual_route: oral
    routes: {oral: systemic, topical: gut}
    formulations:
      - {name: [oral gel, oromucosal gel], route: buccal, exposure: systemic}
      - {name: gel, route: topical}
    stop: taper
    reviewed: {class: FDA-label-clonazepam, sedation: FDA-label-clonazepam}
  - {name: alcohol, habit: true}
  - {name: oxycodone}
combinations:
  - {name: oxycodone with alcohol, brands: [Oxyhol], rxcui: 214183, ingredients: [oxycodone, alcohol]}
classes:
  - {name: benzodiazepine, is: [CNS depressant]}
  - {name: CNS depressant, synonyms: [sedative], family: sedation}
conditions:
  - {name: sleep apnoea, synonyms: [OSA], icd10cm: [G47.3], is: [lung disease]}
  - {name: lung disease}
observations:
  - {name: serum creatinine, loinc: [2160-0], unit: mg/dL, units: [umol/L], molar_mass: 113.12 g/mol, plausible: [0.1, 25], validity: 90 days, absolute: [0, 60]}
effects:
  - {name: additive sedation, problem: sedation and falls, is: [sedation]}
  - {name: sedation}
problems:
  - sedation and falls
flags: [fall risk]
states:
  - {name: palliative care, synonyms: [hospice], read: [goals, setting]}
routes:
  - {name: oral, words: [by mouth], exposure: systemic}
  - {name: buccal, exposure: systemic}
  - {name: topical, words: [on the skin], exposure: local}
forms:
  - {name: gel, route: topical}
  - {name: tablet}
look_alikes: [[clonazepam, clonidine]]
)";

}  // namespace

TEST_CASE("the whole format is read") {
  const auto loaded = parse(whole);
  REQUIRE_MESSAGE(loaded.diagnostics.empty(), loaded.diagnostics.front().message);
  const auto& t = *loaded.terminology;
  const auto id = make_id<ConceptId>(t.find("Klonopin").at(0).id);
  const auto& clonazepam = t.at(id);
  CHECK(clonazepam.name == "clonazepam");
  CHECK(clonazepam.rxcui == "2598");
  CHECK(clonazepam.taper);
  CHECK(clonazepam.at.to_string() == "a.yaml:3:11");
  CHECK(clonazepam.is.at(0).at.to_string() == "a.yaml:7:10");
  CHECK(t.at(*clonazepam.usual_route).name == "oral");
  REQUIRE(clonazepam.routes.size() == 2);
  CHECK(clonazepam.routes[1].second == Exposes::gut);
  REQUIRE(clonazepam.formulations.size() == 2);
  CHECK(clonazepam.formulations[0].names == std::vector<std::string>{"oral gel", "oromucosal gel"});
  CHECK(clonazepam.formulations[1].exposure == Exposes::local);  // the route's own
  const auto depressant = make_id<ConceptId>(t.find("sedatives").at(0).id);
  CHECK(t.membership(id, depressant) == Truth::yes);
  CHECK(t.data().families == std::vector<std::string>{"class", "sedation"});
  CHECK(clonazepam.reviewed.size() == 2);
  CHECK(t.membership(make_id<ConceptId>(t.find("alcohol").at(0).id), depressant) == Truth::open);
  CHECK(t.at(make_id<ConceptId>(t.find("alcohol").at(0).id)).habit);
  CHECK(t.data().combinations.at(0).ingredients.size() == 2);
  const auto& creatinine = t.data().observations.at(0);
  CHECK(creatinine.validity_days == 90);
  CHECK(creatinine.molar_mass->to_string() == "113.12 g/mol");
  CHECK(creatinine.plausible->second == Rational{25});
  CHECK(t.is_kind_of(make_id<ConditionId>(t.find("OSA").at(0).id), make_id<ConditionId>(t.find("lung disease").at(0).id)));
  CHECK(t.data().conditions.at(2).state);
  CHECK(t.data().conditions.at(2).read.size() == 2);
  CHECK(t.at(*t.data().effects.at(0).problem) == "sedation and falls");
  CHECK(t.at(*t.data().forms.at(0).route).name == "topical");
  CHECK(t.data().version == "0.1.0");
  CHECK(t.data().sha256.size() == 64);
}

TEST_CASE("many different mistakes are reported in one run, each where it stands") {
  CHECK(mistakes(R"(drugs:
  - name: clonazepam
    brand: [Klonopin]
    is: [benzodiazepin]
    usual_route: orally
    stop: slowly
    reviewed: {clas: x}
  - {brands: [Nameless]}
  - name: codeine
    rxcui: 2x
    is: opioid
    is: [clonazepam]
classes:
  - {name: benzodiazepine}
conditions:
  - {name: x, icd10cm: [G47.], is: [y]}
observations:
  - {name: creatinine, unit: mg/dll, loinc: [2160-1], plausible: [5, 1], validity: soon, molar_mass: 5 mg}
effects:
  - {name: sedation, problem: falls}
routes:
  - {name: oral, exposure: whole}
)") == Mistakes{
           "TH6004 a.yaml:3:5 unknown key `brand`",
           "TH2001 a.yaml:4:10 unknown class `benzodiazepin`",
           "TH2001 a.yaml:5:18 unknown route `orally`",
           "TH6003 a.yaml:6:11 `stop` is `taper` or not said, not `slowly`",
           "TH2001 a.yaml:7:16 unknown family `clas`",
           "TH6003 a.yaml:8:5 a drug needs `name`",
           "TH6003 a.yaml:10:12 `2x` is no RxCUI: those are digits",
           "TH6003 a.yaml:11:9 `is` is a list of names, not text",
           "TH6005 a.yaml:12:5 `is` stands twice",
           "TH6003 a.yaml:16:25 `G47.` is no ICD-10-CM code",
           "TH2001 a.yaml:16:37 unknown condition `y`",
           "TH3001 a.yaml:18:30 unknown unit `mg/dll`",
           "TH6003 a.yaml:18:46 `2160-1` is no LOINC code",
           "TH3003 a.yaml:18:66 `plausible`: the first number must be the lower one",
           "TH3003 a.yaml:18:84 `soon` is not a length of time such as `90 days`",
           "TH3002 a.yaml:18:102 `molar_mass` is a mass per amount such as `113.12 g/mol`, not mg",
           "TH2001 a.yaml:20:31 unknown problem `falls`",
           "TH6003 a.yaml:22:28 an exposure is `systemic`, `gut` or `local`, not `whole`",
       });
}

TEST_CASE("unknown names come with the nearest one") {
  const auto loaded = parse(R"(drugs:
  - name: clonazepam
    is: [benzodiazepin, clonazepam]
    usual_route: orul
    reviewed: {sedaton: x}
classes:
  - {name: benzodiazepine, family: sedation}
combinations:
  - {name: a with b, ingredients: [clonazepan, benzodiazepine]}
effects:
  - {name: sedation, problem: fals, is: [sedaton]}
problems: [falls]
routes: [{name: oral, exposure: systemic}]
)");
  std::vector<std::string> found;
  for (const auto& d : loaded.diagnostics) found.push_back(d.message + (d.help.empty() ? "" : " " + d.help[0]));
  CHECK(found == Mistakes{
                     "unknown class `benzodiazepin` did you mean `benzodiazepine`?",
                     "`clonazepam` is a drug, not a class",
                     "unknown route `orul` did you mean `oral`?",
                     "unknown family `sedaton` did you mean `sedation`?",
                     "unknown drug `clonazepan` did you mean `clonazepam`?",
                     "`benzodiazepine` is a class, not a drug",
                     "unknown problem `fals` did you mean `falls`?",
                     "unknown effect `sedaton` did you mean `sedation`?",
                 });
  CHECK_FALSE(loaded.terminology);
}

TEST_CASE("references point forward and into other files") {
  const auto loaded = parse("drugs:\n  - {name: a, is: [later]}\n", "classes:\n  - {name: later}\n");
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.terminology);
  CHECK(loaded.terminology->find("later").size() == 1);
}

TEST_CASE("a file that cannot be read does not accuse the others of unknown names") {
  CHECK(mistakes("drugs:\n  - {name: a, is: [later]}\n", "classes:\n  - {name: later\n").size() == 1);
  CHECK(mistakes("drugs:\n  - {name: a, is: [later]}\n", "clases:\n  - {name: later}\n").size() == 1);
}

TEST_CASE("cycles and duplicates across files are found in the same run") {
  const auto found = mistakes("classes:\n  - {name: a, is: [b]}\n  - {name: c, bad: 1}\n", "classes:\n  - {name: b, is: [a]}\n  - {name: C}\n");
  CHECK(found == Mistakes{"TH5005 a.yaml:2:20 a cycle: `a` is `b` is `a`", "TH6004 a.yaml:3:15 unknown key `bad`",
                          "TH2005 b.yaml:3:12 `C` names both `c` (class) and `C` (class)"});
}

TEST_CASE("anchors, aliases and tags are refused in terminology files") {
  CHECK(mistakes("classes:\n  - &x {name: a}\n  - *x\n").size() >= 2);
  CHECK(mistakes("flags: !!set [a]\n").size() == 1);
}

TEST_CASE("wrong shapes are said, never thrown") {
  for (const std::string text : {"- a\n",
                                 "text\n",
                                 "drugs: x\n",
                                 "drugs: {name: a}\n",
                                 "drugs: [x]\n",
                                 "drugs: [[]]\n",
                                 "drugs: [{name: []}]\n",
                                 "drugs: [{name: {a: b}}]\n",
                                 "drugs: [{name: a, synonyms: [[x]]}]\n",
                                 "drugs: [{name: a, formulations: [x]}]\n",
                                 "drugs: [{name: a, routes: x}]\n",
                                 "drugs: [{name: a, reviewed: [x]}]\n",
                                 "drugs: [{name: a, habit: perhaps}]\n",
                                 "drugs:\n",
                                 "drugs: [{name: ''}]\n",
                                 "look_alikes: [a]\n",
                                 "look_alikes: [[a]]\n",
                                 "flags: [[a]]\n",
                                 "problems: [a, A]\n",
                                 "combinations: [{name: a}]\n",
                                 "observations: [{name: a}]\n",
                                 "observations: [{name: a, unit: mg, absolute: 5}]\n",
                                 "observations: [{name: a, unit: mg, absolute: [a, b]}]\n",
                                 "routes: [{name: a}]\n",
                                 "\xFF",
                                 "{\"drugs\": 1}"}) {
    CAPTURE(text);
    const auto loaded = parse(text);
    CHECK(grammar::has_errors(loaded.diagnostics));
    CHECK_FALSE(loaded.terminology);
    for (const auto& d : loaded.diagnostics) CHECK(d.primary.place.source);
  }
}

TEST_CASE("an empty text and a comment alone are an empty vocabulary; JSON is read too") {
  CHECK(parse("").terminology);
  CHECK(parse("# nothing yet\n").terminology);
  CHECK(parse(R"({"classes": [{"name": "opioid"}]})").terminology->find("opioids").size() == 1);
}

TEST_CASE("the fingerprint covers names and bytes") {
  const auto hash = [](const char* name, const char* text) {
    return parse_terminology({grammar::Source::make(name, text)}).terminology->data().sha256;
  };
  CHECK(hash("a.yaml", "flags: [x]\n") == hash("a.yaml", "flags: [x]\n"));
  CHECK(hash("a.yaml", "flags: [x]\n") != hash("b.yaml", "flags: [x]\n"));
  CHECK(hash("a.yaml", "flags: [x]\n") != hash("a.yaml", "flags: [x] \n"));
}

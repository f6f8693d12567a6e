// Which drugs a line names.
#include "support.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

std::string names(const detail::Facts& facts) {
  std::string all;
  for (const auto& exposure : facts.exposures) all += (all.empty() ? "" : ", ") + name(exposure.what);
  return all;
}

}  // namespace

TEST_CASE("a name, a brand, a synonym, a code, a class") {
  const auto by_name = line("diazepam 5 mg twice daily");
  CHECK(names(by_name) == "diazepam");
  CHECK(by_name.screened[0].matched_by == "name");
  CHECK(by_name.screened[0].shown == "diazepam");
  const auto brand = line("Klonopin 0.5 mg twice daily");
  CHECK(names(brand) == "clonazepam");
  CHECK(brand.screened[0].matched_by == "brand");
  CHECK(brand.exposures[0].shown == "clonazepam (Klonopin)");
  CHECK(line("acetaminophen 1 g qid").exposures[0].shown == "paracetamol (acetaminophen)");
  CHECK(names(line("{drug: Sleepwell, code: {system: RxNorm, value: \"3322\"}}")) == "diazepam");
  const auto drug_class = line("an NSAID");
  CHECK(names(drug_class) == "NSAID");
  CHECK(drug_class.screened[0].matched_by == "class");
}

TEST_CASE("combinations give one exposure an ingredient, of one entry") {
  for (const std::string text : {"Percocet 5/325 1 tab q6h", "oxycodone/acetaminophen 5/325", "oxycodone / acetaminophen",
                                 "oxycodone with paracetamol", "oxycodone and acetaminophen 5 mg",
                                 "Acetaminophen 325 MG / Oxycodone Hydrochloride 5 MG Oral Tablet", "oxycodone 5 mg + paracetamol 325 mg"}) {
    INFO(text);
    const auto facts = line(text);
    CHECK(facts.exposures.size() == 2);
    CHECK(facts.screened.size() == 1);
    CHECK(facts.screened[0].matched_by == "combination");
    CHECK(facts.not_screened.empty());
    CHECK(facts.screened[0].not_read == "");
  }
}

TEST_CASE("a combination with an unknown part stands in both lists") {
  const auto facts = line("paracetamol/zorbaxin 500 mg");
  CHECK(names(facts) == "paracetamol");
  REQUIRE(facts.not_screened.size() == 1);
  CHECK(facts.not_screened[0].reason == "part of it is not known: zorbaxin");
  CHECK(facts.unrecognised == std::vector<std::string>{"zorbaxin"});
}

TEST_CASE("nothing is put in for a name that is only near, or that holds another") {
  const auto near = line("clonazepan 0.5 mg");
  CHECK(near.exposures.empty());
  REQUIRE(near.not_screened.size() == 1);
  CHECK(near.not_screened[0].reason == "name not known");
  CHECK(near.not_screened[0].suggestions.front() == "clonazepam");
  CHECK(near.unrecognised.size() == 1);
  CHECK(line("hydroxy chloroquine 200 mg").exposures.empty());
  CHECK(line("es citalopram 10 mg").exposures.empty());
  CHECK(line("herbal sleep tea at night").not_screened.size() == 1);
  CHECK(line("5 mg").not_screened.size() == 1);
}

TEST_CASE("words behind the name: the same drug again, a salt, a form, and what nothing reads") {
  CHECK(line("diazepam (Valium) 5 mg bd").screened[0].not_read == "");
  CHECK(line("diazepam (benzodiazepine) 5 mg bd").exposures.size() == 1);
  CHECK(names(line("NSAID (ibuprofen) 400 mg")) == "ibuprofen");
  CHECK(line("morphine sulfate 10 mg").screened[0].not_read == "");
  CHECK(line("diazepam pink 5 mg twice daily").screened[0].not_read == "pink");
  CHECK(names(line("Effexor XR 75 mg daily")) == "venlafaxine");
  CHECK(line("Effexor XR 75 mg daily").screened[0].shown == "venlafaxine (Effexor XR)");
  CHECK(names(line("generic diazepam 5 mg")) == "diazepam");
  CHECK(names(line("0.5mg diazepam tds")) == "diazepam");
}

TEST_CASE("a piece of an unknown name is no drug, and is said") {
  const auto facts = line("diazepam 5 mg / hydroxy chloroquine 200 mg");
  CHECK(names(facts) == "diazepam");
  CHECK(facts.not_screened.size() == 1);
  CHECK(line("diazepam hydroxy chloroquine").not_screened.size() == 1);
}

TEST_CASE("a brand with something behind it may be another product") {
  for (const std::string text : {"Valium PM 2 tablets at night", "Valium-D", "Percocet Plus", "Klonopin HCT 20/12.5 mg daily"}) {
    INFO(text);
    CHECK(line(text).exposures.size() >= 1);
    CHECK(line(text).not_screened.size() == 1);
  }
  CHECK(line("Valium 5 mg pm").not_screened.empty());
}

TEST_CASE("an unrecognised drug that is over cannot be what is missing") {
  CHECK(line("{drug: zorbaxin, status: stopped, stop: 2024-01-01}").unrecognised.empty());
  CHECK(line("{drug: zorbaxin, status: stopped, stop: 2024-01-01}").not_screened.size() == 1);
}

TEST_CASE("long and strange texts are not screened, quickly") {
  for (const std::string piece : {"diazepam ", "[", "a/", "diazepam and ", "[Valium] ", "5 mg "}) {
    std::string text = "x";
    while (text.size() < 200'000) text += piece;
    Patient long_one = patient("medications: [diazepam]\n");
    long_one.medications[0].text.text = long_one.medications[0].drug.text = text;
    CHECK(detail::understand(long_one, small()).not_screened.size() == 1);
    text.resize(1'900);
    long_one.medications[0].text.text = long_one.medications[0].drug.text = text;
    const auto facts = detail::understand(long_one, small());
    CHECK(facts.screened.size() + facts.not_screened.size() >= 1);
  }
}

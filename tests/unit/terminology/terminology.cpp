#include "theriac/terminology.hpp"

#include "terminology/sha256.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

// sedative ⊂ CNS drug; benzodiazepine ⊂ sedative; opioid ⊂ sedative; SSRI in the family `serotonin`.
struct Small {
  TerminologyData data;
  grammar::SourcePtr source = grammar::Source::make("t.yaml", "0123456789\n");

  ConceptId add(const std::string& name, ConceptKind kind, std::vector<ConceptId> is, std::uint32_t family = 0) {
    Concept entry;
    entry.name = name;
    entry.kind = kind;
    const auto at = static_cast<std::uint32_t>(data.concepts.size());
    entry.at = {source, {at, at + 1}};
    for (const auto parent : is) entry.is.push_back({parent, {source, {at, at + 1}}});
    entry.family = make_id<FamilyId>(family);
    data.concepts.push_back(entry);
    return make_id<ConceptId>(at);
  }
  ConceptId cns = add("CNS drug", ConceptKind::drug_class, {});
  ConceptId sedative = add("sedative", ConceptKind::drug_class, {cns});
  ConceptId benzodiazepine = add("benzodiazepine", ConceptKind::drug_class, {sedative});
  ConceptId opioid = add("opioid", ConceptKind::drug_class, {sedative, cns});
  ConceptId ssri = add("SSRI", ConceptKind::drug_class, {}, 1);
  ConceptId diazepam = add("diazepam", ConceptKind::ingredient, {benzodiazepine});
  ConceptId tramadol = add("tramadol", ConceptKind::ingredient, {opioid, cns});
  ConceptId sertraline = add("sertraline", ConceptKind::ingredient, {ssri});
  Small() {
    data.families = {"class", "serotonin"};
    data.concepts[index(diazepam)].reviewed = {{make_id<FamilyId>(0), "label"}};
    data.concepts[index(diazepam)].brands = {"Valium"};
    data.concepts[index(diazepam)].synonyms = {"diazepamum"};
  }
  std::shared_ptr<const Terminology> build() {
    auto built = Terminology::build(data);
    REQUIRE(built.diagnostics.empty());
    REQUIRE(built.terminology);
    return built.terminology;
  }
};

}  // namespace

TEST_CASE("membership: yes by the graph, no where reviewed, open where nobody looked") {
  Small small;
  const auto t = small.build();
  CHECK(t->membership(small.diazepam, small.benzodiazepine) == Truth::yes);
  CHECK(t->membership(small.diazepam, small.cns) == Truth::yes);
  CHECK(t->membership(small.diazepam, small.diazepam) == Truth::yes);
  CHECK(t->membership(small.diazepam, small.opioid) == Truth::no);
  CHECK(t->membership(small.diazepam, small.ssri) == Truth::open);
  CHECK(t->membership(small.tramadol, small.benzodiazepine) == Truth::open);
  CHECK(t->membership(small.diazepam, small.tramadol) == Truth::no);
}

TEST_CASE("membership of a class that stands in an entry") {
  Small small;
  const auto t = small.build();
  CHECK(t->membership(small.benzodiazepine, small.sedative) == Truth::yes);
  CHECK(t->membership(small.sedative, small.benzodiazepine) == Truth::possible);
  CHECK(t->membership(small.benzodiazepine, small.opioid) == Truth::no);
  CHECK(t->membership(small.benzodiazepine, small.diazepam) == Truth::possible);
  CHECK(t->membership(small.benzodiazepine, small.tramadol) == Truth::no);
}

TEST_CASE("paths are shortest, ties by declaration, and members are listed") {
  Small small;
  const auto t = small.build();
  CHECK(t->path(small.diazepam, small.cns) == std::vector{small.diazepam, small.benzodiazepine, small.sedative, small.cns});
  CHECK(t->path(small.tramadol, small.cns) == std::vector{small.tramadol, small.cns});
  CHECK(t->path(small.diazepam, small.opioid).empty());
  CHECK(t->path(small.ssri, small.ssri) == std::vector{small.ssri});
  CHECK(t->ingredients_in(small.cns) == std::vector{small.diazepam, small.tramadol});
  CHECK(t->ingredients_in(small.diazepam) == std::vector{small.diazepam});
}

TEST_CASE("names are found however they are spelt, with all their meanings") {
  Small small;
  small.data.effects.push_back({"sedation", {}, {}, {}, false, {}});
  small.data.effects.push_back({"deep sedation", {}, {}, {make_id<EffectId>(0)}, false, {}});
  small.data.conditions.push_back({"sedation", false, {}, {}, {}, {}, {}});
  small.data.combinations.push_back({"tramadol with paracetamol", {}, {"Ultracet"}, "", {small.tramadol}, {}, {}});
  const auto t = small.build();
  const auto valium = t->find("VALIUM");
  REQUIRE(valium.size() == 1);
  CHECK(valium[0].kind == NameKind::brand);
  CHECK(valium[0].id == index(small.diazepam));
  CHECK(t->find("Benzodiazepines").at(0).kind == NameKind::drug_class);
  CHECK(t->find("ultracet").at(0).kind == NameKind::combination);
  CHECK(t->find("sedation").size() == 2);
  CHECK(t->find("nothing").empty());
  CHECK(t->find("").empty());
  CHECK(t->longest_name_words() == 3);
  CHECK(t->is_kind_of(make_id<EffectId>(1), make_id<EffectId>(0)));
  CHECK_FALSE(t->is_kind_of(make_id<EffectId>(0), make_id<EffectId>(1)));
}

TEST_CASE("a cycle of classes is an error that prints the cycle") {
  Small small;
  small.data.concepts[index(small.cns)].is.push_back({small.benzodiazepine, {small.source, {9, 10}}});
  const auto built = Terminology::build(small.data);
  CHECK_FALSE(built.terminology);
  REQUIRE(built.diagnostics.size() == 1);
  CHECK(grammar::info(built.diagnostics[0].code).id == "TH5005");
  CHECK(built.diagnostics[0].message == "a cycle: `CNS drug` is `benzodiazepine` is `sedative` is `CNS drug`");
  CHECK(built.diagnostics[0].primary.place.to_string() == "t.yaml:1:10");
  CHECK(built.diagnostics[0].secondary.size() == 2);
}

TEST_CASE("cycles of conditions and effects are found too, and a class in itself") {
  Small small;
  small.data.conditions.push_back({"a", false, {}, {}, {}, {make_id<ConditionId>(1)}, {}});
  small.data.conditions.push_back({"b", false, {}, {}, {}, {make_id<ConditionId>(0)}, {}});
  small.data.effects.push_back({"e", {}, {}, {make_id<EffectId>(0)}, false, {}});
  const auto built = Terminology::build(small.data);
  REQUIRE(built.diagnostics.size() == 2);
  CHECK(built.diagnostics[0].message == "a cycle: `a` is `b` is `a`");
  CHECK(built.diagnostics[1].message == "a cycle: `e` is `e`");
}

TEST_CASE("a name stands once in a kind; a drug and a class share none") {
  Small small;
  small.data.concepts[index(small.tramadol)].brands = {"Valium"};
  small.data.concepts[index(small.opioid)].synonyms = {"Sertralines"};
  small.data.concepts[index(small.diazepam)].synonyms = {"Diazepam", "Valium"};  // again of itself: no matter
  small.data.conditions.push_back({"opioid", false, {}, {}, {}, {}, {}});        // another kind
  const auto built = Terminology::build(small.data);
  CHECK_FALSE(built.terminology);
  REQUIRE(built.diagnostics.size() == 2);
  CHECK(grammar::info(built.diagnostics[0].code).id == "TH2005");
  CHECK(built.diagnostics[0].message == "`Valium` names both `diazepam` (drug) and `tramadol` (brand)");
  CHECK(built.diagnostics[0].primary.place.to_string() == "t.yaml:1:7");
  CHECK(built.diagnostics[0].secondary.at(0).place.to_string() == "t.yaml:1:6");
  CHECK(built.diagnostics[1].message == "`sertraline` names both `opioid` (class) and `sertraline` (drug)");
}

TEST_CASE("building 1,200 concepts in 40 layers is right at the edges of the bit rows") {
  Small small;
  ConceptId above = small.cns;
  std::vector<ConceptId> all;
  for (int i = 0; i < 1200; ++i) {
    const auto kind = i % 30 == 0 ? ConceptKind::drug_class : ConceptKind::ingredient;
    const auto added = small.add("x" + std::to_string(i), kind, {above});
    if (kind == ConceptKind::drug_class) above = added;
    all.push_back(added);
  }
  const auto t = small.build();
  CHECK(t->membership(all[1199], all[0]) == Truth::yes);
  CHECK(t->membership(all[1199], small.cns) == Truth::yes);
  CHECK(t->membership(all[31], all[60]) == Truth::open);
  CHECK(t->path(all[1199], all[0]).size() == 41);
  CHECK(t->ingredients_in(all[1170]).size() == 29);
}

TEST_CASE("SHA-256 of the standard's own examples") {
  using detail::sha256_hex;
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(detail::Sha256().add("a").add("").add("bc").hex() == sha256_hex("abc"));
}

#include "dosage/words.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace theriac::grammar::dosage {
namespace {

// Words → canonical, one row a canonical word.
struct Row {
  std::string_view canonical;
  std::vector<std::string_view> words;
};

template <class Value>
class Phrases {
 public:
  void add(std::string_view phrase, Value value) {
    std::size_t words = 1;
    for (const char c : phrase) words += c == ' ' ? 1 : 0;
    longest_ = std::max(longest_, words);
    phrases_.emplace(std::string(phrase), std::move(value));
  }
  Match<Value> longest(const std::vector<Token>& tokens, std::size_t at) const {
    Match<Value> best;
    std::string phrase;
    std::size_t words = 0;
    for (std::size_t i = at; i < tokens.size() && words < longest_; ++i) {
      const auto& token = tokens[i];
      if (token.kind == Token::Kind::sign) {
        if (words == 0 || token.text != "-" || !token.glued) break;
        continue;
      }
      if (words > 0) phrase += ' ';
      phrase += token.text;
      ++words;
      if (const auto found = phrases_.find(phrase); found != phrases_.end()) best = {&found->second, i + 1};
    }
    return best;
  }

 private:
  std::map<std::string, Value, std::less<>> phrases_;
  std::size_t longest_ = 0;
};

Phrases<std::string_view> from_rows(const std::vector<Row>& rows) {
  Phrases<std::string_view> phrases;
  for (const auto& row : rows) {
    for (const auto word : row.words) phrases.add(word, row.canonical);
  }
  return phrases;
}

std::map<std::string_view, UnitWord> make_units() {
  std::map<std::string_view, UnitWord> units;
  const auto add = [&units](std::string_view canonical, UnitKind kind, std::vector<std::string_view> words, std::string_view form = {}) {
    for (const auto word : words) units.emplace(word, UnitWord{canonical, kind, form});
  };
  add("mg", UnitKind::amount, {"mg", "mgs", "milligram", "milligrams", "milligramme", "milligrammes"});
  add("g", UnitKind::amount, {"g", "gm", "gms", "gram", "grams", "gramme", "grammes"});
  add("mcg", UnitKind::amount, {"mcg", "mcgs", "ug", "microgram", "micrograms", "microgramme", "microgrammes", "microg"});
  add("ng", UnitKind::amount, {"ng", "nanogram", "nanograms"});
  add("kg", UnitKind::amount, {"kg"});
  add("mL", UnitKind::amount, {"ml", "mls", "cc", "millilitre", "millilitres", "milliliter", "milliliters"});
  add("L", UnitKind::amount, {"l", "litre", "litres", "liter", "liters"});
  add("unit", UnitKind::amount, {"unit", "units", "u", "unt"});
  add("IU", UnitKind::amount, {"iu"});
  add("mmol", UnitKind::amount, {"mmol", "millimole", "millimoles"});
  add("mEq", UnitKind::amount, {"meq", "milliequivalent", "milliequivalents"});
  add("%", UnitKind::amount, {"%", "percent"});
  add("m2", UnitKind::amount, {"m2", "m\xC2\xB2"});
  add("tablet", UnitKind::counted, {"tablet", "tablets", "tab", "tabs", "tabl", "caplet", "caplets", "pill", "pills"}, "tablet");
  add("capsule", UnitKind::counted, {"capsule", "capsules", "cap", "caps"}, "capsule");
  add("patch", UnitKind::counted, {"patch", "patches"}, "patch");
  add("suppository", UnitKind::counted, {"suppository", "suppositories", "supp", "supps"}, "suppository");
  add("pessary", UnitKind::counted, {"pessary", "pessaries"}, "pessary");
  add("enema", UnitKind::counted, {"enema", "enemas"}, "enema");
  add("lozenge", UnitKind::counted, {"lozenge", "lozenges"}, "lozenge");
  add("sachet", UnitKind::counted, {"sachet", "sachets", "packet", "packets"}, "sachet");
  add("drop", UnitKind::counted, {"drop", "drops", "gtt", "gtts", "drp"}, "drops");
  add("puff", UnitKind::counted, {"puff", "puffs", "inhalation", "inhalations"});
  add("actuation", UnitKind::counted, {"actuation", "actuations", "actuat"});
  add("spray", UnitKind::counted, {"spray", "sprays", "squirt", "squirts"});
  add("ampoule", UnitKind::counted, {"ampoule", "ampoules", "ampule", "ampules", "amp", "amps", "vial", "vials"});
  add("application", UnitKind::counted, {"application", "applications"});
  add("teaspoon", UnitKind::counted, {"teaspoon", "teaspoons", "tsp", "teaspoonful", "teaspoonfuls"});
  add("tablespoon", UnitKind::counted, {"tablespoon", "tablespoons", "tbsp", "tablespoonful", "tablespoonfuls"});
  add("dose", UnitKind::counted, {"dose", "doses"});
  return units;
}

const std::vector<Row>& route_rows() {
  static const std::vector<Row> rows{
      {"oral", {"po", "oral", "orally", "by mouth", "per os", "per oral", "per orally", "via mouth", "swallowed"}},
      {"sublingual", {"sl", "s l", "sublingual", "sublingually", "under the tongue", "under tongue", "subling"}},
      {"buccal", {"buccal", "buccally", "in the cheek", "oromucosal", "to the cheek"}},
      {"topical",
       {"topical", "topically", "top", "on the skin", "to the skin", "to skin", "cutaneous", "cutaneously", "to affected area",
        "to the affected area", "to affected areas", "to the affected areas", "externally", "on skin"}},
      {"transdermal", {"transdermal", "transdermally", "through the skin"}},
      {"inhaled",
       {"inh", "inhaled", "by inhalation", "via inhaler", "nebulised", "nebulized", "neb", "nebs", "via nebuliser", "via nebulizer", "by nebuliser",
        "by nebulizer", "via spacer"}},
      {"nasal",
       {"nasal", "nasally", "intranasal", "intranasally", "in the nose", "each nostril", "in each nostril", "to each nostril", "per nostril",
        "both nostrils", "in both nostrils", "into each nostril", "up each nostril"}},
      {"ophthalmic", {"ophthalmic",          "both eyes",          "in both eyes",     "to both eyes",      "into both eyes",     "each eye",
                      "in each eye",         "to each eye",        "into each eye",    "left eye",          "right eye",          "in the left eye",
                      "in the right eye",    "to the left eye",    "to the right eye", "into the left eye", "into the right eye", "in the eye",
                      "in the eyes",         "to the eye",         "to the eyes",      "in left eye",       "in right eye",       "affected eye",
                      "in the affected eye", "to the affected eye"}},
      {"otic",
       {"otic", "in the ear", "in the ears", "into the ear", "both ears", "in both ears", "left ear", "right ear", "in the left ear",
        "in the right ear", "to the ear", "into the left ear", "into the right ear", "affected ear", "into the affected ear"}},
      {"rectal", {"rectal", "rectally", "per rectum", "via rectum"}},
      {"vaginal", {"pv", "vaginal", "vaginally", "per vaginam", "intravaginal", "intravaginally"}},
      {"subcutaneous", {"sc", "sq", "subcut", "subcutaneous", "subcutaneously", "sub cut", "subq", "sub q", "s c", "under the skin"}},
      {"intramuscular", {"im", "i m", "intramuscular", "intramuscularly", "into the muscle"}},
      {"intravenous", {"iv", "i v", "intravenous", "intravenously", "ivi", "ivpb", "iv push", "iv infusion", "by vein"}},
      {"epidural", {"epidural", "epidurally"}},
      {"intrathecal", {"intrathecal", "intrathecally"}},
      {"intra-articular", {"intra articular", "intraarticular", "into the joint", "into the knee", "into the shoulder"}},
      {"feeding tube",
       {"feeding tube", "via feeding tube", "by feeding tube", "ng", "via ng", "via ng tube", "ng tube", "nasogastric", "via nasogastric tube",
        "via peg", "via peg tube", "peg tube", "enterally", "by tube", "via tube", "per tube", "through the feeding tube"}},
      {"oral rinse", {"rinse and spit", "as a mouthwash", "gargle"}}};
  return rows;
}

const std::vector<Row>& release_rows() {
  static const std::vector<Row> rows{
      {"extended release", {"extended release", "er", "xr", "xl", "sr", "la", "sustained release", "slow release", "retard", "long acting", "xt"}},
      {"modified release", {"modified release", "mr", "prolonged release", "pr tablet", "pr tablets", "pr capsule", "pr capsules"}},
      {"controlled release", {"controlled release", "cr"}},
      {"immediate release", {"immediate release", "ir"}},
      {"delayed release", {"delayed release", "dr"}},
      {"enteric coated", {"enteric coated", "ec", "gastro resistant", "e c"}},
      {"orally disintegrating tablet",
       {"orally disintegrating tablet", "orally disintegrating", "orodispersible", "orodispersible tablet", "odt", "oral dispersible",
        "disintegrating", "disintegrating oral tablet"}}};
  return rows;
}

const std::vector<Row>& form_rows() {
  static const std::vector<Row> rows{
      {"tablet", {"tablet", "tablets", "tab", "tabs", "caplet", "caplets", "pill", "pills", "oral tablet", "oral tablets"}},
      {"capsule", {"capsule", "capsules", "cap", "caps", "oral capsule", "oral capsules"}},
      {"chewable tablet", {"chewable tablet", "chewable tablets", "chewable"}},
      {"sublingual tablet", {"sublingual tablet", "sublingual tablets"}},
      {"effervescent tablet", {"effervescent tablet", "effervescent tablets", "effervescent", "soluble tablet", "soluble tablets"}},
      {"patch", {"patch", "patches", "transdermal patch", "transdermal patches", "skin patch", "transdermal system"}},
      {"medicated plaster", {"medicated plaster", "medicated plasters", "plaster", "plasters"}},
      {"gel", {"gel", "topical gel"}},
      {"oral gel", {"oral gel", "oromucosal gel", "mouth gel"}},
      {"cream", {"cream", "topical cream"}},
      {"vaginal cream", {"vaginal cream"}},
      {"ointment", {"ointment", "oint", "topical ointment"}},
      {"eye ointment", {"eye ointment", "ophthalmic ointment"}},
      {"lotion", {"lotion"}},
      {"foam", {"foam"}},
      {"shampoo", {"shampoo"}},
      {"drops", {"drops"}},
      {"eye drops", {"eye drops", "eye drop", "ophthalmic drops", "ophthalmic solution", "eyedrops"}},
      {"ear drops", {"ear drops", "ear drop", "otic solution", "otic drops"}},
      {"oral drops", {"oral drops"}},
      {"nasal spray", {"nasal spray", "nose spray", "nasal sprays"}},
      {"nasal drops", {"nasal drops", "nose drops"}},
      {"spray", {"spray"}},
      {"sublingual spray", {"sublingual spray"}},
      {"solution", {"solution", "soln", "liquid"}},
      {"oral solution", {"oral solution", "oral liquid", "syrup", "elixir", "linctus"}},
      {"topical solution", {"topical solution"}},
      {"suspension", {"suspension", "susp", "oral suspension"}},
      {"injection",
       {"injection", "inj", "injectable", "injectable solution", "injection solution", "prefilled syringe", "pre filled syringe", "auto injector",
        "autoinjector"}},
      {"depot injection", {"depot", "depot injection", "long acting injection", "lai"}},
      {"infusion", {"infusion", "ivf"}},
      {"pen", {"pen", "pens", "pen injector"}},
      {"suppository", {"suppository", "suppositories", "supp", "rectal suppository"}},
      {"enema", {"enema", "enemas"}},
      {"pessary", {"pessary", "pessaries", "vaginal tablet", "vaginal suppository"}},
      {"vaginal ring", {"vaginal ring"}},
      {"intrauterine system", {"intrauterine system", "intrauterine device", "iud", "ius"}},
      {"implant", {"implant", "drug implant", "implants"}},
      {"inhaler",
       {"inhaler", "inhalers", "mdi", "metered dose inhaler", "dpi", "dry powder inhaler", "hfa", "accuhaler", "evohaler", "turbohaler", "respimat"}},
      {"nebuliser solution", {"nebuliser solution", "nebulizer solution", "nebules", "inhalation solution"}},
      {"lozenge", {"lozenge", "lozenges"}},
      {"sachet", {"sachet", "sachets", "granules"}},
      {"powder", {"powder"}},
      {"mouthwash", {"mouthwash"}}};
  return rows;
}

}  // namespace

const UnitWord* find_unit(std::string_view word) {
  static const auto units = make_units();
  const auto found = units.find(word);
  return found == units.end() ? nullptr : &found->second;
}

std::string_view time_unit(std::string_view word) {
  static const std::map<std::string_view, std::string_view> units{
      {"min", "minute"}, {"mins", "minute"}, {"minute", "minute"}, {"minutes", "minute"},
      {"h", "hour"},     {"hr", "hour"},     {"hrs", "hour"},      {"hour", "hour"},
      {"hours", "hour"}, {"d", "day"},       {"day", "day"},       {"days", "day"},
      {"24h", "day"},    {"w", "week"},      {"wk", "week"},       {"wks", "week"},
      {"week", "week"},  {"weeks", "week"},  {"month", "month"},   {"months", "month"},
      {"mth", "month"},  {"mths", "month"},  {"mo", "month"},      {"year", "year"},
      {"years", "year"}, {"yr", "year"},     {"yrs", "year"},      {"fortnight", "fortnight"}};
  const auto found = units.find(word);
  return found == units.end() ? std::string_view{} : found->second;
}

Match<std::string_view> route_phrase(const std::vector<Token>& tokens, std::size_t at) {
  static const auto phrases = from_rows(route_rows());
  return phrases.longest(tokens, at);
}

Match<std::string_view> form_phrase(const std::vector<Token>& tokens, std::size_t at) {
  static const auto phrases = [] {
    auto all = release_rows();
    all.insert(all.end(), form_rows().begin(), form_rows().end());
    return from_rows(all);
  }();
  return phrases.longest(tokens, at);
}

Match<std::string_view> manner_phrase(const std::vector<Token>& tokens, std::size_t at) {
  static const auto phrases = from_rows({{"manner",
                                          {"with plenty of water",
                                           "with a full glass of water",
                                           "with a glass of water",
                                           "with water",
                                           "in water",
                                           "swallow",
                                           "swallow whole",
                                           "swallowed whole",
                                           "whole",
                                           "do not crush",
                                           "do not chew",
                                           "do not crush or chew",
                                           "shake well",
                                           "sig",
                                           "sip",
                                           "slowly",
                                           "tablet s",
                                           "tab s",
                                           "capsule s",
                                           "change",
                                           "chewed",
                                           "dissolved",
                                           "dissolve",
                                           "via syringe driver",
                                           "via syringe pump",
                                           "syringe driver",
                                           "continuous",
                                           "continuously"}}});
  return phrases.longest(tokens, at);
}

Match<std::string_view> as_needed_phrase(const std::vector<Token>& tokens, std::size_t at) {
  static const auto phrases =
      from_rows({{"prn",
                  {"prn", "as needed", "as required", "as reqd", "if needed", "if required", "when needed", "when required", "if necessary",
                   "when necessary", "as necessary", "sos", "pro re nata", "on demand", "only if needed", "only when needed"}}});
  return phrases.longest(tokens, at);
}

}  // namespace theriac::grammar::dosage

// Diplotypes ("*1/*4", "*1x2/*4", "*36+*10/*1") and phenotypes in words → the states of the gene. What a table does not know leaves every phenotype
// possible that the known part allows, and is said. Order of the two alleles does not matter.
#include "facts/names.hpp"
#include "facts/states.hpp"
#include "facts/understand.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

const Kinds condition_kind{NameKind::condition};
const Rational highest_score{1000};

Rational sum(const Rational& a, const Rational& b) { return add(a, b).value_or(highest_score); }

bool same_name(std::string_view a, std::string_view b) { return normalise(a) == normalise(b); }

const Gene* gene_named(std::string_view name, const Terminology& terminology) {
  for (const auto& gene : terminology.data().genes) {
    if (same_name(gene.name, name)) return &gene;
    if (std::any_of(gene.synonyms.begin(), gene.synonyms.end(), [&](const std::string& other) { return same_name(other, name); })) return &gene;
  }
  return nullptr;
}

bool has_no_result(std::string_view text) {
  return is_any(text, {"unknown", "not known", "?", "pending", "awaited", "indeterminate", "inconclusive", "no call", "failed"});
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const auto end = text.find(at, begin);
    parts.push_back(trimmed(text.substr(begin, end == std::string_view::npos ? end : end - begin)));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

// One of the two: what it does, as far as the table says.
struct Haplotype {
  Rational low{0};
  Rational high{0};
  std::string function;
};

struct Copies {
  std::string_view of;
  std::optional<std::int64_t> low;  // none: no such suffix
  bool more = false;                // "xN", "x≥3"
};

// "*2x2", "*2xN", "*1x≥3", "*1×2"
Copies copies_of(std::string_view allele) {
  auto at = allele.find_last_of("xX");
  std::size_t length = 1;
  if (at == std::string_view::npos) {
    at = allele.find("\u00D7");
    length = std::string_view("\u00D7").size();
  }
  if (at == std::string_view::npos || at == 0) return {allele, std::nullopt, false};
  auto count = trimmed(allele.substr(at + length));
  Copies copies{trimmed(allele.substr(0, at)), std::nullopt, false};
  if (count == "N" || count == "n") return {copies.of, 2, true};
  for (const std::string_view sign : {"\u2265", ">="}) {
    if (count.substr(0, sign.size()) != sign) continue;
    count = trimmed(count.substr(sign.size()));
    copies.more = true;
  }
  if (count.size() != 1 || count[0] < '1' || count[0] > '9') return {allele, std::nullopt, false};
  copies.low = count[0] - '0';
  return copies;
}

class Genotype {
 public:
  Genotype(const GenotypeEntry& entry, const Gene& gene, const Terminology& terminology, Facts& facts)
      : entry_(entry), gene_(gene), terminology_(terminology), facts_(facts) {}

  void read() {
    auto text = trimmed(entry_.result.text);
    if (text.size() > gene_.name.size() && same_name(text.substr(0, gene_.name.size()), gene_.name)) text = trimmed(text.substr(gene_.name.size()));
    const auto bracket = text.find('(');
    const auto remark = bracket == std::string_view::npos || bracket == 0 ? "" : trimmed(text.substr(bracket + 1, text.find(')') - bracket - 1));
    if (!remark.empty()) text = trimmed(text.substr(0, bracket));
    if (has_no_result(text)) return all_possible();
    if (const auto* phenotype = phenotype_named(text)) {
      settle({phenotype});
    } else if (!carried(text)) {
      diplotype(text);
    }
    if (!remark.empty()) compare(remark);
  }

 private:
  using Phenotypes = std::vector<const Gene::Phenotype*>;

  void refuse(std::string reason) {
    facts_.not_understood.push_back({"genotype", entry_.gene.text + " " + entry_.result.text, std::move(reason), entry_.result.at.to_string()});
  }

  void state(const Gene::Phenotype& phenotype, Truth truth) {
    facts_.conditions.push_back({phenotype.state, truth, std::nullopt, gene_.name + " " + entry_.result.text, entry_.result.at});
  }

  void all_possible() {
    for (const auto& phenotype : gene_.phenotypes) state(phenotype, Truth::possible);
  }

  // One: the patient has it. Several: one of them, not known which. The others are ruled out.
  void settle(const Phenotypes& found) {
    for (const auto& phenotype : gene_.phenotypes) {
      const auto holds_one = [&](const Gene::Phenotype* each) { return terminology_.is_kind_of(each->state, phenotype.state); };
      const bool may = std::any_of(found.begin(), found.end(), holds_one);
      if (!may) state(phenotype, Truth::no);
      if (std::find(found.begin(), found.end(), &phenotype) != found.end()) state(phenotype, found.size() == 1 ? Truth::yes : Truth::possible);
    }
  }

  const Gene::Phenotype* phenotype_named(std::string_view text) const {
    const auto name = exactly(gene_.name + " " + std::string(text), condition_kind, terminology_);
    for (const auto& phenotype : gene_.phenotypes) {
      if (name && index(phenotype.state) == name->id && phenotype.carries.empty()) return &phenotype;
    }
    return nullptr;
  }

  // ---- alleles that are there or not (HLA)
  bool carried(std::string_view text) {
    if (std::all_of(gene_.phenotypes.begin(), gene_.phenotypes.end(), [](const Gene::Phenotype& each) { return each.carries.empty(); })) return false;
    bool absent = false, present = false;
    for (const std::string_view word : {"negative", "absent", "not detected", "positive", "present", "carrier", "detected"}) {
      if (text.size() <= word.size() || lower(text.substr(text.size() - word.size())) != word) continue;
      text = trimmed(text.substr(0, text.size() - word.size()));
      absent = word == "negative" || word == "absent" || word == "not detected";
      present = !absent;
      break;
    }
    const auto alleles = split(text, '/');
    const bool named = std::all_of(alleles.begin(), alleles.end(), [](std::string_view each) { return each.substr(0, 1) == "*" && each.size() > 1; });
    if (!named || alleles.size() > 2 || (absent && alleles.size() > 1)) {
      refuse("write both alleles, as in *57:01/*08:01, or one with positive or negative");
      all_possible();
      return true;
    }
    const bool whole = alleles.size() == 2 && !present;
    for (const auto& phenotype : gene_.phenotypes) carry(phenotype, alleles, absent, whole);
    return true;
  }

  void carry(const Gene::Phenotype& phenotype, const std::vector<std::string_view>& alleles, bool absent, bool whole) {
    const auto among = [&](auto fits) {
      return std::any_of(alleles.begin(), alleles.end(), [&](std::string_view allele) {
        return std::any_of(phenotype.carries.begin(), phenotype.carries.end(), [&](const std::string& wanted) { return fits(allele, wanted); });
      });
    };
    const auto finer = [](std::string_view allele, std::string_view than) {
      return allele == than || allele.substr(0, than.size() + 1) == std::string(than) + ":";
    };
    if (among(finer)) return state(phenotype, absent ? Truth::no : Truth::yes);
    if (absent) return;
    if (among([&](std::string_view allele, std::string_view wanted) { return finer(wanted, allele); })) return state(phenotype, Truth::possible);
    if (whole) state(phenotype, Truth::no);
  }

  // ---- two alleles
  void diplotype(std::string_view text) {
    auto parts = split(text, '/');
    if (parts.size() == 1) parts = split(text, '|');
    if (parts.size() == 1 && text.size() == 2) parts = {text.substr(0, 1), text.substr(1, 1)};  // "GA"
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
      refuse("write both alleles, as in *1/*4, or the phenotype");
      return all_possible();
    }
    const bool scored =
        std::any_of(gene_.phenotypes.begin(), gene_.phenotypes.end(), [](const Gene::Phenotype& each) { return each.score.has_value(); });
    bool known = true;
    std::vector<Haplotype> two;
    for (const auto part : parts) {
      auto haplotype = scored ? scored_haplotype(part) : named_haplotype(part);
      known = known && haplotype.has_value();
      two.push_back(haplotype.value_or(Haplotype{Rational{0}, highest_score, {}}));
    }
    if (scored) return by_score(two[0], two[1]);
    if (!known) return all_possible();
    by_pair(two[0].function, two[1].function);
  }

  const Gene::Allele* allele(std::string_view name) const {
    const auto at = std::find_if(gene_.alleles.begin(), gene_.alleles.end(), [&](const Gene::Allele& each) {
      return each.name == name || (each.name.substr(0, 1) == "*" && each.name.substr(1) == name);
    });
    return at == gene_.alleles.end() ? nullptr : &*at;
  }

  void unknown_allele(std::string_view name) {
    refuse("what allele " + std::string(name) + " does is not established in the table of " + gene_.name);
  }

  std::optional<Haplotype> named_haplotype(std::string_view name) {
    if (const auto* known = allele(name)) return Haplotype{Rational{0}, Rational{0}, known->function};
    unknown_allele(name);
    return std::nullopt;
  }

  // Genes that lie side by side add up, and so do their copies.
  std::optional<Haplotype> scored_haplotype(std::string_view text) {
    if (const auto* known = allele(text); known && known->activity) return Haplotype{*known->activity, *known->activity, {}};
    Haplotype all;
    for (const auto part : split(text, '+')) {
      const auto copies = copies_of(part);
      const auto* known = allele(copies.of);
      if (!known || !known->activity) {
        unknown_allele(part);
        return std::nullopt;
      }
      const auto low = multiply(*known->activity, Rational{copies.low.value_or(1)}).value_or(highest_score);
      all.low = sum(all.low, low);
      all.high = sum(all.high, copies.more && *known->activity > Rational{0} ? highest_score : low);
    }
    return all;
  }

  void by_score(const Haplotype& a, const Haplotype& b) {
    const auto low = sum(a.low, b.low), high = std::min(sum(a.high, b.high), highest_score);
    Phenotypes found;
    for (const auto& phenotype : gene_.phenotypes) {
      if (phenotype.score && phenotype.score->first <= high && low <= phenotype.score->second) found.push_back(&phenotype);
    }
    if (!found.empty()) return settle(found);
    refuse("the table of " + gene_.name + " has no phenotype for an activity score of " + low.to_string());
    all_possible();
  }

  void by_pair(const std::string& a, const std::string& b) {
    const std::pair one(a, b), other(b, a);
    for (const auto& phenotype : gene_.phenotypes) {
      const auto& pairs = phenotype.pairs;
      if (std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair == one || pair == other; })) return settle({&phenotype});
    }
    refuse("the table of " + gene_.name + " has no phenotype for " + a + " with " + b);
    all_possible();
  }

  // "*4/*4 (poor metabolizer)": the words beside the alleles must not say something else.
  void compare(std::string_view remark) {
    const auto* named = phenotype_named(remark);
    if (!named) return refuse("`" + std::string(remark) + "` is not read; the alleles are");
    const auto fits = [&](const ConditionFact& fact) { return fact.truth == Truth::yes && terminology_.is_kind_of(fact.what, named->state); };
    if (std::any_of(facts_.conditions.begin(), facts_.conditions.end(), fits)) return;
    refuse("the alleles and the phenotype beside them do not agree by the table of " + gene_.name + "; the alleles count");
  }

  const GenotypeEntry& entry_;
  const Gene& gene_;
  const Terminology& terminology_;
  Facts& facts_;
};

// `HLA-B*57:01: positive`: the allele itself as the name.
bool read_as_state(const GenotypeEntry& entry, const Terminology& terminology, Facts& facts) {
  const auto name = exactly(entry.gene.text, condition_kind, terminology);
  if (!name || !terminology.data().conditions[name->id].genetic) return false;
  const auto& text = entry.result.text;
  const bool yes = is_any(text, {"positive", "true", "yes", "present", "detected", "carrier"});
  const bool no = is_any(text, {"negative", "false", "no", "absent", "not detected", "none"});
  if (!yes && !no && !has_no_result(text))
    facts.not_understood.push_back({"genotype", entry.gene.text + " " + text, "write positive, negative or unknown", entry.result.at.to_string()});
  const auto truth = yes ? Truth::yes : no ? Truth::no : Truth::possible;
  facts.conditions.push_back({make_id<ConditionId>(name->id), truth, std::nullopt, entry.gene.text + " " + text, entry.result.at});
  return true;
}

}  // namespace

void understand_genotypes(const Patient& patient, const Terminology& terminology, Facts& facts) {
  for (const auto& entry : patient.genotypes) {
    if (const auto* gene = gene_named(entry.gene.text, terminology)) {
      Genotype(entry, *gene, terminology, facts).read();
    } else if (!read_as_state(entry, terminology, facts)) {
      facts.not_understood.push_back({"genotype", entry.gene.text + " " + entry.result.text, "no such gene here", entry.gene.at.to_string()});
    }
  }
}

std::optional<GenotypeEntry> genotype_in(std::string_view text, const grammar::Place& at, const Terminology& terminology) {
  const auto end = text.find_first_of(" *");
  if (end == std::string_view::npos || !gene_named(text.substr(0, end), terminology)) return std::nullopt;
  return GenotypeEntry{{std::string(text.substr(0, end)), at}, {std::string(trimmed(text.substr(end))), at}};
}

}  // namespace theriac::detail

#include "item.hpp"

#include <algorithm>
#include <array>

namespace theriac::fhir {
namespace {

const yaml::Node* value_of(const yaml::Node* node, std::string_view key) {
  const auto* found = node == nullptr ? nullptr : node->find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Item Item::operator[](std::string_view key) const {
  const auto* found = value_of(node_, key);
  if (found == nullptr) return {};
  return {resource_, found, way_ + "." + std::string(key)};
}

std::vector<Item> Item::each(std::string_view key) const { return (*this)[key].elements(); }

std::vector<Item> Item::elements() const {
  std::vector<Item> result;
  if (node_ == nullptr) return result;
  if (!node_->is_sequence()) return {*this};
  for (std::size_t i = 0; i < node_->items.size(); ++i) {
    if (!node_->items[i].is_null()) result.push_back(Item{resource_, &node_->items[i], way_ + "[" + std::to_string(i) + "]"});
  }
  return result;
}

std::optional<When> date_of(const Item& item) {
  auto text = item.text();
  const auto time = text.find('T');
  if (time != std::string::npos) {
    const auto rest = text.find_first_of(".+-Z", time);
    if (rest != std::string::npos) text.resize(rest);
    if (text.size() - time == 9) text.resize(time + 6);  // seconds
  }
  return parse_date(text);
}

std::string decimal_of(const Item& item) {
  auto text = item.text();
  std::string digits, sign;
  std::size_t at = 0;
  if (at < text.size() && text[at] == '-') sign = text[at++];
  long point = -1, exponent = 0;
  for (; at < text.size() && (is_digit(text[at]) || text[at] == '.'); ++at) {
    if (text[at] == '.')
      point = static_cast<long>(digits.size());
    else
      digits += text[at];
  }
  if (digits.empty() || digits.size() > 60) return {};
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const auto power = text.substr(at + 1);
    if (power.empty() || power.size() > 3 || power.find_first_not_of("+-0123456789") != std::string::npos) return {};
    exponent = std::strtol(power.c_str(), nullptr, 10);
    at = text.size();
  }
  if (at != text.size()) return {};
  if (point < 0) point = static_cast<long>(digits.size());
  point += exponent;
  if (point < -12 || point > 24) return {};
  while (point <= 0) digits.insert(0, 1, '0'), ++point;
  while (static_cast<long>(digits.size()) < point) digits += '0';
  // Twelve significant digits, the rest rounded half up; whole digits are never cut.
  const auto first = digits.find_first_not_of('0');
  const auto keep = std::max<std::size_t>(static_cast<std::size_t>(point), (first == std::string::npos ? 0 : first) + 12);
  if (digits.size() > keep) {
    const bool up = digits[keep] >= '5';
    digits.resize(keep);
    for (auto i = keep; up && i-- > 0;) {
      if (digits[i] != '9') {
        ++digits[i];
        break;
      }
      digits[i] = '0';
      if (i == 0) digits.insert(0, 1, '1'), ++point;
    }
  }
  auto whole = digits.substr(0, static_cast<std::size_t>(point)), fraction = digits.substr(static_cast<std::size_t>(point));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  if (text.size() > 14) fraction.erase(std::min(fraction.find_last_not_of('0') + 1, fraction.size()));
  return sign + whole + (fraction.empty() ? "" : "." + fraction);
}

std::vector<Coding> codings_of(const Item& concept_item) {
  std::vector<Coding> result;
  for (const auto& coding : concept_item.each("coding")) result.push_back({coding["system"].text(), coding["code"].text(), coding["display"].text()});
  return result;
}

bool has_code(const Item& concept_item, std::string_view system_ends, std::initializer_list<std::string_view> codes) {
  for (const auto& coding : concept_item.each("coding")) {
    const auto system = coding["system"].text();
    const bool same = system.empty() || (system.size() >= system_ends.size() && system.ends_with(system_ends));
    if (same && std::find(codes.begin(), codes.end(), std::string_view(coding["code"].text())) != codes.end()) return true;
  }
  return false;
}

Item words_of(const Item& concept_item) {
  if (concept_item["text"].is_text()) return concept_item["text"];
  for (const auto* key : {"display", "code"}) {
    for (const auto& coding : concept_item.each("coding")) {
      if (coding[key].is_text()) return coding[key];
    }
  }
  return {};
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string shown_code(const Coding& coding) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> names = {{
      {rxnorm, "RxNorm"},
      {loinc, "LOINC"},
      {snomed, "SNOMED CT"},
      {"http://hl7.org/fhir/sid/ndc", "NDC"},
      {"http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM"},
      {"http://hl7.org/fhir/sid/icd-10", "ICD-10"},
      {"http://www.whocc.no/atc", "ATC"},
  }};
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.first == coding.system; });
  const auto system = found == names.end() ? coding.system : std::string(found->second);
  return system.empty() ? coding.code : system + " " + coding.code;
}

}  // namespace theriac::fhir

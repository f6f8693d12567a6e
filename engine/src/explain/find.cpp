#include "report/utf8.hpp"
#include "theriac/report.hpp"

#include <algorithm>

namespace theriac {
namespace {

using Found = std::vector<const Finding*>;

std::string folded_case(std::string_view text) {
  std::string out;
  detail::for_each_point(text, [&](char32_t point, std::string_view bytes) {
    if (point < 0x80 && point >= U'A' && point <= U'Z')
      out += static_cast<char>(point + 32);
    else
      out += bytes;
  });
  while (!out.empty() && out.back() == ' ') out.pop_back();
  while (!out.empty() && out.front() == ' ') out.erase(out.begin());
  return out;
}

template <class Fits>
Found select(const Screening& screening, Fits fits) {
  Found out;
  for (const auto* list : {&screening.findings, &screening.undecided, &screening.folded, &screening.open}) {
    for (const auto& finding : *list) {
      if (fits(finding)) out.push_back(&finding);
    }
  }
  return out;
}

// A group's number means its findings.
Found by_group(const Screening& screening, std::string_view ref) {
  for (const auto& group : screening.groups) {
    if (group.ref != ref) continue;
    return select(screening, [&](const Finding& finding) {
      return std::find(group.findings.begin(), group.findings.end(), finding.id) != group.findings.end();
    });
  }
  return {};
}

std::vector<std::string> drug_names(std::string_view what) {
  std::vector<std::string> out;
  while (!what.empty()) {
    const auto end = what.find_first_of(",+");
    if (auto name = folded_case(what.substr(0, end)); !name.empty()) out.push_back(std::move(name));
    if (end == std::string_view::npos) break;
    what.remove_prefix(end + 1);
  }
  return out;
}

// The ingredient, the list's whole word for it ("clonazepam (klonopin)") or what stands in its brackets.
bool names_drug(const Finding& finding, const std::string& name) {
  if (std::find(finding.drugs.begin(), finding.drugs.end(), name) != finding.drugs.end()) return true;
  return std::any_of(finding.shown.begin(), finding.shown.end(), [&](const std::string& shown) {
    const auto word = folded_case(shown);
    return word == name || word.ends_with("(" + name + ")");
  });
}

Found by_drugs(const Screening& screening, std::string_view what) {
  const auto names = drug_names(what);
  if (names.empty()) return {};
  const auto all = select(screening, [&](const Finding& finding) {
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) { return names_drug(finding, name); });
  });
  Found exact;
  std::copy_if(all.begin(), all.end(), std::back_inserter(exact),
               [&](const Finding* finding) { return finding->drugs.size() == names.size() && names.size() > 1; });
  return exact.empty() ? all : exact;
}

}  // namespace

std::vector<const Finding*> find_findings(const Screening& screening, std::string_view what) {
  const auto name = folded_case(what);
  if (name.empty()) return {};
  auto found = select(screening, [&](const Finding& finding) { return !finding.ref.empty() && finding.ref == name; });
  if (found.empty()) found = by_group(screening, name);
  if (found.empty())
    found = select(screening, [&](const Finding& finding) {
      return finding.id == name || (name.size() >= 6 && name.starts_with("f-") && finding.id.starts_with(name));
    });
  if (found.empty()) found = select(screening, [&](const Finding& finding) { return folded_case(finding.rule) == name; });
  if (found.empty())
    found = select(screening, [&](const Finding& finding) {
      return std::any_of(finding.also.begin(), finding.also.end(), [&](const auto& rule) { return folded_case(rule) == name; });
    });
  if (found.empty()) found = by_drugs(screening, name);
  return found;
}

}  // namespace theriac

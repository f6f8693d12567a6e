// A page for the person who takes the medicines: plain words, and what to ask. It says what to speak about and never what to leave out.
#include "html/parts.hpp"
#include "report/phrases.hpp"
#include "report/utf8.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace theriac::detail {
namespace {

using Names = std::vector<std::string>;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string join_and(const Names& names) {
  if (names.size() < 2) return join(names, "");
  return join({names.begin(), names.end() - 1}, ", ") + " and " + names.back();
}

// Findings that a patient is told of, the worst first.
std::vector<const Finding*> told_to_patient(const Screening& screening) {
  std::vector<const Finding*> out;
  for (const auto& finding : screening.findings) {
    if (finding.severity >= Severity::moderate || finding.severity == Severity::unrated) out.push_back(&finding);
  }
  return out;
}

constexpr std::string_view ask_of_one = "Ask what this medicine means for you.";
constexpr std::string_view ask_of_several = "Ask what these mean for you when they are taken together.";

// "Do not take your statin": right when the pharmacist says it, and not before. "Stop this medicine and call us at once if you get a rash" must not
// wait for a talk.
bool tells_to_leave_out(std::string_view sentence) {
  constexpr std::array<std::string_view, 3> orders = {"Do not take ", "Never take ", "Stop "};
  constexpr std::array<std::string_view, 5> bounded = {"Do not take more", " before ", " without ", " unless ", " if you "};
  return std::any_of(orders.begin(), orders.end(), [&](auto order) { return sentence.starts_with(order); }) &&
         std::none_of(bounded.begin(), bounded.end(), [&](auto words) { return sentence.find(words) != std::string_view::npos; });
}

// The rule's words, sentence by sentence; what would change the treatment is put behind a talk.
std::string with_talk_first(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(". ", at), text.size() - 1) + 1;
    const auto sentence = text.substr(at, end - at);
    out += (out.empty() ? "" : " ") + (tells_to_leave_out(sentence) ? "Speak to your pharmacist about this first: \"" + sentence + "\"" : sentence);
    at = std::min(end + 1, text.size());
  }
  return out;
}

struct Point {
  std::string text;
  std::vector<Names> of;  // sets of drugs that it is said of
};

// The same words are said once; those that only say to ask come last.
std::vector<Point> points_of(const std::vector<const Finding*>& findings) {
  std::vector<Point> out;
  for (const auto* finding : findings) {
    const auto drugs = shown_drugs(finding->shown, finding->drugs);
    const auto text = !finding->patient_text.empty() ? with_talk_first(printable(finding->patient_text))
                                                     : std::string(drugs.size() == 1 ? ask_of_one : ask_of_several);
    auto same = std::find_if(out.begin(), out.end(), [&](const Point& each) { return each.text == text; });
    if (same == out.end()) same = out.insert(out.end(), Point{text, {}});
    if (std::find(same->of.begin(), same->of.end(), drugs) == same->of.end()) same->of.push_back(drugs);
  }
  std::stable_partition(out.begin(), out.end(), [](const Point& point) { return point.text != ask_of_one && point.text != ask_of_several; });
  return out;
}

std::string html_points(const std::vector<const Finding*>& findings) {
  if (findings.empty()) return {};
  std::string out = "<h3>To talk about</h3>\n<ul>\n";
  for (const auto& point : points_of(findings)) {
    Names sets;
    for (const auto& drugs : point.of) sets.push_back(join_and(drugs));
    const auto who = join(sets, "; ");
    out += fmt::format("<li>{}{}</li>\n", who.empty() ? "" : fmt::format("<strong>{}:</strong> ", escape_markup(capital(who))),
                       escape_markup(point.text));
  }
  return out + "</ul>\n";
}

// What the advice of the findings comes to, as questions of a patient.
class Questions {
 public:
  Questions(const Screening& screening, const std::vector<const Finding*>& findings) {
    for (const auto& entry : screening.coverage.screened) medicines_.insert(entry.ingredients.begin(), entry.ingredients.end());
    for (const auto* finding : findings) {
      for (const auto& action : finding->actions) add(*finding, action);
    }
  }

  Names ask() const {
    Names out;
    if (!change_.empty()) out.push_back(fmt::format("Do I still need {}, and is the dose right for me?", join_and(change_)));
    if (!more_.empty()) out.push_back(fmt::format("Would this help to protect me: {}?", join_or(more_)));
    for (const auto& names : apart_) out.push_back(fmt::format("How many hours apart should I take {}?", join_and(names)));
    for (const auto& names : later_) out.push_back(fmt::format("When may I begin {}?", join_and(names)));
    if (checks_) out.emplace_back("Which checks or blood tests do I need, and when?");
    out.emplace_back("What should I look out for, and when should I get help at once?");
    return out;
  }

 private:
  static void once(Names& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  void add(const Finding& finding, const ActionAdvice& action) {
    Names names;
    for (const auto& drug : action.drugs) names.push_back(shortened(shown_as(finding, drug), 60));
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool taken = medicines_.contains(action.drugs[i]);
      if (is_one_of(action.verb, {"avoid", "stop", "taper", "reduce", "switch"}) && taken) once(change_, names[i]);
      if (is_one_of(action.verb, {"start", "give"}) && !taken) once(more_, names[i]);
    }
    if (action.verb == "separate" && names.size() > 1 && std::find(apart_.begin(), apart_.end(), names) == apart_.end()) apart_.push_back(names);
    if (action.verb == "delay" && !names.empty() && std::find(later_.begin(), later_.end(), names) == later_.end()) later_.push_back(names);
    checks_ = checks_ || is_one_of(action.verb, {"monitor", "check"});
  }

  std::set<std::string> medicines_;
  Names change_, more_;
  std::vector<Names> apart_, later_;
  bool checks_ = false;
};

std::string html_not_checked(const Screening& screening) {
  Names out;
  for (const auto& entry : screening.coverage.not_screened)
    out.push_back(fmt::format("{} could not be checked. Take the packet with you, so that they can see what is in it.", quoted(entry.text)));
  std::set<std::string> wanted;
  for (const auto& ask : screening.ask_for) {
    for (const auto& input : ask.inputs) wanted.insert(printable(input));
  }
  if (!wanted.empty())
    out.push_back(fmt::format("Some checks could not be finished because these are not known: {}. Ask whether they can be found out.",
                              join({wanted.begin(), wanted.end()}, ", ")));
  for (const auto& [check, because] : screening.coverage.not_checked) {
    if (check.starts_with("allerg")) out.emplace_back("Tell them what you are allergic to, or that you know of nothing.");
  }
  out.emplace_back(
      "Tell them of everything else that you take: from the shop, from plants, as drops, patches or creams, and what you drink and smoke.");
  return "<h3>To tell them</h3>\n" + html_list(out);
}

}  // namespace

std::string html_patient(const Screening& screening) {
  if (!screening.deceased.empty()) return {};
  const auto findings = told_to_patient(screening);
  std::string out =
      "<p class=\"first\">Do not change anything before you have spoken to your pharmacist or doctor. To leave out a medicine from one day to the "
      "next "
      "can do harm.</p>\n<p>A computer compared your medicines with a list of rules. It can be wrong, and it does not know everything about you. "
      "Take "
      "this page with you.</p>\n";
  if (findings.empty())
    out += "<p>It found nothing to talk about at once in the medicines that it could check. That does not show that they are safe together.</p>\n";
  out += html_points(findings);
  if (const auto lesser = screening.findings.size() - findings.size(); lesser > 0)
    out += fmt::format("<p>And {}: your pharmacist has {}.</p>\n", plural(lesser, "lesser point"), lesser == 1 ? "it" : "them");
  if (!findings.empty()) out += "<h3>To ask your pharmacist</h3>\n" + html_list(Questions(screening, findings).ask());
  out += html_not_checked(screening);
  return fmt::format(
      "<section class=\"patient\" id=\"patient\" aria-labelledby=\"patient-heading\">\n<h2 id=\"patient-heading\">For {}: your "
      "medicines</h2>\n{}</section>\n",
      screening.patient_id.empty() ? "the patient" : escape_markup(shortened(screening.patient_id, 80)), out);
}

}  // namespace theriac::detail

// Several resources, one course: an order, what the patient says, what was dispensed and what was given. Linked ones first; then those of different
// kinds with the same drug and route at the same time; of one kind only where drug, dose and route are the same (an order written twice), for two
// orders of one drug that differ may be a duplication or two strengths of one dose, and neither may be hidden. What never was an exposure and what is
// only proposed is merged by a link alone.
#include "medication.hpp"

#include <algorithm>
#include <numeric>

namespace theriac::fhir {
namespace {

// Who speaks first of dose and dates, where both do.
int rank(const Use& use) {
  if (use.resource->type == "MedicationRequest") return 0;
  if (use.resource->type == "MedicationStatement") return 1;
  return use.resource->type == "MedicationDispense" ? 2 : 3;
}

bool is_taking(Status status) { return status == Status::active || status == Status::to_stop; }
bool is_past(Status status) { return status == Status::stopped || status == Status::completed; }
bool is_never(Status status) { return status == Status::not_taken || status == Status::prohibited || status == Status::entered_in_error; }

bool is_over(const Use& use) { return is_past(use.entry.status); }

std::string text_of(const std::optional<Said>& said) { return said ? lower(said->text) : std::string(); }

class Merge {
 public:
  Merge(Reader& reader, std::vector<Use> uses) : reader_(reader), uses_(std::move(uses)), parent_(uses_.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  std::vector<Use> run() {
    by_links();
    by_course();
    std::vector<Use> result;
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      if (root(i) != i) continue;
      std::vector<std::size_t> members;
      for (std::size_t j = i; j < uses_.size(); ++j) {
        if (root(j) == i) members.push_back(j);
      }
      result.push_back(members.size() == 1 ? uses_[i] : one(members));
    }
    return result;
  }

 private:
  std::size_t root(std::size_t i) const {
    while (parent_[i] != i) i = parent_[i];
    return i;
  }

  void join(std::size_t a, std::size_t b) {
    const auto x = root(a), y = root(b);
    if (x != y) parent_[std::max(x, y)] = std::min(x, y);
  }

  bool same_drug(const Use& a, const Use& b) const {
    if (a.drugs.empty() || b.drugs.empty())
      return a.drugs.empty() && b.drugs.empty() && (a.code == b.code || lower(a.entry.drug.text) == lower(b.entry.drug.text));
    return a.drugs == b.drugs;
  }

  bool may_merge(const Use& a, const Use& b) const {
    return !a.of_code_and_text && !b.of_code_and_text && a.entry.status != Status::entered_in_error && b.entry.status != Status::entered_in_error &&
           a.entry.status != Status::prohibited && b.entry.status != Status::prohibited;
  }

  void by_links() {
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      for (const auto* link : uses_[i].links) {
        for (std::size_t j = 0; j < uses_.size(); ++j) {
          if (uses_[j].resource != link || j == i || !may_merge(uses_[i], uses_[j]) || !same_drug(uses_[i], uses_[j])) continue;
          join(i, j);
        }
      }
    }
  }

  When period(const Use& use) const {
    const auto from = use.entry.start ? use.entry.start->earliest : always_before;
    const bool ended = is_past(use.entry.status);
    const auto to = use.entry.stop ? use.entry.stop->latest : ended ? reader_.patient.as_of : always_after;
    return {from, to};
  }

  bool same_route(const Use& a, const Use& b) const { return !a.entry.route || !b.entry.route || text_of(a.entry.route) == text_of(b.entry.route); }

  bool same_course(const Use& a, const Use& b) const {
    if (!may_merge(a, b) || !same_drug(a, b) || !same_route(a, b)) return false;
    for (const auto* use : {&a, &b}) {
      if (is_never(use->entry.status) || use->entry.status == Status::proposed) return false;
    }
    // An order that was stopped, nobody says when, and a drug that is taken now are two courses, no contradiction.
    if (is_over(a) != is_over(b) && (is_over(a) ? rank(a) : rank(b)) <= 1) return false;
    const auto x = period(a), y = period(b);
    const bool one_day = rank(a) == 3 && rank(b) == 3;    // doses of one course, given one after another
    constexpr Minutes longest_gap = 8 * minutes_per_day;  // weekly doses are one course
    if (one_day && std::max(x.earliest - y.latest, y.earliest - x.latest) > longest_gap) return false;
    if (one_day) return is_taking(a.entry.status) == is_taking(b.entry.status) && text_of(a.entry.dose) == text_of(b.entry.dose);
    if (x.earliest > y.latest + minutes_per_day - 1 || y.earliest > x.latest + minutes_per_day - 1) return false;
    if (rank(a) != rank(b)) return true;
    const bool same_dose = text_of(a.entry.dose) == text_of(b.entry.dose) && text_of(a.entry.frequency) == text_of(b.entry.frequency);
    return same_dose && lower(a.entry.drug.text) == lower(b.entry.drug.text) && a.entry.status == b.entry.status && is_taking(a.entry.status);
  }

  void by_course() {
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      for (std::size_t j = i + 1; j < uses_.size(); ++j) {
        if (root(i) != root(j) && same_course(uses_[i], uses_[j])) join(i, j);
      }
    }
  }

  // Taken, where one says so and none of those that could know contradicts.
  void settle_status(Use& use, const std::vector<const Use*>& members) {
    const auto is_any = [&](auto fits) { return std::any_of(members.begin(), members.end(), [&](const Use* each) { return fits(*each); }); };
    const bool taking = is_any([](const Use& each) { return is_taking(each.entry.status); });
    const bool doubted = is_any([](const Use& each) {
      const auto status = each.entry.status;
      const bool tells = rank(each) <= 1;
      return tells && (is_past(status) || status == Status::held || status == Status::unknown || (status == Status::not_taken && !each.cancelled));
    });
    if (taking && doubted) {
      use.entry.status = Status::unknown;
      use.entry.remark = "the record contradicts itself: " + told(members);
      return;
    }
    constexpr Status order[] = {Status::active, Status::to_stop, Status::unknown, Status::held, Status::proposed, Status::stopped, Status::completed};
    for (const auto status : order) {
      if (!is_any([&](const Use& each) { return each.entry.status == status && !(each.cancelled && members.size() > 1); })) continue;
      use.entry.status = status;
      break;
    }
    const bool dispensed_only = use.cancelled && is_past(use.entry.status);
    if (use.cancelled) use.entry.remark = dispensed_only ? "cancelled after it was dispensed" : "";
  }

  static std::string told(const std::vector<const Use*>& members) {
    std::string result;
    for (const auto* each : members) result += (result.empty() ? "" : ", ") + each->resource->name + " " + std::string(to_string(each->entry.status));
    return result;
  }

  Use one(const std::vector<std::size_t>& indices) {
    std::vector<const Use*> members;
    for (const auto i : indices) members.push_back(&uses_[i]);
    std::stable_sort(members.begin(), members.end(), [](const Use* a, const Use* b) { return rank(*a) < rank(*b); });
    Use result = *members.front();
    std::string others;
    for (std::size_t i = 1; i < members.size(); ++i) {
      const auto& more = *members[i];
      result.entry.resources.push_back(more.resource->name);
      others += (others.empty() ? "" : ", ") + more.resource->name;
      fill(result.entry, more.entry);
      also_said(result.entry, more);
    }
    settle_status(result, members);
    settle_dates(result, members);
    reader_.assume(members.front()->resource->name + " and " + others + " are one course of " + result.entry.drug.text + ": merged");
    return result;
  }

  // Another dose than the one that was read first: both count.
  static void also_said(MedicationEntry& entry, const Use& more) {
    const bool another = text_of(more.entry.dose) != text_of(entry.dose) || text_of(more.entry.frequency) != text_of(entry.frequency);
    const bool told = more.entry.dose && (is_taking(more.entry.status) || more.entry.status == Status::unknown);
    if (told && another) entry.also_said.push_back({more.entry.text.text, more.entry.dose->at});
    entry.also_said.insert(entry.also_said.end(), more.entry.also_said.begin(), more.entry.also_said.end());
  }

  static void fill(MedicationEntry& entry, const MedicationEntry& more) {
    if (!entry.dose && entry.phases.empty()) {
      entry.dose = more.dose;
      if (!entry.frequency) entry.frequency = more.frequency;
      entry.phases = more.phases;
    }
    if (!entry.route) entry.route = more.route;
    if (!entry.form) entry.form = more.form;
    if (!entry.rxcui) entry.rxcui = more.rxcui;
    if (!entry.as_needed) entry.as_needed = more.as_needed;
    if (!entry.indication) entry.indication = more.indication;
    for (const auto& coding : more.codings) {
      const bool again = std::any_of(entry.codings.begin(), entry.codings.end(),
                                     [&](const Coding& each) { return each.system == coding.system && each.code == coding.code; });
      if (!again) entry.codings.push_back(coding);
    }
  }

  // From the first start to the last end; a supply that ran out ends nothing that is ordered.
  void settle_dates(Use& use, const std::vector<const Use*>& members) {
    auto& entry = use.entry;
    for (const auto* each : members) {
      if (each->entry.start && (!entry.start || each->entry.start->earliest < entry.start->earliest)) {
        entry.start = each->entry.start;
        entry.start_said = each->entry.start_said;
      }
      if (each->entry.last_taken && (!entry.last_taken || each->entry.last_taken->latest > entry.last_taken->latest))
        entry.last_taken = each->entry.last_taken;
    }
    const bool ordered =
        std::any_of(members.begin(), members.end(), [](const Use* each) { return rank(*each) <= 1 && is_taking(each->entry.status); });
    for (const auto* each : members) {
      const bool tells = rank(*each) <= 1 || !ordered;
      const bool later = each->entry.stop && (!entry.stop || each->entry.stop->latest > entry.stop->latest);
      if (tells && later) {
        entry.stop = each->entry.stop;
        entry.stop_said = each->entry.stop_said;
      }
    }
    if (entry.status == Status::unknown) return;
    const bool open_ended = is_taking(entry.status) && std::any_of(members.begin(), members.end(), [](const Use* each) {
                              return is_taking(each->entry.status) && !each->entry.stop;
                            });
    if (open_ended) entry.stop.reset();
  }

  Reader& reader_;
  std::vector<Use> uses_;
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<Use> merged(Reader& reader, std::vector<Use> uses) { return Merge(reader, std::move(uses)).run(); }

}  // namespace theriac::fhir

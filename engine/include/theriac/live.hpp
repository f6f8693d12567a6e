// A screening that is kept while the patient changes: one drug or one fact is added, changed or taken away, and only the rules that read it are judged
// again. What it tells is what `screen` and `brief` tell of the patient as it now is, byte for byte.
//
// An instance is cheap to copy, whatever it holds: to try an edit, copy, edit the copy, and drop it. Copies share what they have in common; each may
// go to a thread of its own, one instance may not be edited by two.
//
//     LiveScreening live(rules, patient);
//     auto tried = live;
//     tried.add(&Patient::medications, medication("ibuprofen 400 mg three times daily"));
//     tried.brief().findings;                                  // live is as it was
//
// docs/contributor/library.md shows more.
#pragma once

#include "theriac/brief.hpp"
#include "theriac/screen.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace theriac {

// A medication as a line of free text, as in a regimen file.
MedicationEntry medication(std::string line);

class LiveScreening {
 public:
  LiveScreening(std::shared_ptr<const RuleBase> rules, Patient patient, ScreenOptions options = {});

  const Patient& patient() const;

  // Edits of one list of the patient: medications, conditions, observations, allergies, … An entry that is not there: std::out_of_range, and nothing
  // has changed.
  template <class Entry>
  void add(std::vector<Entry> Patient::*list, Entry entry) {
    edit([&](Patient& patient) { (patient.*list).push_back(std::move(entry)); });
  }
  template <class Entry>
  void change(std::vector<Entry> Patient::*list, std::size_t at, Entry entry) {
    edit([&](Patient& patient) { (patient.*list).at(at) = std::move(entry); });
  }
  template <class Entry>
  void remove(std::vector<Entry> Patient::*list, std::size_t at) {
    edit([&](Patient& patient) {
      (patient.*list).at(at);
      (patient.*list).erase((patient.*list).begin() + static_cast<std::ptrdiff_t>(at));
    });
  }
  // Any other edit, or several at once. What it throws is passed on, and nothing has changed.
  void edit(const std::function<void(Patient&)>& how);

  Screening screening() const;
  Brief brief() const;  // findings without their words: several times quicker
  // How many rules the last edit (at first: all) had judged.
  std::size_t rules_judged() const;

 private:
  struct Base;
  struct State;
  std::shared_ptr<const Base> base_;
  std::shared_ptr<const State> state_;
};

}  // namespace theriac

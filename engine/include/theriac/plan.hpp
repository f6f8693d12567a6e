// The rule base as a program over bit masks, for many patients: what most rules ask of most patients is settled without a single allocation, and only
// what it cannot settle goes the whole way (`screen`). It never answers otherwise than the whole way does; where it is not sure to, it says so.
//
// Everything a rule asks for is a slot: a drug phrase ("an NSAID of at least 1200 mg/day"), whose mask holds the positions of the drugs that are it;
// or a fact of the patient (age ≥ 65), which is true or not. What one element of a record (a medication, a condition, a measurement) sets is worked
// out once by the same code that `screen` uses, and can be kept for equal words. docs/contributor/performance.md says which rules and patients this
// serves.
//
//     auto plan = Plan::make(rules);
//     PlanRun run(*plan);                                  // one a thread, used again and again
//     run.begin();
//     for (const auto& element : elements) run.add(element);
//     if (run.judge()) for (const auto& hit : run.hits()) …  // in the order of the report
#pragma once

#include "theriac/patient.hpp"
#include "theriac/rule_base.hpp"
#include "theriac/screening.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace theriac {

// What one element of a record sets.
struct PlanElement {
  static constexpr std::uint32_t no_drug = ~std::uint32_t{0};
  struct Fact {
    std::uint32_t slot = 0;
    Truth truth{};
  };
  bool plain = false;            // false: the whole way must judge whoever has it
  bool dated = false;            // holds for the day that it was made for, alone
  std::uint32_t drug = no_drug;  // place of the drug's name in the order of all names
  // That its drug is: a multiple of `at_once`, the last filled with one that means nothing.
  std::vector<std::uint16_t> slots;
  static constexpr std::size_t at_once = 8;
  std::vector<Fact> facts;  // of the patient
};

// The same, where somebody else keeps it: in half a line of the cache, so that its slots can stand in the other half.
class PlanElementView {
 public:
  PlanElementView() = default;
  PlanElementView(bool plain, std::uint32_t drug, std::span<const std::uint16_t> slots, std::span<const PlanElement::Fact> facts)
      : slots_(slots.data()),
        facts_(facts.data()),
        drug_(drug),
        slot_count_(static_cast<std::uint16_t>(slots.size())),
        fact_count_(static_cast<std::uint16_t>(facts.size())),
        plain_(plain) {}
  bool plain() const { return plain_; }
  std::uint32_t drug() const { return drug_; }
  std::span<const std::uint16_t> slots() const { return {slots_, slot_count_}; }
  std::span<const PlanElement::Fact> facts() const { return {facts_, fact_count_}; }

 private:
  const std::uint16_t* slots_ = nullptr;
  const PlanElement::Fact* facts_ = nullptr;
  std::uint32_t drug_ = PlanElement::no_drug;
  std::uint16_t slot_count_ = 0, fact_count_ = 0;  // a plan has no more slots than that
  bool plain_ = false;
};

// One finding. Its drugs are bits, from the first name to the last.
struct PlanHit {
  std::uint64_t drugs = 0;
  std::uint32_t order = 0;  // among the findings of one patient, where rule and number of drugs decide; else the first drug does
  std::uint32_t head = 0;
  std::uint32_t rule = 0;  // of the plan
  Verdict verdict{};
};

// How much the processor does at once. The answers are the same.
enum class PlanWidth : std::uint8_t { portable, wide };
PlanWidth widest();  // that this processor has

class Plan {
 public:
  struct Head {
    std::string rule, effect;
    Severity severity{};
  };
  struct Program;  // private to the engine: engine/src/plan/program.hpp

  static std::shared_ptr<const Plan> make(std::shared_ptr<const RuleBase> rules, PlanWidth width = widest());

  // Of a patient of whom this one thing is stated.
  PlanElement element(const Patient& alone) const;
  PlanWidth width() const;
  // False: some rule needs the whole way for every patient.
  bool serves() const;
  // How many rules need the whole way where their drugs are taken.
  std::size_t rules_left_over() const;
  const std::vector<Head>& heads() const;
  const std::string& drug(std::uint32_t place) const;
  std::uint32_t drugs() const;  // how many places there are
  const Program& program() const { return *program_; }

  explicit Plan(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

 private:
  std::shared_ptr<const Program> program_;
};

// The scratch of one thread. Never allocates once it is warm.
class PlanRun {
 public:
  static constexpr std::size_t most_drugs = 63;

  // `undecided`: whether what is not decided is to be told, or only counted.
  explicit PlanRun(const Plan& plan, bool undecided = true);
  ~PlanRun();
  PlanRun(PlanRun&&) noexcept;
  PlanRun& operator=(PlanRun&&) = delete;
  void begin();
  void conditions_are_complete(bool complete) { conditions_complete_ = complete; }
  // What it views must stand until `judge`.
  void add(const PlanElementView& element) {
    plain_ = plain_ && element.plain();
    if (element.drug() != PlanElement::no_drug) {
      if (count_ < most_drugs) {
        as_added_[count_] = &element;
        names_[count_] = element.drug();
      }
      ++count_;
    }
    if (!element.facts().empty()) facts_.push_back(element.facts());
  }
  // False: this patient must go the whole way.
  bool judge();
  std::span<const PlanHit> hits() const { return {hits_.data(), found_}; }
  std::size_t undecided() const { return undecided_; }
  std::size_t drugs() const { return count_; }
  // The drug of a position, as its place in the order of names.
  std::uint32_t drug(std::size_t position) const { return drugs_[position]->drug(); }
  // The sets of drugs for each of which alone the hit's rule holds, none of which holds another; in order of their names.
  std::vector<std::uint64_t> supports(const PlanHit& hit) const;
  // What one would go and get to decide a hit that is not: names of measurements and other facts, sorted.
  std::vector<std::string> needs(const PlanHit& hit) const;

 private:
  void order_drugs();
  void set_drugs();
  bool look_at_all();
  void set_facts();
  void clear();
  void survive();
  void conclude_alike();
  bool together(std::uint32_t rule, std::uint64_t& drugs) const;
  bool look_at(std::uint32_t rule);
  void conclude(std::uint32_t rule, std::uint64_t drugs, Verdict verdict);
  bool follow(std::uint32_t rule, std::uint64_t drugs, Verdict verdict);

  void conclude_each(std::span<const std::uint32_t> rules);
  PlanHit* room_for(std::size_t hits);
  void put_in_order();
  void put_in_parts(std::uint32_t differ);

  struct Scratch;
  const Plan::Program& program_;
  std::vector<std::uint64_t> slots_;
  std::unique_ptr<Scratch> scratch_;
  std::array<const PlanElementView*, most_drugs> as_added_{};
  static constexpr std::size_t room_behind = 16;
  std::array<std::uint32_t, most_drugs + room_behind> names_{};  // of those
  std::array<const PlanElementView*, most_drugs> drugs_{};       // in the order of their names
  std::size_t count_ = 0;
  std::vector<std::span<const PlanElement::Fact>> facts_;
  std::vector<PlanHit> hits_;  // the first `found_`
  std::size_t found_ = 0;
  std::size_t undecided_ = 0;
  bool tell_undecided_ = true;
  std::vector<std::uint8_t> stated_;  // truth of each fact
  std::vector<std::uint32_t> told_;   // when a fact was last told: `turn_`
  std::uint32_t turn_ = 0;
  bool conditions_complete_ = false;
  bool plain_ = true;
};

}  // namespace theriac

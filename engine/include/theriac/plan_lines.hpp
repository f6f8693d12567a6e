// What a plan found of one patient as a line of `theriac.batch/1`: byte for byte what `brief_line` writes of the same patient. One instance a thread.
#pragma once

#include "theriac/brief.hpp"
#include "theriac/plan.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace theriac {

class PlanLines {
 public:
  explicit PlanLines(const Plan& plan, const BriefStyle& style = {});
  // Asks memory for what `write` will want of this patient, where there is something else to do before.
  void approach(const PlanRun& run) const;
  // Appends the line, with its end. `id`: printable ASCII without quotes and backslashes; "" is none.
  void write(const PlanRun& run, std::string_view id, std::string& out);

 private:
  // A text that is copied with all of its room, which asks nothing of its size; one that has none is among the `long_ones_`, where `text` has its
  // place.
  template <std::size_t room>
  struct alignas(room) Piece {
    static constexpr std::size_t longest = room - 2;
    std::array<char, longest> text{};
    std::uint8_t size = 0;
    std::uint8_t severity = 0;  // of a head
  };
  static constexpr std::size_t severities = 6, verdicts = 5;
  template <std::size_t room>
  Piece<room> keep(std::string_view text);
  template <std::size_t room>
  char* put(char* to, const Piece<room>& piece) const;
  char* put_long(char* to, const char* place) const;
  static char* put(char* to, std::string_view text);
  // `to`, or the same place in a larger line where there is not so much room behind it.
  char* with_room(char* to, std::size_t size);
  char* moved(char* to, std::size_t size);
  char* put_findings(char* to, const PlanRun& run, bool undecided);
  std::size_t room_for_drugs(const PlanRun& run) const { return run.drugs() * longest_drug_ + around; }
  static constexpr std::size_t around = 128;  // room for what stands around pieces, and what they have behind them
  char* put_drugs(char* to, std::uint64_t drugs) const;
  char* put_supports(char* to, const PlanRun& run, const PlanHit& hit);
  char* put_needs(char* to, const PlanRun& run, const PlanHit& hit);

  BriefStyle style_;

  std::vector<std::string> long_ones_;
  std::size_t longest_head_ = 0, longest_drug_ = 0;
  // Of a head what is its own, so that those of many rules lie near the processor; what stands behind it hangs on severity and verdict alone.
  std::vector<Piece<64>> heads_;
  std::array<Piece<64>, severities * verdicts> behind_;
  std::vector<Piece<32>> drugs_;                           // by place
  std::array<Piece<32>, PlanRun::most_drugs> of_patient_;  // by position
  std::unique_ptr<char[]> line_;
  char* limit_ = nullptr;
};

}  // namespace theriac

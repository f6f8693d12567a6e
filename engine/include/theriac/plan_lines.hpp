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
  // Appends the line, with its end. `id`: printable ASCII without quotes and backslashes; "" is none.
  void write(const PlanRun& run, std::string_view id, std::string& out);

 private:
  // Bytes with room behind them, so that they can be copied in steps of `step`.
  struct Piece {
    std::uint32_t from = 0, size = 0;
  };
  // Of a head what is its own, so that those of many rules lie near the processor; what stands behind it hangs on severity and verdict alone.
  struct Head {
    Piece text;
    std::uint32_t severity = 0;
  };
  static constexpr std::size_t step = 32, severities = 6, verdicts = 5;
  Piece keep(std::string_view text);
  char* put(char* to, const Piece& piece) const;
  static char* put(char* to, std::string_view text);
  // `to`, or the same place in a larger line where there is not so much room behind it.
  char* with_room(char* to, std::size_t size);
  char* moved(char* to, std::size_t size);
  char* put_findings(char* to, const PlanRun& run, bool undecided);
  std::size_t room_for_drugs(const PlanRun& run) const { return run.drugs() * longest_drug_ + 4 * step; }
  char* put_drugs(char* to, const PlanRun& run, std::uint64_t drugs) const;
  char* put_supports(char* to, const PlanRun& run, const PlanHit& hit);
  char* put_needs(char* to, const PlanRun& run, const PlanHit& hit);

  BriefStyle style_;

  std::string kept_;
  std::vector<Head> heads_;
  std::array<Piece, severities * verdicts> behind_;
  Piece before_;
  std::vector<Piece> drugs_;  // by place
  std::size_t longest_drug_ = 0;
  std::unique_ptr<char[]> line_;
  char* limit_ = nullptr;
};

}  // namespace theriac

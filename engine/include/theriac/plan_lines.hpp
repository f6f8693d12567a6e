// What a plan found of one patient as a line of `theriac.batch/1`: byte for byte what `brief_line` writes of the same patient. One instance a thread.
#pragma once

#include "theriac/brief.hpp"
#include "theriac/plan.hpp"

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
  static constexpr std::size_t step = 32;
  Piece keep(std::string_view text);
  void put(const Piece& piece);
  void put(std::string_view text);
  void make_room(std::size_t size);
  void put_findings(const PlanRun& run, bool undecided);
  void put_drugs(const PlanRun& run, std::uint64_t drugs);
  void put_supports(const PlanRun& run, const PlanHit& hit);
  void put_needs(const PlanRun& run, const PlanHit& hit);

  BriefStyle style_;

  std::string kept_;
  std::vector<Piece> heads_, verdicts_;
  std::vector<Piece> drugs_;  // by place
  std::size_t longest_drug_ = 0;
  std::unique_ptr<char[]> line_;
  std::size_t capacity_ = 0;
  char* end_ = nullptr;
};

}  // namespace theriac

// Status and dates, as semantics.md says ("Presence").
#include "support.hpp"

using namespace theriac;
using namespace theriac::test;
using detail::Presence;

namespace {

Minutes day(const std::string& date) { return parse_date(date)->earliest; }

detail::Facts with(const std::string& fields) { return line("{drug: diazepam" + (fields.empty() ? "" : ", " + fields) + "}"); }

}  // namespace

TEST_CASE("taking") {
  const auto facts = with("");
  CHECK(facts.exposures[0].presence == Presence::present);
  CHECK(facts.screened[0].status == "taking");
  CHECK_FALSE(facts.exposures[0].start_given);
  CHECK(facts.exposures[0].end == When{always_after, always_after});
}

TEST_CASE("a partial start of a drug that is taken lies in the past") {
  const auto facts = with("start: 2025");
  CHECK(facts.exposures[0].start == When{day("2025-01-01"), day("2025-03-10")});
}

TEST_CASE("stopped, with and without a date, and in the future") {
  const auto past = with("status: stopped, stop: 2024-11-15");
  CHECK(past.exposures[0].presence == Presence::past);
  CHECK(past.exposures[0].end == When{day("2024-11-15"), day("2024-11-15")});
  CHECK(past.screened[0].remark == "stopped 115 days ago");
  const auto undated = with("status: stopped");
  CHECK(undated.exposures[0].end == When{always_before, day("2025-03-10")});
  CHECK_FALSE(undated.exposures[0].end_given);
  const auto future = with("status: stopped, stop: 2025-03-20");
  CHECK(future.exposures[0].presence == Presence::present);
  CHECK(future.exposures[0].stop_is_ours);
  CHECK(future.screened[0].status == "taking");
  CHECK(future.screened[0].remark.find("stops in 10 days") == 0);
  CHECK(with("status: stopped, stop: 2025-03").exposures[0].end == When{day("2025-03-01"), day("2025-03-10")});
}

TEST_CASE("active with a past stop is unknown, and said so") {
  const auto facts = with("stop: 2025-02-01");
  CHECK(facts.exposures[0].presence == Presence::unknown);
  REQUIRE(facts.not_understood.size() == 1);
  CHECK(facts.not_understood[0].text == "2025-02-01");
  CHECK(facts.not_confirmed.size() == 1);
  CHECK(with("stop: 2025-04-01").exposures[0].presence == Presence::present);
  CHECK(with("stop: 2025-03-10").exposures[0].end.earliest == day("2025-03-11"));
}

TEST_CASE("held counts as stopped when the hold began") {
  const auto facts = with("status: held, changed: 2025-03-01");
  CHECK(facts.exposures[0].presence == Presence::past);
  CHECK(facts.exposures[0].end.earliest == day("2025-03-01"));
  CHECK(facts.screened[0].remark.find("held 9 days ago") == 0);
}

TEST_CASE("proposed, to stop, not taken, unknown") {
  const auto proposed = with("status: proposed, start: 2025-03-15");
  CHECK(proposed.exposures[0].proposed);
  CHECK(proposed.exposures[0].presence == Presence::present);
  CHECK(proposed.screened[0].remark.find("starts in 5 days") == 0);
  CHECK(with("status: new order").exposures[0].start.earliest == day("2025-03-10"));
  const auto to_stop = with("status: to stop, stop: 2025-03-17");
  CHECK(to_stop.exposures[0].stop_is_ours);
  CHECK(to_stop.exposures[0].end.earliest == day("2025-03-17"));
  const auto undated = with("status: to stop");
  CHECK(undated.exposures[0].end.earliest > day("2025-03-10"));
  CHECK(undated.exposures[0].end.latest < always_after);
  CHECK(with("status: not taken").exposures[0].presence == Presence::never);
  const auto unknown = with("status: unverified");
  CHECK(unknown.exposures[0].presence == Presence::unknown);
  CHECK(unknown.not_confirmed[0].because == "status unknown");
}

TEST_CASE("free text says it as well") {
  CHECK(line("diazepam 5 mg stopped 20 days ago").exposures[0].end.earliest == day("2025-02-18"));
  CHECK(line("diazepam 5 mg starts in 5 days").exposures[0].start.earliest == day("2025-03-15"));
  CHECK(line("diazepam 5 mg since 2019").exposures[0].start.earliest == day("2019-01-01"));
  CHECK(line("diazepam 5 mg held").exposures[0].presence == Presence::past);
  CHECK(line("diazepam 5 mg daily stopped abruptly 3 days ago").exposures[0].ended == MedicationEntry::Ended::abruptly);
  CHECK(line("diazepam 5 mg daily since 2025-02-01 for 2 weeks").exposures[0].presence == Presence::unknown);
}

TEST_CASE("phases: the dose of the day, the last end, and a taper where doses fall") {
  const auto facts = with("phases: [{dose: 10 mg daily, until: 2025-03-08}, {dose: 5 mg daily, until: 2025-03-21}]");
  const auto& exposure = facts.exposures[0];
  CHECK(show(exposure.dose.per_day) == "[5, 5]");
  CHECK(exposure.end.earliest == day("2025-03-21"));
  CHECK(exposure.ended == MedicationEntry::Ended::tapered);
}

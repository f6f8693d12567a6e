// At which minutes of the day an entry may be taken.
#include "support.hpp"

using namespace theriac;
using namespace theriac::test;

namespace {

std::string clock(std::int32_t minute) {
  const auto two = [](std::int32_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return two(minute / 60) + ":" + two(minute % 60);
}

std::string times(const std::string& text) {
  const auto facts = line(text);
  REQUIRE(facts.exposures.size() == 1);
  std::string shown;
  for (const auto& time : facts.exposures[0].times) {
    shown += shown.empty() ? "" : " · ";
    if (time == detail::TimeOfDay{})
      shown += "any";
    else
      shown += time.earliest == time.latest ? clock(time.earliest) : clock(time.earliest) + "-" + clock(time.latest);
  }
  return shown;
}

}  // namespace

TEST_CASE("times of day: what is said, and the whole day for the rest") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"diazepam 5 mg at night", "19:00-25:00"},
      {"diazepam 5 mg at 08:00", "08:00"},
      {"diazepam 5 mg 8am and 8pm", "08:00 · 20:00"},
      {"diazepam 5 mg at 12 am", "00:00"},
      {"diazepam 5 mg at 12:30 pm", "12:30"},
      {"diazepam 5 mg bid", "any · any"},
      {"diazepam 5 mg bd (8am and 2pm)", "08:00 · 14:00"},
      {"diazepam 5 mg twice daily, in the morning", "05:00-12:00 · any"},
      {"diazepam 5 mg tid with meals", "any · any · any"},
      {"diazepam 5 mg with meals", "any"},
      {"diazepam 5 mg 1-0-1", "05:00-12:00 · 19:00-25:00"},
      {"diazepam 10 mg in the morning and 20 mg at night", "05:00-12:00 · 19:00-25:00"},
      {"diazepam 5 mg every 72 h", "any"},
      {"diazepam 5 mg q6-8h", "any · any · any · any"},
      {"diazepam 5 mg weekly on Monday", "any"},
      {"diazepam 5 mg twice daily on Mon, Wed and Fri", "any · any"},
      {"diazepam 5 mg at night prn", "any"},
      {"diazepam 5 mg", "any"},
      {"diazepam 2,5 mg at night", "any"},
      {"{drug: diazepam, dose: 5 mg, frequency: at bedtime}", "19:00-25:00"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(times(text) == expected);
  }
}

TEST_CASE("a habit has no times of day") {
  const auto alcohol = facts("habits: {alcohol: nightly}\nmedications: [diazepam]\n");
  for (const auto& exposure : alcohol.exposures) {
    if (exposure.entry < 0) CHECK(exposure.times.empty());
  }
}

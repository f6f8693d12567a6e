// live IMAGE REGIMENS: what it costs to add a drug to a live screening of twelve, beside screening the thirteen anew; in processor time, as JSON.
// Tells the screening with its words and the findings alone. The live screening has been told once, as it was when its list was first shown.
#include "theriac/live.hpp"
#include "theriac/load.hpp"
#include "theriac/regimen/read.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace theriac;

constexpr std::size_t drugs = 12, most_patients = 100, rounds = 5;

double now() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

std::vector<Patient> patients_of(const char* file) {
  std::vector<Patient> result;
  std::ifstream in(file);
  for (std::string line; result.size() < most_patients && std::getline(in, line);) {
    auto read = regimen::read(grammar::Source::make("bench.ndjson", line), {.as_of = Minutes{0}, .today = {}});
    if (read.patients.size() == 1 && read.patients.front().medications.size() == drugs) result.push_back(std::move(read.patients.front()));
  }
  return result;
}

struct Times {
  double add = 0, anew = 0;
};

// The least of some rounds, since whatever disturbs makes it longer.
template <class Added, class Anew>
Times timed(const Added& added, const Anew& anew) {
  Times least{1e30, 1e30};
  for (std::size_t i = 0; i < rounds; ++i) {
    const auto begin = now();
    added();
    const auto between = now();
    anew();
    least = {std::min(least.add, between - begin), std::min(least.anew, now() - between)};
  }
  return least;
}

}  // namespace

int main(int count, char** words) {
  const auto rules = count == 3 ? load_image(words[1]) : nullptr;
  const auto patients = rules ? patients_of(words[2]) : std::vector<Patient>();
  if (patients.size() < 2) return std::fprintf(stderr, "live IMAGE REGIMENS, with patients of %zu drugs\n", drugs), 2;
  Times whole, findings;
  for (std::size_t i = 0; i < patients.size(); ++i) {
    const LiveScreening live(rules, patients[i]);
    live.screening();
    const auto& more = patients[(i + 1) % patients.size()].medications.front();
    auto together = patients[i];
    together.medications.push_back(more);
    const auto added = [&](const auto& tell) {
      auto tried = live;
      tried.add(&Patient::medications, more);
      tell(tried);
    };
    const auto with_words = timed([&] { added([](const LiveScreening& tried) { tried.screening(); }); }, [&] { screen(*rules, together); });
    const auto alone = timed([&] { added([](const LiveScreening& tried) { tried.brief(); }); }, [&] { brief(*rules, together); });
    whole = {whole.add + with_words.add, whole.anew + with_words.anew};
    findings = {findings.add + alone.add, findings.anew + alone.anew};
  }
  const auto each = static_cast<double>(patients.size());
  std::printf("{\"patients\": %zu, \"add_us\": %.2f, \"anew_us\": %.2f, \"add_brief_us\": %.2f, \"anew_brief_us\": %.2f}\n", patients.size(),
              whole.add / each, whole.anew / each, findings.add / each, findings.anew / each);
}

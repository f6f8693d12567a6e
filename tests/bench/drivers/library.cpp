// library FOLDER [options of Google Benchmark]: what single calls of the library cost on a generated workload (see tests/bench/generate.py).
#include "theriac/load.hpp"
#include "theriac/regimen/read.hpp"
#include "theriac/screen.hpp"

#include <benchmark/benchmark.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t patients_of_one_round = 1000;
constexpr theriac::Minutes as_of = 0;  // no date stands in the workload
fs::path folder;

[[noreturn]] void refuse(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(2);
}

const std::shared_ptr<const theriac::Terminology>& terminology() {
  static const auto loaded = theriac::load_terminology(folder / "terminology").terminology;
  if (!loaded) refuse((folder / "terminology").string() + ": no vocabulary");
  return loaded;
}

fs::path rules_file(std::int64_t size) { return folder / ("rules_" + std::to_string(size) + ".rx"); }

const theriac::RuleBase& rules(std::int64_t size) {
  static std::map<std::int64_t, std::shared_ptr<const theriac::RuleBase>> known;
  auto& base = known[size];
  if (!base) base = theriac::compile(terminology(), theriac::load_rules(rules_file(size)).sources).rules;
  if (!base) refuse(rules_file(size).string() + ": no rules");
  return *base;
}

const std::vector<std::string>& lines() {
  static const auto read = [] {
    std::ifstream file(folder / "regimens.ndjson");
    std::vector<std::string> result;
    for (std::string line; result.size() < patients_of_one_round && std::getline(file, line);) result.push_back(line);
    return result;
  }();
  if (read.empty()) refuse((folder / "regimens.ndjson").string() + ": no patients");
  return read;
}

theriac::Patient patient_of(const std::string& line) {
  auto read = theriac::regimen::read(theriac::grammar::Source::make("bench.ndjson", line), {as_of, {}});
  if (read.patients.size() != 1) refuse("not a regimen: " + line);
  return std::move(read.patients.front());
}

const std::vector<theriac::Patient>& patients() {
  static const auto read = [] {
    std::vector<theriac::Patient> result;
    for (const auto& line : lines()) result.push_back(patient_of(line));
    return result;
  }();
  return read;
}

// Calls `what` for each of the patients in turn; beside the mean stand the middle and the slowest hundredth of all calls.
template <class Item, class Call>
void for_each(benchmark::State& state, const std::vector<Item>& items, Call what) {
  std::vector<double> micros;
  std::size_t at = 0;
  for (auto _ : state) {
    const auto begin = Clock::now();
    what(items[at]);
    micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    at = at + 1 < items.size() ? at + 1 : 0;
  }
  std::sort(micros.begin(), micros.end());
  state.counters["p50_us"] = micros[micros.size() / 2];
  state.counters["p99_us"] = micros[micros.size() * 99 / 100];
}

// From the text of rules to a rule base.
void compile_rules(benchmark::State& state) {
  const auto sources = theriac::load_rules(rules_file(state.range(0))).sources;
  for (auto _ : state) benchmark::DoNotOptimize(theriac::compile(terminology(), sources).rules);
}

void read_regimen(benchmark::State& state) {
  for_each(state, lines(), [](const std::string& line) { benchmark::DoNotOptimize(patient_of(line)); });
}

// A whole screening, with proofs, of a patient that was read already.
void screen_patient(benchmark::State& state) {
  const auto& base = rules(state.range(0));
  for_each(state, patients(), [&](const theriac::Patient& patient) { benchmark::DoNotOptimize(theriac::screen(base, patient)); });
}

BENCHMARK(compile_rules)->Arg(2000)->Arg(20000)->Unit(benchmark::kMillisecond);
BENCHMARK(read_regimen)->Unit(benchmark::kMicrosecond);
BENCHMARK(screen_patient)->Arg(200)->Arg(2000)->Unit(benchmark::kMicrosecond);

}  // namespace

int main(int count, char** words) {
  if (count < 2) refuse("library FOLDER [options of Google Benchmark]");
  folder = words[1];
  words[1] = words[0];
  --count;
  ++words;
  benchmark::Initialize(&count, words);
  if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}

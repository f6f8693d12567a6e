// clips VOCABULARY RULES.clp PATIENTS COUNT [ANSWERS]: CLIPS on the workload. Prints the processor time of telling it the facts of the patients and
// letting it run; reading and loading are not timed, and nothing is written where no ANSWERS are asked for.
extern "C" {
#include <clips/clips.h>
}

#include "patients.hpp"

#include <cstdint>
#include <ctime>
#include <initializer_list>

namespace {

using Mask = std::uint64_t;

struct Hit {
  int rule;
  Mask drugs;  // positions in the patient's list
};
std::vector<Hit> hits;

Mask mask(void* environment, int argument) { return static_cast<Mask>(EnvRtnLong(environment, argument)); }
bool several(Mask of) { return (of & (of - 1)) != 0; }

// Functions of the rules.
extern "C" {
void keep_hit(void* environment) { hits.push_back({static_cast<int>(EnvRtnLong(environment, 1)), mask(environment, 2)}); }
int are_two(void* environment) { return several(mask(environment, 1) | mask(environment, 2)); }
int are_three(void* environment) { return __builtin_popcountll(mask(environment, 1)) >= 3; }
long long both(void* environment) { return static_cast<long long>(mask(environment, 1) | mask(environment, 2)); }
}

// CLIPS keeps every function as one that returns int and casts it back by the letter of what it returns.
template <class Function>
void define(void* environment, const char* name, int returns, Function function, const char* arguments) {
  EnvDefineFunction2(environment, name, returns, reinterpret_cast<int (*)(void*)>(reinterpret_cast<void (*)()>(function)), name, arguments);
}

class Engine {
 public:
  Engine(const bench::Vocabulary& vocabulary, const char* rules) : vocabulary_(vocabulary), environment_(CreateEnvironment()) {
    define(environment_, "hit", 'v', keep_hit, "22i");
    define(environment_, "two", 'b', are_two, "22i");
    define(environment_, "three", 'b', are_three, "11i");
    define(environment_, "both", 'g', both, "22i");
    EnvUnwatch(environment_, const_cast<char*>("all"));
    if (EnvLoad(environment_, rules) <= 0) {
      std::fprintf(stderr, "%s: CLIPS does not load it\n", rules);
      std::exit(2);
    }
    age_ = find("age");
    drugs_ = find_all("d", vocabulary.closure.size());
    classes_ = find_all("c", static_cast<std::size_t>(vocabulary.classes));
    conditions_ = find_all("k", static_cast<std::size_t>(vocabulary.conditions));
    labs_ = find_all("l", static_cast<std::size_t>(vocabulary.labs));
    members_.resize(classes_.size());
  }

  void screen(const bench::Patient& patient) {
    hits.clear();
    EnvReset(environment_);
    tell(age_, {patient.age});
    tell_drugs(patient);
    for (const int each : patient.conditions) tell(conditions_[static_cast<std::size_t>(each)], {});
    for (const auto& [which, value] : patient.labs) tell(labs_[static_cast<std::size_t>(which)], {value});
    EnvRun(environment_, -1);
  }

 private:
  void* find(const std::string& name) { return EnvFindDeftemplate(environment_, name.c_str()); }

  std::vector<void*> find_all(const char* prefix, std::size_t count) {
    std::vector<void*> result;
    for (std::size_t i = 0; i < count; ++i) result.push_back(find(prefix + std::to_string(i)));
    return result;
  }

  void tell_drugs(const bench::Patient& patient) {
    touched_.clear();
    Mask position = 1;
    for (const auto& [drug, dose] : patient.doses) {
      tell(drugs_[static_cast<std::size_t>(drug)], {dose, static_cast<long long>(position)});
      for (const int each : vocabulary_.closure[static_cast<std::size_t>(drug)]) {
        auto& members = members_[static_cast<std::size_t>(each)];
        if (members == 0) touched_.push_back(static_cast<std::size_t>(each));
        members |= position;
      }
      position <<= 1;
    }
    for (const auto each : touched_) {
      tell(classes_[each], {static_cast<long long>(members_[each])});
      members_[each] = 0;
    }
  }

  // A fact that no rule reads has no template and is not told.
  void tell(void* of, std::initializer_list<long long> values) {
    if (of == nullptr) return;
    auto* told = static_cast<fact*>(EnvCreateFact(environment_, of));
    void* list = EnvCreateMultifield(environment_, static_cast<long>(values.size()));
    long at = 0;
    for (const auto value : values) {
      ++at;
      SetMFType(list, at, INTEGER);
      SetMFValue(list, at, EnvAddLong(environment_, value));
    }
    DATA_OBJECT slot{};
    slot.type = MULTIFIELD;
    slot.value = list;
    slot.begin = 0;
    slot.end = at - 1;
    EnvPutFactSlot(environment_, told, nullptr, &slot);
    EnvAssert(environment_, told);
  }

  const bench::Vocabulary& vocabulary_;
  void* environment_;
  void* age_ = nullptr;
  std::vector<void*> drugs_, classes_, conditions_, labs_;  // templates; null where no rule reads it
  std::vector<Mask> members_;                               // of each class; zero between patients
  std::vector<std::size_t> touched_;
};

void write_answers(std::FILE* out, std::size_t number, const bench::Patient& patient) {
  for (const auto& hit : hits) {
    std::fprintf(out, "%zu %d", number, hit.rule);
    char before = ' ';
    for (auto rest = hit.drugs; rest != 0; rest &= rest - 1) {
      std::fprintf(out, "%c%d", before, patient.doses[static_cast<std::size_t>(__builtin_ctzll(rest))].first);
      before = ',';
    }
    std::fputc('\n', out);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 5) {
    std::fputs("clips VOCABULARY RULES.clp PATIENTS COUNT [ANSWERS]\n", stderr);
    return 2;
  }
  const auto vocabulary = bench::read_vocabulary(words[1]);
  const auto patients = bench::read_patients(words[3], std::strtoull(words[4], nullptr, 10));
  std::FILE* out = count > 5 ? std::fopen(words[5], "w") : nullptr;
  Engine engine(vocabulary, words[2]);
  std::size_t found = 0;
  const auto begin = std::clock();
  for (std::size_t i = 0; i < patients.size(); ++i) {
    engine.screen(patients[i]);
    found += hits.size();
    if (out != nullptr) write_answers(out, i, patients[i]);
  }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  if (out != nullptr) std::fclose(out);
  std::printf("{\"patients\": %zu, \"findings\": %zu, \"seconds\": %.6f}\n", patients.size(), found, seconds);
}

// What the generator writes as integers, for engines whose reading is not measured.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace bench {

struct Patient {
  int age = 0;
  std::vector<std::pair<int, int>> doses;  // drug, mg a day
  std::vector<int> conditions;
  std::vector<std::pair<int, int>> labs;  // which, value in its finest step
};

struct Vocabulary {
  int classes = 0, conditions = 0, labs = 0;
  std::vector<std::vector<int>> closure;  // of each drug: the classes it lies in
};

class Integers {
 public:
  explicit Integers(const std::string& path) : file_(std::fopen(path.c_str(), "r")) {
    if (file_ == nullptr) {
      std::perror(path.c_str());
      std::exit(2);
    }
  }
  ~Integers() { std::fclose(file_); }
  Integers(const Integers&) = delete;
  Integers& operator=(const Integers&) = delete;

  bool next(int& value) { return std::fscanf(file_, "%d", &value) == 1; }
  int need() {
    int value = 0;
    if (next(value)) return value;
    std::fputs("the file of integers ends too early\n", stderr);
    std::exit(2);
  }
  std::vector<int> list() {
    std::vector<int> values(static_cast<std::size_t>(need()));
    for (auto& value : values) value = need();
    return values;
  }
  std::vector<std::pair<int, int>> pairs() {
    std::vector<std::pair<int, int>> values(static_cast<std::size_t>(need()));
    for (auto& [first, second] : values) {
      first = need();
      second = need();
    }
    return values;
  }

 private:
  std::FILE* file_;
};

inline Vocabulary read_vocabulary(const std::string& path) {
  Integers in(path);
  Vocabulary result;
  result.closure.resize(static_cast<std::size_t>(in.need()));
  result.classes = in.need();
  result.conditions = in.need();
  result.labs = in.need();
  for (auto& classes : result.closure) classes = in.list();
  return result;
}

inline std::vector<Patient> read_patients(const std::string& path, std::size_t at_most) {
  Integers in(path);
  std::vector<Patient> result;
  for (int age = 0; result.size() < at_most && in.next(age);) {
    Patient patient;
    patient.age = age;
    patient.doses = in.pairs();
    patient.conditions = in.list();
    patient.labs = in.pairs();
    result.push_back(std::move(patient));
  }
  return result;
}

}  // namespace bench

// Screens a regimen through the installed library: rule text, terminology folder and regimen in, effects out.
#include <theriac/load.hpp>
#include <theriac/regimen/read.hpp>
#include <theriac/screen.hpp>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto vocabulary = theriac::load_terminology(argv[1]);
  const auto rules = theriac::grammar::Source::make("one.rx", "CNS depressant + CNS depressant → additive sedation; flag elderly fall risk\n");
  theriac::CompileOptions options;
  options.vocabulary = vocabulary.vocabulary;
  const auto compiled = theriac::compile(vocabulary.terminology, {rules}, options);
  const auto regimen = theriac::grammar::Source::make(
      "ada.yaml", "as_of: 2025-03-10\npatient: {age: 82}\nmedications: [diazepam 5 mg at night, mirtazapine 30 mg at night]\n");
  const auto read = theriac::regimen::read(regimen);
  if (!compiled.rules || read.patients.size() != 1) return 1;
  for (const auto& finding : theriac::screen(*compiled.rules, read.patients.front()).findings) {
    std::cout << finding.effect;
    for (const auto& drug : finding.drugs) std::cout << " · " << drug;
    for (const auto& flag : finding.flags) std::cout << " · flag " << flag;
    std::cout << "\n";
  }
}

// Starting from packs is starting from the files, only sooner: the same bytes come out, and packs of anything else are not used.
#include "support/screening.hpp"
#include "theriac/report.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace theriac;
namespace fs = std::filesystem;

namespace {

constexpr const char* regimens[] = {
    "patient: {age: 82, sex: female}\nconditions: [two falls this winter]\nhabits: {alcohol: 1 glass of wine nightly}\nmedications:\n"
    "  - diazepam 5 mg bd\n  - oxycodone 10 mg bd\n  - {drug: temazepam, status: stopped, stop: 2025-03-01}\n  - herbal sleep tea\n",
    "patient: {age: 60, weight: 70 kg}\nobservations: [{name: eGFR, value: 25, unit: mL/min/1.73m2, date: 2025-03-01}]\nmedications:\n"
    "  - metformin 1 g bd\n  - ibuprofen 400 mg tds\n  - ramipril 5 mg daily\n  - furosemide 40 mg daily\n"};

class Copy {  // of the bundled rules, with a folder for packs beside it
 public:
  Copy() : path_(fs::temp_directory_path() / ("theriac-packs-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::remove_all(path_), fs::create_directories(packs());
    fs::copy(THERIAC_RULES, rules(), fs::copy_options::recursive);
    REQUIRE(make_packs(rules(), packs()).empty());
  }
  ~Copy() { fs::remove_all(path_); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  fs::path rules() const { return path_ / "rules"; }
  fs::path packs() const { return path_ / "packs"; }
  std::shared_ptr<const RuleBase> start() const { return load_packed(rules(), packs(), "core", "1"); }

 private:
  fs::path path_;
};

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& bytes) { std::ofstream(file, std::ios::binary) << bytes; }

std::shared_ptr<const RuleBase> from_files(const fs::path& rules) {
  auto terminology = load_terminology(rules / "terminology");
  auto loaded = load_rules(rules);
  CompileOptions options;
  options.name = "core";
  options.version = "1";
  options.vocabulary = std::move(terminology.vocabulary);
  options.references = std::move(loaded.references);
  return compile(terminology.terminology, loaded.sources, options).rules;
}

}  // namespace

TEST_CASE("a rule base from its pack says to the byte what the one from its files says, proofs and places too") {
  const Copy copy;
  const auto packed = copy.start();
  const auto read = from_files(copy.rules());
  REQUIRE(packed);
  REQUIRE(read);
  CHECK(packed->labels() == read->labels());
  for (const auto& label : read->labels()) CHECK(packed->reading(label) == read->reading(label));
  for (const std::string regimen : regimens) {
    const auto patient = test::read_patient("as_of: 2025-03-10\n" + regimen);
    const auto one = screen(*packed, patient), other = screen(*read, patient);
    CHECK(!one.findings.empty());
    CHECK(report_json(one) == report_json(other));
    CHECK(explain_text(one, one.findings.front()) == explain_text(other, other.findings.front()));
  }
  const auto ran = run_examples(*packed);
  CHECK(ran.passed > 0);
  CHECK(ran.failed == 0);
}

TEST_CASE("names are looked up in a pack as they are in the files: every spelling, near ones, and none") {
  const Copy copy;
  const auto packed = copy.start();
  const auto read = from_files(copy.rules());
  REQUIRE((packed && read));
  const auto& data = read->terminology().data();
  std::vector<std::string> spellings = {"", "x", "herbal sleep tea", "diazepan", "hydroxizine", "oxycodone/acetaminophen", "falls"};
  const auto add = [&](const std::vector<std::string>& more) { spellings.insert(spellings.end(), more.begin(), more.end()); };
  for (const auto& each : data.concepts) add({each.name}), add(each.synonyms), add(each.brands);
  for (const auto& each : data.combinations) add({each.name}), add(each.synonyms), add(each.brands);
  for (const auto& each : data.conditions) add({each.name}), add(each.synonyms);
  for (const auto& each : data.observations) add({each.name}), add(each.synonyms);
  for (const auto& each : data.look_alikes) add(each);
  const auto meanings = [](const RuleBase& rules, const std::string& spelling) {
    std::vector<std::pair<int, std::uint32_t>> all;
    for (const auto& name : rules.terminology().find(spelling)) all.emplace_back(static_cast<int>(name.kind), name.id);
    return all;
  };
  std::size_t known = 0;
  for (const auto& spelling : spellings) {
    CAPTURE(spelling);
    const auto expected = meanings(*read, spelling);
    CHECK(meanings(*packed, spelling) == expected);
    known += expected.empty() ? 0 : 1;
  }
  CHECK(known + 5 >= spellings.size());
  CHECK(packed->terminology().longest_name_words() == read->terminology().longest_name_words());
  const std::vector<NameKind> drugs = {NameKind::ingredient, NameKind::brand, NameKind::combination, NameKind::drug_class};
  for (const std::string near : {"diazepan", "hydroxizine", "oxycodon", "metoprolo", "zzzzzz"}) {
    CAPTURE(near);
    const auto a = packed->terminology().suggest(near, drugs), b = read->terminology().suggest(near, drugs);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) CHECK((a[i].name == b[i].name && a[i].look_alike == b[i].look_alike));
  }
}

TEST_CASE("a pack of other files is not used: a changed, a new and a removed file each show") {
  const Copy copy;
  REQUIRE(copy.start());
  const auto file = copy.rules() / "kidney" / "kidney.rx";
  const auto text = bytes_of(file);
  write(file, text + "\n");
  CHECK(!copy.start());
  write(file, text);
  CHECK(copy.start());
  write(copy.rules() / "new.rx", "");
  CHECK(!copy.start());
  fs::remove(copy.rules() / "new.rx");
  fs::remove(copy.rules() / "terminology" / "populations.rx");
  CHECK(!copy.start());
}

TEST_CASE("a damaged pack is not used and harms nothing") {
  const Copy copy;
  const auto file = copy.packs() / "rules.pack";
  const auto bytes = bytes_of(file);
  for (const auto size : {std::size_t{0}, std::size_t{1}, std::size_t{40}, bytes.size() / 2, bytes.size() - 1}) {
    CAPTURE(size);
    write(file, bytes.substr(0, size));
    CHECK(!copy.start());
  }
  for (std::size_t at = 3; at < bytes.size(); at += bytes.size() / 7) {
    CAPTURE(at);
    auto flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    write(file, flipped);
    CHECK(!copy.start());
  }
}

TEST_CASE("rules with a warning are not packed, so that nobody misses it") {
  const Copy copy;
  write(copy.rules() / "new.rx", "ibuprofen + naproxen → an effect that nobody declared\n");
  make_packs(copy.rules(), copy.packs());
  CHECK(!copy.start());
}

#include "theriac/load.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace theriac;
namespace fs = std::filesystem;

namespace {

// A folder of its own for one test, gone afterwards.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("theriac-test-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::remove_all(path_), fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const Folder& write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this;
  }
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

std::vector<std::string> names(const std::vector<grammar::SourcePtr>& sources) {
  std::vector<std::string> names;
  for (const auto& source : sources) names.push_back(source->name());
  return names;
}
using Names = std::vector<std::string>;

std::vector<std::string> places(const grammar::Diagnostics& diagnostics) {
  std::vector<std::string> found;
  for (const auto& d : diagnostics) found.push_back(std::string(grammar::info(d.code).id) + " " + d.primary.place.to_string());
  return found;
}

}  // namespace

TEST_CASE("rules come in the order of their paths, named from the parent of what was given") {
  Folder f;
  f.write("rules/b.rx", "")
      .write("rules/a/z.rx", "")
      .write("rules/a/notes.txt", "")
      .write("rules/.hidden.rx", "")
      .write("rules/terminology/p.rx", "")
      .write("rules/a/terminology/q.rx", "");
  for (const auto* spelling : {"rules", "rules/", "rules/.", "./rules"}) {
    CAPTURE(spelling);
    const auto loaded = load_rules(f / spelling);
    CHECK(names(loaded.sources) == Names{"rules/a/terminology/q.rx", "rules/a/z.rx", "rules/b.rx"});
    CHECK(loaded.diagnostics.empty());
  }
  CHECK(names(load_rules(f / "rules/b.rx").sources) == Names{"b.rx"});
}

TEST_CASE("a terminology folder is named with the rules folder that it stands in, however it is given") {
  Folder f;
  f.write("rules/terminology/x.yaml", "drugs:\n  - name: digoxin\n").write("rules/terminology/p.rx", "");
  for (const auto* spelling : {"rules/terminology", "rules/terminology/", "rules/./terminology"}) {
    CAPTURE(spelling);
    const auto loaded = load_terminology(f / spelling);
    CHECK(names(loaded.vocabulary) == Names{"rules/terminology/p.rx"});
    REQUIRE(loaded.terminology);
    CHECK(loaded.terminology->at(ConceptId{0}).at.to_string().starts_with("rules/terminology/x.yaml:2:"));
  }
}

TEST_CASE("a file alone is a folder of one, whatever its ending") {
  Folder f;
  f.write("one.rx", "A + B → C\n").write("two.txt", "x");
  CHECK(names(load_rules(f / "one.rx").sources).size() == 1);
  CHECK(load_rules(f / "one.rx").sources[0]->text() == "A + B → C\n");
  CHECK(load_rules(f / "two.txt").sources.size() == 1);
}

TEST_CASE("references are found in the folder or up to three above") {
  Folder f;
  f.write("rules/sources.yaml", "- key: A\n  title: \"T: x\"\n  year: 2016\n  seen: 2026-11-22\n- {key: B}\n")
      .write("rules/1/2/3/deep.rx", "")
      .write("rules/1/2/3/4/deeper.rx", "");
  const auto loaded = load_rules(f / "rules");
  REQUIRE(loaded.references.size() == 2);
  CHECK(loaded.references[0].title == "T: x");
  CHECK(loaded.references[0].year == "2016");
  CHECK(loaded.references[0].seen == "2026-11-22");
  CHECK(loaded.references[1].seen == "no");
  CHECK(loaded.references[1].at.to_string() == "rules/sources.yaml:5:9");
  CHECK(load_rules(f / "rules/1/2/3/deep.rx").references.size() == 2);
  CHECK(load_rules(f / "rules/1/2/3/4/deeper.rx").references.empty());
}

TEST_CASE("mistakes in sources.yaml") {
  Folder f;
  f.write("r/a.rx", "")
      .write("r/sources.yaml",
             "sources:\n  - {key: A}\n  - {key: A}\n  - {title: none}\n  - {key: B, lisence: x}\n  - {key: C, seen: yesterday}\n  - text\n");
  const auto loaded = load_rules(f / "r");
  CHECK(places(loaded.diagnostics) == Names{"TH2005 r/sources.yaml:3:11", "TH6003 r/sources.yaml:4:5", "TH6004 r/sources.yaml:5:14",
                                            "TH3003 r/sources.yaml:6:20", "TH6003 r/sources.yaml:7:5"});
  CHECK(loaded.references.size() == 3);
}

TEST_CASE("what cannot be read is said") {
  Folder f;
  f.write("empty/readme.txt", "");
  CHECK(places(load_rules(f / "nowhere").diagnostics) == Names{"TH1010 nowhere:1:1"});
  CHECK(places(load_rules(f / "empty").diagnostics) == Names{"TH1010 empty:1:1"});
  CHECK(places(load_terminology(f / "nowhere").diagnostics) == Names{"TH1010 nowhere:1:1"});
  CHECK(places(load_terminology(f / "empty").diagnostics) == Names{"TH1010 empty:1:1"});
  CHECK_FALSE(load_terminology(f / "empty").terminology);
  CHECK(load_rules("/dev/null").diagnostics.size() == 1);
}

TEST_CASE("a terminology folder gives its vocabulary too") {
  Folder f;
  f.write("t/b.yaml", "drugs: [{name: a, is: [c]}]\n")
      .write("t/sub/c.yaml", "classes: [{name: c}]\n")
      .write("t/p.rx", "population elderly: age >= 65 years\n");
  const auto loaded = load_terminology(f / "t");
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.terminology);
  CHECK(names(loaded.vocabulary) == Names{"t/p.rx"});
  CHECK(loaded.terminology->at(ConceptId{0}).at.to_string() == "t/b.yaml:1:16");
  f.write("t/z.yaml", "drugs: [{name: A}, {name: b, xx: 1}]\n");
  CHECK(places(load_terminology(f / "t").diagnostics) == Names{"TH2005 t/z.yaml:1:16", "TH6004 t/z.yaml:1:30"});
}

TEST_CASE("the bundled vocabulary and sources load without a word") {
  const auto terminology = load_terminology(fs::path(THERIAC_RULES) / "terminology");
  for (const auto& d : terminology.diagnostics) MESSAGE(d.primary.place.to_string() << " " << d.message);
  REQUIRE(terminology.terminology);
  CHECK(terminology.diagnostics.empty());
  CHECK(terminology.vocabulary.size() >= 1);
  const auto& t = *terminology.terminology;
  REQUIRE(t.find("Klonopin").size() == 1);
  const auto depressants = t.find("CNS depressants");
  REQUIRE(depressants.size() == 1);
  for (const auto* drug : {"diazepam", "mirtazapine", "oxycodone", "Klonopin"}) {
    CAPTURE(drug);
    CHECK(t.membership(make_id<ConceptId>(t.find(drug).at(0).id), make_id<ConceptId>(depressants[0].id)) == Truth::yes);
  }
  const auto rules = load_rules(THERIAC_RULES);
  for (const auto& d : rules.diagnostics) MESSAGE(d.primary.place.to_string() << " " << d.message);
  CHECK(rules.diagnostics.empty());
  CHECK(rules.sources.size() >= 5);
  CHECK(rules.references.size() >= 10);
}

// The plan against the whole way, byte for byte: made-up rule bases of every kind of rule that the plan takes and of many that it leaves over, and
// lines of regimens of every kind that it takes and of many that it refuses. And the same of an image of the rules, and of several threads' worth of
// instances.
#include "compile/image.hpp"
#include "support/random.hpp"
#include "support/run.hpp"
#include "theriac/brief.hpp"
#include "theriac/load.hpp"
#include "theriac/plan_lines.hpp"
#include "theriac/regimen/quick.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <span>

#include <array>
#include <thread>

using namespace theriac;
using namespace theriac::testing;

namespace {

constexpr std::size_t lines_each = 200;
constexpr const char* vocabulary = R"(version: 1.0.0
drugs:
  - {name: alfa, is: [red, round], usual_route: oral, reviewed: {class: made-up}}
  - {name: bravo, is: [red], usual_route: oral, reviewed: {class: made-up}, brands: [Bravex]}
  - {name: charlie, is: [crimson, square], usual_route: oral, reviewed: {class: made-up}}
  - {name: delta, is: [blue], usual_route: oral, reviewed: {class: made-up}}
  - {name: echo, is: [blue, round], usual_route: oral, reviewed: {class: made-up}}
  - {name: foxtrot, is: [navy, square], usual_route: oral, reviewed: {class: made-up}}
  - {name: golf, is: [green], usual_route: topical, reviewed: {class: made-up}}
  - {name: hotel, is: [green, round], usual_route: oral}
  - {name: india, usual_route: oral, reviewed: {class: made-up}}
combinations:
  - {name: alfa/delta, ingredients: [alfa, delta], brands: [Duo]}
classes:
  - {name: red}
  - {name: crimson, is: [red]}
  - {name: blue}
  - {name: navy, is: [blue]}
  - {name: green}
  - {name: round}
  - {name: square}
conditions:
  - {name: gout}
  - {name: tophaceous gout, is: [gout]}
  - {name: asthma}
  - {name: fits}
observations:
  - {name: potassium, unit: mmol/L, validity: 30 days}
  - {name: sodium, unit: mmol/L}
routes:
  - {name: oral, words: [by mouth, oral], exposure: systemic}
  - {name: topical, words: [topical, on the skin], exposure: local}
problems:
  - harm
)";

std::shared_ptr<const Terminology> terms(std::vector<grammar::SourcePtr>& sources) {
  sources = {grammar::Source::make("vocabulary.yaml", vocabulary)};
  auto loaded = parse_terminology(sources);
  for (const auto& diagnostic : loaded.diagnostics) MESSAGE(diagnostic.message);
  REQUIRE(loaded.terminology);
  return loaded.terminology;
}

class RuleWriter {
 public:
  explicit RuleWriter(Random& random) : random_(random), plain_(random.chance(60)) {}

  std::string rules() {
    std::string text;
    const auto count = random_.between(3, 14);
    for (std::size_t i = 0; i < count; ++i) text += rule(i);
    return text;
  }

 private:
  std::string drug_class() { return random_.pick({"red", "crimson", "blue", "navy", "green", "round", "square"}); }
  std::string drug() { return random_.pick({"alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india"}); }
  std::string phrase() {
    switch (random_.below(9)) {
      case 0:
        return drug();
      case 1:
        return fmt::format("({} or {})", drug_class(), drug());
      case 2:
        return fmt::format("{} total daily dose {} {} mg/day", drug(), random_.pick({">=", "<", ">"}), random_.pick({20, 40, 60}));
      case 3:
        return random_.chance(50) ? fmt::format("topical {}", drug_class()) : fmt::format("{} except {}", drug_class(), drug());
      default:
        return drug_class();
    }
  }
  std::string fact() {
    switch (random_.below(8)) {
      case 0:
        return fmt::format("age >= {} years", random_.pick({18, 65, 75}));
      case 1:
        return fmt::format("potassium {} {} mmol/L", random_.pick({">", "<"}), random_.pick({"5.5", "3.5"}));
      case 2:
        return fmt::format("sodium < {} mmol/L", random_.pick({130, 135}));
      case 3:
        return "female";
      case 4:
        return fmt::format("no {}", random_.pick({"asthma", "gout", "fits"}));
      case 5:
        return fmt::format("({} or age < 40 years)", random_.pick({"asthma", "potassium > 5.5 mmol/L"}));
      default:
        return random_.pick({"gout", "tophaceous gout", "asthma", "fits"});
    }
  }
  std::string premise(std::size_t number) {
    switch (random_.below(9)) {
      case 0:
        return phrase();
      case 1:
      case 2:
        return fmt::format("{} + {}", phrase(), phrase());
      case 3:
        return fmt::format("{} + {} + {}", phrase(), phrase(), phrase());
      case 4:
        return fmt::format("at least {} of {}", random_.between(1, 4), drug_class());
      case 5:
        if (number > 0) return fmt::format("harm {}", random_.below(number));
        return phrase();
      case 6:
        if (plain_) return drug_class();
        return random_.chance(50) ? fmt::format("{} stopped within 14 days + {}", drug(), drug_class()) : "at least 2 of the same ingredient";
      default:
        return fmt::format("{} + {}", drug_class(), drug_class());
    }
  }
  std::string rule(std::size_t number) {
    auto text = fmt::format("effect harm {}\nr-{}: {}", number, number, premise(number));
    const auto facts = random_.below(3);
    for (std::size_t i = 0; i < facts; ++i) text += (i == 0 ? " if " : " and ") + fact();
    if (!plain_ && random_.chance(12)) text += fmt::format(" unless {}", random_.chance(50) ? fact() : drug());
    const auto effect = !plain_ && random_.chance(8) ? random_.below(number + 1) : number;
    text +=
        fmt::format(" → harm {} [{}]; {}\n", effect, random_.pick({"minor", "moderate", "major"}), random_.pick({"avoid", "monitor", "stop now"}));
    if (!plain_ && random_.chance(10)) text += fmt::format("  raise to contraindicated if {}\n", fact());
    return text + "\n";
  }
  Random& random_;
  bool plain_;  // no rule that the plan would leave over
};

class LineWriter {
 public:
  explicit LineWriter(Random& random) : random_(random), plain_(random.chance(60)) {}

  std::string line() {
    std::vector<std::string> parts;
    if (random_.chance(90)) parts.push_back(person());
    parts.push_back(list("medications", random_.between(1, 6), [&] { return medication(); }));
    if (random_.chance(60)) parts.push_back(list("conditions", random_.between(0, 2), [&] { return condition(); }));
    if (random_.chance(60)) parts.push_back(list(random_.pick({"labs", "observations", "vitals"}), random_.between(0, 2), [&] { return value(); }));
    if (random_.chance(60))
      parts.push_back(random_.chance(85) ? R"("complete":{"conditions":true})" : R"("complete":{"conditions":false,"medications":false})");
    if (random_.chance(plain_ ? 10 : 30))
      parts.push_back(fmt::format(R"("as_of":"{}")", random_.pick({"2025-03-10", "2025-04-01", plain_ ? "2025-03-11" : "soon"})));
    if (!plain_ && random_.chance(8))
      parts.push_back(random_.pick({R"("habits":{"alcohol":"daily"})", R"("allergies":["alfa"])", R"("schema":"theriac.regimen/1")",
                                    R"("schema":"theriac.regimen/9")", R"("conditions":[])"}));
    if (random_.chance(20)) random_.shuffle(parts);
    const std::string comma = random_.chance(20) ? ", " : ",";
    std::string text;
    for (const auto& part : parts) text += (text.empty() ? "" : comma) + part;
    text = "{" + text + "}";
    if (!plain_ && random_.chance(5)) text += " x";
    if (!plain_ && random_.chance(5)) text.resize(text.size() - random_.below(text.size()) / 2);
    return text;
  }

 private:
  template <class Make>
  std::string list(std::string_view key, std::size_t count, const Make& make) {
    std::string text;
    for (; count > 0; --count) text += (text.empty() ? "" : ",") + make();
    return fmt::format(R"("{}":[{}])", key, text);
  }
  std::string person() {
    std::string text = fmt::format(R"("id":"{}")", plain_ || random_.chance(90) ? fmt::format("P{}", random_.below(100)) : R"(a\"b)");
    if (random_.chance(85)) text += fmt::format(R"(,"age":{})", random_.pick({"17", "39", "64", "65", "82", "\"7 months\"", plain_ ? "74" : "-3"}));
    if (random_.chance(85)) text += fmt::format(R"(,"sex":"{}")", random_.pick({"F", "M", "female", "unknown", plain_ ? "male" : "x"}));
    return fmt::format(R"("patient":{{{}}})", text);
  }
  std::string name() {
    if (!plain_ && random_.chance(15)) return random_.pick({"Duo", "alfa/delta", "kilo", "red"});
    return random_.pick({"alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "Bravex"});
  }
  std::string medication() {
    const auto often = random_.pick({"daily", "twice daily", "as needed", "", plain_ ? "daily" : "each full moon"});
    const auto dose = fmt::format("{} mg {}", random_.pick({10, 20, 30, 60}), often);
    switch (plain_ ? random_.pick({0, 2, 3, 9}) : static_cast<int>(random_.below(12))) {
      case 0:
        return fmt::format(R"("{} {}")", name(), dose);
      case 1:
        return fmt::format(R"({{"drug":"{}","status":"{}","stop":"2025-03-0{}"}})", name(), random_.pick({"stopped", "to stop"}),
                           random_.between(1, 9));
      case 2:
        return fmt::format(R"({{"drug":"{}","dose":"{}","start":"2025-{}"}})", name(), dose,
                           random_.pick({"02-01", "03-09", plain_ ? "01-01" : "03-20", plain_ ? "02" : "03"}));
      case 3:
        return fmt::format(R"({{"drug":"{}","dose":"{}","route":"{}"}})", name(), dose,
                           random_.pick({"topical", "oral", plain_ ? "oral" : "by ear"}));
      case 4:
        return fmt::format(R"({{"drug":"{}","status":"{}"}})", name(), random_.pick({"proposed", "unknown", "active"}));
      case 5:
        return fmt::format(R"({{"drug": "{}", "dose": "{}", "note": "a }} b"}})", name(), dose);
      default:
        return fmt::format(R"({{"drug":"{}","dose":"{}"}})", name(), dose);
    }
  }
  std::string condition() {
    if (plain_) return random_.pick({R"("gout")", R"("tophaceous gout")", R"("asthma")", R"("fits")"});
    return random_.pick({R"("gout")", R"("tophaceous gout")", R"("asthma")", R"("fits")", R"("no gout")", R"("?asthma")", R"("?tophaceous gout")", R"("measles")",
                         R"({"name":"gout","status":"resolved"})", R"({"name":"fits","onset":"2024-01-01"})"});
  }
  std::string value() {
    const std::string name = random_.pick({"potassium", "sodium", plain_ ? "sodium" : "zinc"});
    const std::string number = random_.pick({"3.4", "3.5", "5.5", "5.6", "129", "130", "\">5.5\"", "\"<3\"", plain_ ? "4" : "9999"});
    const auto date = random_.chance(30) ? fmt::format(R"(,"date":"2025-{}")", random_.pick({"03-01", "02-08", "02-07", "01-01", "02"})) : "";
    return fmt::format(R"({{"name":"{}","value":{},"unit":"mmol/L"{}}})", name, number, date);
  }
  Random& random_;
  bool plain_;  // such as the plan takes
};

const Minutes day = parse_date("2025-03-10")->earliest;

// As `batch` answers a line that the plan refuses; "" where it is no patient.
std::string whole_way(const RuleBase& rules, const std::string& line, const regimen::ReadOptions& options, const BriefStyle& style) {
  const auto read = regimen::read(grammar::Source::make("line", line), options);
  if (grammar::has_errors(read.diagnostics) || read.patients.size() != 1) return {};
  return brief_line(brief(rules, read.patients.front()), style);
}

struct Seen {
  std::size_t lines = 0, by_plan = 0, found = 0, undecided = 0;
};

struct Answered {
  std::string line, told;  // "": not by the plan
};

// Threads that learn words from one another answer as one alone does.
std::string threads_disagree(const std::shared_ptr<const Plan>& plan, const regimen::ReadOptions& options, const BriefStyle& style,
                             const std::vector<Answered>& answered) {
  const auto words = std::make_shared<regimen::QuickWords>();
  std::array<std::string, 2> faults;
  const auto work = [&](std::string& fault, bool backwards) {
    regimen::QuickLines quick(plan, options, style.undecided, words);
    PlanLines lines(*plan, style);
    for (std::size_t i = 0; i < answered.size() && fault.empty(); ++i) {
      const auto& each = answered[backwards ? answered.size() - 1 - i : i];
      std::string told;
      if (quick.judge(each.line)) lines.write(quick.run(), quick.id(), told);
      if (told != each.told) fault = fmt::format("{}\nalone    {}together {}", each.line, each.told, told);
    }
  };
  {
    const std::jthread forwards([&] { work(faults[0], false); });
    work(faults[1], true);
  }
  return faults[0].empty() ? faults[1] : faults[0];
}

// Lines that are read together answer as each does alone.
std::string groups_disagree(const std::shared_ptr<const Plan>& plan, const regimen::ReadOptions& options, const BriefStyle& style,
                            const std::vector<Answered>& answered) {
  regimen::QuickLines quick(plan, options, style.undecided);
  PlanLines lines(*plan, style);
  std::vector<std::string_view> texts;
  for (const auto& each : answered) texts.emplace_back(each.line);
  for (std::size_t from = 0; from < texts.size();) {
    const auto read = quick.read(std::span(texts).subspan(from));
    if (read == 0 || read > regimen::QuickLines::at_once) return fmt::format("{} lines were read", read);
    for (std::size_t i = 0; i < read; ++i) {
      std::string told;
      if (quick.judge(i)) lines.write(quick.run(), quick.id(), told);
      if (told != answered[from + i].told) return fmt::format("{}\nalone    {}together {}", texts[from + i], answered[from + i].told, told);
    }
    from += read;
  }
  return {};
}

// The narrow registers answer as the wide ones do, where this processor has any.
std::string widths_disagree(const std::shared_ptr<const RuleBase>& rules, const regimen::ReadOptions& options, const BriefStyle& style,
                            const std::vector<Answered>& answered) {
  const auto plan = Plan::make(rules, PlanWidth::portable);
  regimen::QuickLines quick(plan, options, style.undecided);
  PlanLines lines(*plan, style);
  for (const auto& each : answered) {
    std::string told;
    if (quick.judge(each.line)) lines.write(quick.run(), quick.id(), told);
    if (told != each.told) return fmt::format("{}\nwide     {}portable {}", each.line, each.told, told);
  }
  return {};
}

// The first disagreement of one rule base; "" where there is none.
std::string disagreement(std::uint64_t seed, Seen& seen) {
  Random random(seed);
  std::vector<grammar::SourcePtr> sources;
  const auto terminology = terms(sources);
  const auto text = RuleWriter(random).rules();
  sources.push_back(grammar::Source::make("made-up.rx", text));
  auto compiled = compile(terminology, {sources.back()});
  if (!compiled.rules) return {};
  const auto image = detail::open_image(detail::make_image(*compiled.rules, sources));
  if (!image) return "the image does not open\n" + text;
  const BriefStyle style{random.chance(50), random.chance(50)};
  const auto plan = Plan::make(random.chance(50) ? compiled.rules : image);
  regimen::ReadOptions options;
  if (random.chance(60)) options.as_of = day;
  options.today = day;
  regimen::QuickLines quick(plan, options, style.undecided);
  PlanLines lines(*plan, style);
  std::vector<Answered> answered;
  for (std::size_t i = 0; i < lines_each; ++i) {
    const auto line = LineWriter(random).line();
    const auto whole = whole_way(*compiled.rules, line, options, style);
    const auto from_image = whole_way(*image, line, options, style);
    ++seen.lines;
    if (whole != from_image) return fmt::format("{}\n{}\nrules  {}image  {}", text, line, whole, from_image);
    answered.push_back({line, {}});
    if (!quick.judge(line)) continue;
    auto& told = answered.back().told;
    lines.write(quick.run(), quick.id(), told);
    ++seen.by_plan;
    seen.undecided += quick.run().undecided();
    seen.found += quick.run().hits().size();
    if (told != whole) return fmt::format("{}\n{}\nplan   {}whole  {}", text, line, told, whole);
  }
  if (const auto of_groups = groups_disagree(plan, options, style, answered); !of_groups.empty()) return of_groups;
  const auto of_widths = widths_disagree(compiled.rules, options, style, answered);
  return of_widths.empty() ? threads_disagree(plan, options, style, answered) : of_widths;
}

}  // namespace

TEST_CASE("what the plan answers is what the whole way answers, byte for byte, from rules and from their image") {
  Seen seen;
  const auto bases = std::max<std::size_t>(1, cases_wanted(20'000) / lines_each);
  for (std::size_t i = 0; i < bases; ++i) {
    INFO("THERIAC_SEED=", first_seed() + i);
    CHECK_EQ(disagreement(first_seed() + i, seen), "");
  }
  MESSAGE(seen.lines << " lines, " << seen.by_plan << " by the plan, " << seen.found << " hits, " << seen.undecided << " undecided");
  CHECK(seen.by_plan * 10 > seen.lines);  // else the property asks nothing
  CHECK(seen.found > 0);
  CHECK(seen.undecided > 0);
}

TEST_CASE("an image that was cut or changed in one byte is refused") {
  std::vector<grammar::SourcePtr> sources;
  const auto terminology = terms(sources);
  sources.push_back(grammar::Source::make("one.rx", "red + blue if age >= 65 years → harm 1 [moderate]; avoid\n"));
  const auto compiled = compile(terminology, {sources.back()});
  REQUIRE(compiled.rules);
  const auto image = detail::make_image(*compiled.rules, sources);
  REQUIRE(detail::open_image(image));
  Random random(7);
  for (int i = 0; i < 400; ++i) {
    CHECK_FALSE(detail::open_image(image.substr(0, random.below(image.size()))));
    auto changed = image;
    changed[random.below(changed.size())] ^= static_cast<char>(1U << random.below(8));
    CHECK_FALSE(detail::open_image(changed));
  }
}

// class, population, effect: read of all files before any rule, resolved when first used. A declaration with a mistake stays known, so that the rules
// that use it are left out without a second report.
#include "resolve/run.hpp"
#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

namespace theriac::detail {
namespace {

using grammar::Code;
using Kind = Meaning::Kind;

bool is_kind(const std::vector<Meaning>& meanings, std::initializer_list<Kind> kinds) {
  return std::any_of(meanings.begin(), meanings.end(),
                     [&](const Meaning& m) { return std::find(kinds.begin(), kinds.end(), m.kind) != kinds.end(); });
}

std::optional<std::uint32_t> id_of(const std::vector<Meaning>& meanings, Kind kind) {
  for (const auto& meaning : meanings) {
    if (meaning.kind == kind) return meaning.id;
  }
  return std::nullopt;
}

class Declarer {
 public:
  explicit Declarer(Run& run) : run_(run) {}

  void read(const grammar::Parsed& file) {
    source_ = file.source;
    for (const auto& statement : file.statements) {
      if (const auto* what = std::get_if<grammar::ClassDeclaration>(&statement.what)) add(*what);
      if (const auto* what = std::get_if<grammar::PopulationDeclaration>(&statement.what)) add(*what);
      if (const auto* what = std::get_if<grammar::QualifierDeclaration>(&statement.what)) add(*what);
      if (const auto* what = std::get_if<grammar::EffectDeclaration>(&statement.what)) add(*what);
    }
  }

  // Vocabulary of declarations that did not parse, so that their uses are not called unknown.
  void read_dropped(const grammar::Parsed& file) {
    source_ = file.source;
    if (file.dropped == 0) return;
    for (std::uint32_t line = 1; line <= file.source->line_count(); ++line) read_dropped_line(file.source->line(line));
  }

  void finish_effects(TerminologyData& data) {
    for (const auto& [declaration, source] : effects_) {
      Effect effect;
      effect.name = declaration->name.text();
      effect.at = {source, declaration->name.span};
      data.effects.push_back(std::move(effect));
    }
  }
  const auto& effects() const { return effects_; }

 private:
  void read_dropped_line(std::string_view line) {
    constexpr std::string_view words[] = {"class ", "population ", "qualifier ", "effect "};
    for (const auto word : words) {
      if (line.substr(0, word.size()) != word) continue;
      auto name = line.substr(word.size());
      name = name.substr(0, std::min({name.find('='), name.find(':'), name.find(" includes ")}));
      while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
      if (name.empty() || !run_.names.find(name).empty()) continue;
      declare_broken(std::string(name), word);
    }
  }

  void declare_broken(std::string name, std::string_view word) {
    if (word == "class ") {
      DeclaredClass broken;
      broken.progress = Progress::broken;
      broken.name = name;
      run_.names.declare(name, {Kind::declared_class, static_cast<std::uint32_t>(run_.classes.size())});
      run_.classes.push_back(std::move(broken));
    } else if (word == "population ") {
      DeclaredPopulation broken;
      broken.progress = Progress::broken;
      broken.name = name;
      run_.names.declare(name, {Kind::population, static_cast<std::uint32_t>(run_.populations.size())});
      run_.populations.push_back(std::move(broken));
    } else if (word == "qualifier ") {
      DeclaredQualifier broken;
      broken.progress = Progress::broken;
      broken.name = name;
      run_.names.declare(name, {Kind::qualifier, static_cast<std::uint32_t>(run_.qualifiers.size())});
      run_.qualifiers.push_back(std::move(broken));
    }
  }

  void refuse_duplicate(const grammar::Phrase& name, std::optional<grammar::Place> first) {
    auto diagnostic = grammar::diagnose(Code::TH2005, {source_, name.span}, fmt::format("`{}` is declared already", name.text()));
    if (first && first->source) diagnostic.secondary.push_back({*first, "here"});
    run_.report.add(std::move(diagnostic));
    ++run_.not_loaded;
  }

  void add(const grammar::ClassDeclaration& what) {
    const auto name = what.name.text();
    const auto meanings = run_.names.find(name);
    if (const auto known = id_of(meanings, Kind::declared_class)) {
      auto& declared = run_.classes[*known];
      if (!what.includes && has_list(declared)) return refuse_duplicate(what.name, declared.at);
      declared.parts.push_back({&what, source_});
      return;
    }
    const auto concept_id = id_of(meanings, Kind::drug);
    if (concept_id && !what.includes) return refuse_duplicate(what.name, run_.terminology->data().concepts[*concept_id].at);
    const auto index = run_.classes.size();
    DeclaredClass declared;
    declared.name = name;
    declared.at = {source_, what.name.span};
    declared.parts.push_back({&what, source_});
    if (concept_id) {
      const auto id = static_cast<ConceptId>(*concept_id);
      if (const auto added = run_.additions.find(id); added != run_.additions.end()) {
        run_.classes[added->second].parts.push_back({&what, source_});
        return;
      }
      declared.adds_to = id;
      run_.additions.emplace(id, index);
    } else {
      run_.names.declare(name, {Kind::declared_class, static_cast<std::uint32_t>(index)});
    }
    run_.classes.push_back(std::move(declared));
  }

  static bool has_list(const DeclaredClass& declared) {
    return std::any_of(declared.parts.begin(), declared.parts.end(), [](const auto& part) { return part.what != nullptr && !part.what->includes; });
  }

  void add(const grammar::PopulationDeclaration& what) {
    const auto meanings = run_.names.find(what.name.text());
    if (is_kind(meanings, {Kind::population, Kind::condition})) {
      std::optional<grammar::Place> first;
      if (const auto known = id_of(meanings, Kind::population)) first = run_.populations[*known].at;
      return refuse_duplicate(what.name, first);
    }
    DeclaredPopulation declared;
    declared.name = what.name.text();
    declared.what = &what;
    declared.source = source_;
    declared.at = {source_, what.name.span};
    run_.names.declare(declared.name, {Kind::population, static_cast<std::uint32_t>(run_.populations.size())});
    run_.populations.push_back(std::move(declared));
  }

  void add(const grammar::QualifierDeclaration& what) {
    const auto meanings = run_.names.find(what.name.text());
    if (is_kind(meanings, {Kind::qualifier, Kind::route, Kind::form, Kind::schedule, Kind::state})) {
      std::optional<grammar::Place> first;
      if (const auto known = id_of(meanings, Kind::qualifier)) first = run_.qualifiers[*known].at;
      return refuse_duplicate(what.name, first);
    }
    run_.names.declare(what.name.text(), {Kind::qualifier, static_cast<std::uint32_t>(run_.qualifiers.size())});
    run_.qualifiers.push_back({what.name.text(), &what, source_, {source_, what.name.span}, Progress::untouched, {}});
  }

  void add(const grammar::EffectDeclaration& what) {
    const auto known = id_of(run_.names.find(what.name.text()), Kind::effect);
    const bool here = !effect_names_.insert(normalise(what.name.text())).second;
    if (known || here) return refuse_duplicate(what.name, known ? std::optional(run_.terminology->data().effects[*known].at) : std::nullopt);
    effects_.emplace_back(&what, source_);
  }

  Run& run_;
  grammar::SourcePtr source_;
  std::vector<std::pair<const grammar::EffectDeclaration*, grammar::SourcePtr>> effects_;
  std::set<std::string> effect_names_;  // normalised
};

std::string_view after_word(std::string_view text, std::string_view word) {
  if (text.substr(0, word.size()) != word || text.size() <= word.size() || text[word.size()] != ' ') return {};
  return text.substr(word.size() + 1);
}

// The tags of an effect's declaration: its problem and what it is a kind of.
class EffectTags {
 public:
  EffectTags(Run& run, TerminologyData& data, std::size_t first) : run_(run), data_(data), first_(first) {}

  bool read(std::size_t number, const grammar::EffectDeclaration& declaration, const grammar::SourcePtr& source) {
    auto& effect = data_.effects[first_ + number];
    bool good = true;
    for (const auto& tag : declaration.tags) good = read(effect, tag, {source, tag.span}) && good;
    return good;
  }

 private:
  bool read(Effect& effect, const grammar::Tag& tag, grammar::Place place) {
    if (const auto problem = after_word(tag.text, "problem"); !problem.empty()) return set_problem(effect, problem, std::move(place));
    if (const auto kind = after_word(tag.text, "is"); !kind.empty()) return add_kind(effect, kind, std::move(place));
    auto diagnostic = grammar::diagnose(Code::TH6002, std::move(place), fmt::format("`{}` says nothing about an effect", tag.text));
    diagnostic.help.push_back("write `problem …` or `is …`");
    run_.report.add(std::move(diagnostic));
    return false;
  }

  bool set_problem(Effect& effect, std::string_view name, grammar::Place place) {
    const auto key = normalise(name);
    for (std::size_t i = 0; i < data_.problems.size(); ++i) {
      if (normalise(data_.problems[i]) != key) continue;
      effect.problem = make_id<ProblemId>(i);
      return true;
    }
    auto diagnostic = grammar::diagnose(Code::TH2001, std::move(place), fmt::format("unknown problem `{}`", name));
    const std::vector<std::string_view> problems(data_.problems.begin(), data_.problems.end());
    if (const auto near = grammar::nearest(name, problems)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
    run_.report.add(std::move(diagnostic));
    return false;
  }

  bool add_kind(Effect& effect, std::string_view name, grammar::Place place) {
    const auto key = normalise(name);
    for (std::size_t i = first_; i < data_.effects.size(); ++i) {
      if (normalise(data_.effects[i].name) != key) continue;
      if (&data_.effects[i] == &effect) break;
      effect.is.push_back(make_id<EffectId>(i));
      return true;
    }
    for (const auto& meaning : run_.names.find(name)) {
      if (meaning.kind != Kind::effect) continue;
      effect.is.push_back(static_cast<EffectId>(meaning.id));
      return true;
    }
    run_.report.add(grammar::diagnose(Code::TH2001, std::move(place), fmt::format("unknown effect `{}`", name)));
    return false;
  }

  Run& run_;
  TerminologyData& data_;
  std::size_t first_;
};

// Adds members that are plain concepts to their class in the graph, so that every rule about the class or those above sees them.
bool add_members(Run& run, TerminologyData& data) {
  bool changed = false;
  for (const auto& [id, number] : run.additions) {
    const auto* members = members_of(run, static_cast<std::uint32_t>(number), run.classes[number].at);
    if (members == nullptr) continue;
    for (const auto& member : *members) {
      const bool plain =
          member.concept_id && member.except.empty() && member.routes.empty() && member.forms.empty() && !member.as_needed && member.tests.empty();
      if (!plain || run.is_kind_of(id, *member.concept_id)) continue;
      data.concepts[index(*member.concept_id)].is.push_back({id, member.at});
      changed = true;
    }
  }
  return changed;
}

void rebuild(Run& run, TerminologyData data) {
  auto built = Terminology::build(std::move(data));
  for (auto& diagnostic : built.diagnostics) run.report.add(std::move(diagnostic));
  if (!built.terminology) return;
  run.terminology = std::move(built.terminology);
  run.names.use(run.terminology);
}

}  // namespace

void declare_all(Run& run, const std::vector<const grammar::Parsed*>& files) {
  Declarer declarer(run);
  for (const auto* file : files) declarer.read(*file);
  for (const auto* file : files) declarer.read_dropped(*file);
  auto data = run.terminology->data();
  bool changed = !declarer.effects().empty();
  const auto first = data.effects.size();
  declarer.finish_effects(data);
  EffectTags tags(run, data, first);
  for (std::size_t i = 0; i < declarer.effects().size(); ++i) {
    if (!tags.read(i, *declarer.effects()[i].first, declarer.effects()[i].second)) ++run.not_loaded;
  }
  changed = add_members(run, data) || changed;
  if (changed) rebuild(run, std::move(data));
}

}  // namespace theriac::detail

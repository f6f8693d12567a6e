#include "resolve/cover.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace theriac::detail {
namespace {

using Kind = Meaning::Kind;

// Longer phrases name nothing: the search stays small whatever somebody writes.
constexpr std::size_t longest_phrase = 12;

// The shapes as one small automaton.
enum class State : std::uint8_t {
  start,
  drug_wanted,
  after_state,
  drug_wanted_in_allergy,
  after_drug,
  after_quantity,
  after_allergy,
  complete,
  rejected
};

bool is_qualifier(Kind kind) {
  return kind == Kind::route || kind == Kind::form || kind == Kind::schedule || kind == Kind::qualifier || kind == Kind::state;
}
bool is_drug(Kind kind) { return kind == Kind::drug || kind == Kind::declared_class || kind == Kind::any_drug || kind == Kind::combination; }

State from_start(Shape shape, Kind kind) {
  if (kind == Kind::state) return State::after_state;
  if (is_qualifier(kind)) return State::drug_wanted;
  if (is_drug(kind)) return State::after_drug;
  if (shape.of == Shape::Of::drug) return State::rejected;
  if (shape.of == Shape::Of::guard && kind == Kind::role) return State::after_drug;
  if (shape.of == Shape::Of::guard && kind == Kind::determiner) return State::drug_wanted;
  if (kind == Kind::allergy_to) return State::drug_wanted_in_allergy;
  const bool measured = kind == Kind::observation || kind == Kind::age || kind == Kind::summed || kind == Kind::score || kind == Kind::table;
  const bool plain = kind == Kind::condition || kind == Kind::population || kind == Kind::effect || kind == Kind::sex;
  return (shape.compared ? measured : plain) ? State::complete : State::rejected;
}

State next(Shape shape, State state, Kind kind) {
  switch (state) {
    case State::start:
      return from_start(shape, kind);
    case State::drug_wanted:
    case State::after_state:
      if (is_qualifier(kind)) return State::drug_wanted;
      return is_drug(kind) || (shape.of == Shape::Of::guard && kind == Kind::role) ? State::after_drug : State::rejected;
    case State::drug_wanted_in_allergy:
      return is_drug(kind) || kind == Kind::role ? State::after_allergy : State::rejected;
    case State::after_drug:
      if (is_qualifier(kind)) return state;
      return shape.compared && (kind == Kind::quantity || kind == Kind::summed) ? State::after_quantity : State::rejected;
    default:
      return State::rejected;
  }
}

bool is_final(Shape shape, State state) {
  switch (state) {
    case State::complete:
      return true;
    case State::after_drug:
    case State::after_allergy:
      return !shape.compared;
    case State::after_state:
      return shape.of == Shape::Of::guard && !shape.compared;
    case State::after_quantity:
      return true;
    default:
      return false;
  }
}

class Search {
 public:
  Search(const Vocabulary& names, const grammar::Phrase& phrase, Shape shape, const std::vector<Role>& roles)
      : names_(names), phrase_(phrase), shape_(shape), roles_(roles), longest_(std::max(names.longest(), longest_role())) {}

  std::vector<Cover> run() {
    visit(0, State::start);
    return std::move(best_);
  }

 private:
  std::size_t longest_role() const {
    std::size_t words = 1;
    for (const auto& role : roles_) words = std::max(words, static_cast<std::size_t>(std::count(role.name.begin(), role.name.end(), ' ')) + 1);
    return words;
  }

  void visit(std::size_t position, State state) {
    if (position == phrase_.words.size()) {
      if (is_final(shape_, state)) keep();
      return;
    }
    if (!best_.empty() && current_.size() + 1 > best_.front().size()) return;
    const auto last = std::min(phrase_.words.size(), position + longest_);
    for (auto end = last; end > position; --end) try_names(position, end, state);
  }

  void try_names(std::size_t begin, std::size_t end, State state) {
    for (const auto& role : roles_) {
      if (normalise(text(begin, end)) == role.name) step({begin, end, {Kind::role, role.item}}, state);
    }
    for (const auto& meaning : names_.at(phrase_, begin, end)) step({begin, end, meaning}, state);
  }

  void step(const Segment& segment, State state) {
    const auto reached = next(shape_, state, segment.meaning.kind);
    if (reached == State::rejected) return;
    current_.push_back(segment);
    visit(segment.end, reached);
    current_.pop_back();
  }

  void keep() {
    if (!best_.empty() && current_.size() < best_.front().size()) best_.clear();
    if (best_.empty() || current_.size() == best_.front().size()) best_.push_back(current_);
  }

  std::string text(std::size_t begin, std::size_t end) const {
    std::string words;
    for (auto i = begin; i < end; ++i) words += (words.empty() ? "" : " ") + phrase_.words[i].text;
    return words;
  }

  const Vocabulary& names_;
  const grammar::Phrase& phrase_;
  Shape shape_;
  const std::vector<Role>& roles_;
  std::size_t longest_;
  Cover current_;
  std::vector<Cover> best_;
};

std::vector<Meaning> meanings_of(const Cover& cover) {
  std::vector<Meaning> meanings;
  for (const auto& segment : cover) meanings.push_back(segment.meaning);
  std::sort(meanings.begin(), meanings.end());
  return meanings;
}

bool ends_in(const Cover& cover, Kind kind) { return cover.back().meaning.kind == kind; }

// A role is the rule's own word and goes before any other meaning. In a guard a condition goes before an effect of the same name: a guard asks for
// the patient's state. Which effect an item or a head means is never chosen here.
void prefer(std::vector<Cover>& covers, Shape shape) {
  const auto keep_only = [&](auto&& wanted) {
    if (!std::any_of(covers.begin(), covers.end(), wanted)) return;
    std::erase_if(covers, [&](const Cover& cover) { return !wanted(cover); });
  };
  const auto with_role = [](const Cover& cover) {
    return std::any_of(cover.begin(), cover.end(), [](const Segment& s) { return s.meaning.kind == Kind::role; });
  };
  keep_only(with_role);
  if (shape.of != Shape::Of::guard) return;
  const bool condition =
      std::any_of(covers.begin(), covers.end(), [](const Cover& c) { return ends_in(c, Kind::condition) || ends_in(c, Kind::population); });
  if (condition) std::erase_if(covers, [](const Cover& c) { return ends_in(c, Kind::effect); });
}

}  // namespace

Covered cover(const Vocabulary& names, const grammar::Phrase& phrase, Shape shape, const std::vector<Role>& roles) {
  if (phrase.words.empty() || phrase.words.size() > longest_phrase) return {};
  auto covers = Search(names, phrase, shape, roles).run();
  prefer(covers, shape);
  std::vector<Cover> distinct;
  for (auto& candidate : covers) {
    const auto same = [&](const Cover& other) { return meanings_of(other) == meanings_of(candidate); };
    if (std::none_of(distinct.begin(), distinct.end(), same)) distinct.push_back(std::move(candidate));
  }
  return {std::move(distinct)};
}

std::string describe(const Vocabulary& names, const grammar::Phrase& phrase, const Cover& reading) {
  std::string text;
  for (const auto& segment : reading) {
    if (!text.empty()) text += " + ";
    std::string words;
    for (auto i = segment.begin; i < segment.end; ++i) words += (words.empty() ? "" : " ") + phrase.words[i].text;
    const auto name = names.name_of(segment.meaning);
    text += normalise(name) == normalise(words) ? fmt::format("`{}` ({})", words, noun_of(segment.meaning.kind))
                                                : fmt::format("`{}` ({}: {})", words, noun_of(segment.meaning.kind), name);
  }
  return text;
}

}  // namespace theriac::detail

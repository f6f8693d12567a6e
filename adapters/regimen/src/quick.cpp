#include "theriac/regimen/quick.hpp"

#include "elements.hpp"
#include "keys.hpp"
#include "memo.hpp"
#include "shared.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

namespace theriac::regimen {
namespace {

enum Part : std::uint8_t { medication, condition, observation, age, sex };

// The smallest regimen that states one thing; where that is no medication it has one all the same, since a regimen must.
std::string alone(Part part, std::string_view bytes) {
  const auto put = [&](std::string_view before, std::string_view after) { return std::string(before).append(bytes).append(after); };
  switch (part) {
    case medication:
      return put(R"({"medications":[)", "]}");
    case condition:
      return put(R"({"medications":["x"],"conditions":[)", "]}");
    case observation:
      return put(R"({"medications":["x"],"observations":[)", "]}");
    case age:
      return put(R"({"medications":["x"],"patient":{"age":)", "}}");
    default:
      return put(R"({"medications":["x"],"patient":{"sex":)", "}}");
  }
}

}  // namespace

class QuickLines::Reader {
 public:
  Reader(std::shared_ptr<const Plan> plan, const ReadOptions& options, bool undecided, std::shared_ptr<QuickWords> words)
      : plan_(std::move(plan)), options_(options), run_(*plan_, undecided), scan_(scan(plan_->width())), memo_(scan_), shared_(std::move(words)) {}

  // Step by step for all lines, so that memory is asked for what comes next before it is wanted.
  std::size_t read(std::span<const std::string_view> lines) {
    if (memo_.is_full()) forget();
    word_count_ = 0;
    count_ = std::min(lines.size(), at_once);
    for (std::size_t i = 0; i < count_; ++i) lines_[i] = line(lines[i]);
    for (std::size_t i = 0; i < word_count_; ++i) memo_.approach(words_[i]);
    return count_ = find_all();
  }

  bool judge(std::size_t number) {
    const auto& line = lines_[number];
    id_ = line.id;
    if (!line.plain) return false;
    run_.begin();
    for (auto i = line.from; i < line.to; ++i) run_.add(*found_[i]);
    run_.conditions_are_complete(line.complete);
    return run_.judge();
  }

  std::string_view id() const { return id_; }
  const PlanRun& run() const { return run_; }

 private:
  void skip_blanks() {
    while (at_ != end_ && *at_ == ' ') ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  bool sees(char c) {
    skip_blanks();
    return at_ != end_ && *at_ == c;
  }
  bool first_time(Key key) {
    const auto bit = 1U << key;
    const bool first = (seen_ & bit) == 0;
    seen_ |= bit;
    return first;
  }

  // With its quotes; nothing where it has an escape.
  std::optional<std::string_view> string() {
    if (!sees('"')) return std::nullopt;
    const auto* begin = at_;
    ++at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\\') ++at_;
    if (at_ == end_ || *at_ != '"') return std::nullopt;
    ++at_;
    const std::string_view text(begin, static_cast<std::size_t>(at_ - begin));
    return text;
  }

  // A string, or a map up to its first closing brace: if what is taken is not the whole of it, the general reader will refuse it.
  std::optional<std::string_view> element() {
    if (sees('"')) return string();
    if (!sees('{')) return std::nullopt;
    const auto* begin = at_;
    const auto* close = static_cast<const char*>(std::memchr(begin, '}', static_cast<std::size_t>(end_ - begin)));
    if (close == nullptr) return std::nullopt;
    at_ = close + 1;
    return std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  }

  // A string or a number.
  std::optional<std::string_view> scalar() {
    if (sees('"')) return string();
    const auto* begin = at_;
    while (at_ != end_ && *at_ != ',' && *at_ != '}') ++at_;
    return std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  }

  // One line: its words, where it is plain.
  struct Line {
    bool plain = false, complete = false;
    std::optional<Minutes> day;
    std::string_view id;
    std::size_t from = 0, to = 0;  // its words
  };

  Line line(std::string_view text) {
    as_of_ = options_.as_of ? options_.as_of : options_.today;
    at_ = text.data();
    end_ = at_ + text.size();
    id_ = {};
    seen_ = 0;
    complete_ = false;
    Line result;
    result.from = word_count_;
    const bool plain = plan_->serves() && read_line() && (seen_ & 1U << key_medications) != 0 && as_of_;
    if (!plain) word_count_ = result.from;
    return {plain, complete_, as_of_, id_, result.from, word_count_};
  }

  // What the words of all lines set; how many lines. What was read for another day holds still where it has no date; else the lines end before it.
  std::size_t find_all() {
    if (found_.size() < word_count_) found_.resize(2 * word_count_);
    for (std::size_t i = 0; i < count_; ++i) {
      if (!lines_[i].plain) continue;
      if (lines_[i].day != memo_day_) {
        if (has_dated_ && i > 0) return i;
        if (has_dated_) forget();
        memo_day_ = lines_[i].day;
      }
      const auto [from, to] = std::pair(lines_[i].from, lines_[i].to);
      memo_.find(words_.data() + from, to - from, found_.data() + from, [&](const Word& word) -> const PlanElementView& { return view_of(word); });
    }
    for (std::size_t i = 0; i < word_count_; ++i) __builtin_prefetch(found_[i]);
    for (std::size_t i = 0; i < word_count_; ++i) __builtin_prefetch(found_[i]->facts().data());
    return count_;
  }

  void forget() {
    memo_.clear();
    elements_.clear();
    has_dated_ = false;
  }

  void set(const Word& word) {
    with_room()[0] = word;
    added(1);
  }
  // Where the next words go.
  Word* with_room() {
    if (words_.size() < word_count_ + Scan::most_words) words_.resize(2 * word_count_ + Scan::most_words);
    return words_.data() + word_count_;
  }
  void added(std::size_t count) {
    for (; count > 0; --count) memo_.start(words_[word_count_++]);
  }

  const PlanElementView& view_of(const Word& word) {
    if (shared_) {
      if (const auto* known = shared_->store_->find(word)) return *known;
    }
    auto element = make(static_cast<Part>(word.part), word.bytes());
    has_dated_ = has_dated_ || element.dated;
    if (shared_) {
      if (const auto* shared = shared_->store_->put(word, element)) return *shared;
    }
    return elements_.keep(std::move(element));
  }

  PlanElement make(Part part, std::string_view bytes) {
    auto result = regimen::read(grammar::Source::make("", alone(part, bytes)), {.as_of = memo_day_, .today = {}, .fingerprint = false});
    if (!result.diagnostics.empty() || result.patients.size() != 1) return {};
    auto& patient = result.patients.front();
    if (part != medication) patient.medications.clear();
    if (!patient.not_understood.empty()) return {};
    return plan_->element(patient);
  }

  bool list(Part part) {
    if (!take('[')) return false;
    std::size_t count = 0;
    if (const auto* behind = scan_.list(at_, end_, part, with_room(), count)) {
      at_ = behind;
      added(count);
      return true;
    }
    if (take(']')) return part != medication;
    do {
      const auto bytes = element();
      if (!bytes) return false;
      set(word_of(part, *bytes));
    } while (take(','));
    return take(']');
  }

  // Keys stand in one order in most lines: the guess is the one that stood there in the line before.
  template <std::size_t count, class Entry>
  bool map(const std::array<Spelt, count>& keys, std::array<std::uint8_t, count>& order, const Entry& entry) {
    if (!take('{')) return false;
    std::size_t place = 0;
    do {
      skip_blanks();
      if (place == count) return false;
      auto& guess = order[place++];
      if (!keys[guess].begins(at_, end_)) {
        const auto at = std::find_if(keys.begin(), keys.end(), [&](const Spelt& each) { return each.begins(at_, end_); });
        if (at == keys.end()) return false;
        guess = static_cast<std::uint8_t>(at - keys.begin());
      }
      at_ += keys[guess].text.size();
      if (!first_time(keys[guess].key) || !entry(keys[guess].key)) return false;
    } while (take(','));
    return take('}');
  }

  bool read_line() {
    const bool whole = map(top_keys, top_order_, [&](Key key) { return top(key); });
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\r')) ++at_;
    return whole && at_ == end_;
  }

  bool top(Key key) {
    switch (key) {
      case key_medications:
        return list(medication);
      case key_conditions:
        return list(condition);
      case key_labs:
      case key_observations:
      case key_vitals:
        return list(observation);
      case key_patient:
        return map(person_keys, person_order_, [&](Key of) { return person(of); });
      case key_complete:
        return map(complete_keys, complete_order_, [&](Key) { return completeness(); });
      case key_schema:
        return string() == "\"theriac.regimen/1\"";
      default:
        return day();
    }
  }

  bool person(Key key) {
    skip_blanks();
    const auto value = scalar();
    if (!value) return false;
    if (key == key_id) return name(*value);
    set(word_of(key == key_age ? age : sex, *value));
    return true;
  }

  bool name(std::string_view value) {
    if (value.size() < 2 || value.front() != '"') return false;
    id_ = value.substr(1, value.size() - 2);
    return std::all_of(id_.begin(), id_.end(), [](char c) { return c >= ' ' && c <= '~'; });
  }

  bool completeness() {
    skip_blanks();
    const auto value = scalar();
    complete_ = value == "true";
    return complete_ || value == "false";
  }

  bool day() {
    const auto value = string();
    if (!value) return false;
    const auto stated = parse_date(value->substr(1, value->size() - 2));
    if (!stated || stated->earliest != stated->latest) return false;
    if (!options_.as_of) as_of_ = stated->earliest;
    return true;
  }

  std::shared_ptr<const Plan> plan_;
  ReadOptions options_;
  std::optional<Minutes> as_of_, memo_day_;
  PlanRun run_;
  const Scan& scan_;
  Memo memo_;
  std::shared_ptr<QuickWords> shared_;
  Elements elements_;  // what is not among the shared words
  std::array<Line, at_once> lines_{};
  std::size_t count_ = 0;    // of them
  std::vector<Word> words_;  // of all lines, the first `word_count_`
  std::size_t word_count_ = 0;
  std::vector<const PlanElementView*> found_;  // what each sets
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::string_view id_;
  unsigned seen_ = 0;
  std::array<std::uint8_t, top_keys.size()> top_order_{};
  std::array<std::uint8_t, person_keys.size()> person_order_{};
  std::array<std::uint8_t, complete_keys.size()> complete_order_{};
  bool complete_ = false, has_dated_ = false;
};

QuickWords::QuickWords() : store_(std::make_unique<Store>()) {}
QuickWords::~QuickWords() = default;

QuickLines::QuickLines(std::shared_ptr<const Plan> plan, const ReadOptions& options, bool undecided, std::shared_ptr<QuickWords> words)
    : reader_(std::make_unique<Reader>(std::move(plan), options, undecided, std::move(words))) {}
QuickLines::~QuickLines() = default;
QuickLines::QuickLines(QuickLines&&) noexcept = default;
QuickLines& QuickLines::operator=(QuickLines&&) noexcept = default;

std::size_t QuickLines::read(std::span<const std::string_view> lines) { return reader_->read(lines); }
bool QuickLines::judge(std::size_t line) { return reader_->judge(line); }
bool QuickLines::judge(std::string_view line) { return reader_->read({&line, 1}) == 1 && reader_->judge(std::size_t{0}); }
std::string_view QuickLines::id() const { return reader_->id(); }
const PlanRun& QuickLines::run() const { return reader_->run(); }

}  // namespace theriac::regimen

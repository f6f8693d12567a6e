// Puts the parts of a medication line together: the name first, then parts in any order; several doses with their own times add up.
#include "dosage/parts.hpp"
#include "dosage/words.hpp"

#include <algorithm>
#include <utility>

namespace theriac::grammar {
namespace dosage {
namespace {

class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text), tokens_(tokenise(text)) { segments_.emplace_back(); }

  MedicationLine run() {
    while (at_ < tokens_.size()) step();
    end_unread();
    put_together(text_, tokens_, {segments_, scheme_, over_a_day_, segments_before_duration_ < segments_.size()}, line_);
    return std::move(line_);
  }

 private:
  void step() {
    if (tokens_[at_].kind == Token::Kind::sign) return take_sign();
    if (!named_ && name_starts()) return take_name();
    if (take_part()) return;
    if (!named_ && !is_filler(tokens_[at_].text)) return take_name();
    if (is_filler(tokens_[at_].text)) {
      told_to_take_ = told_to_take_ || tokens_[at_].text == "take" || tokens_[at_].text == "give";
      joined_by_and_ = joined_by_and_ || tokens_[at_].text == "and";
      joined_by_stroke_ = joined_by_stroke_ || tokens_[at_].text == "and";
      end_unread();
      ++at_;
      return;
    }
    unread();
  }

  void take_sign() {
    static constexpr std::string_view silent = ",;:.()[]-+/&=*";
    const auto& sign = tokens_[at_].text;
    if (auto stroke = read_often(tokens_, at_); stroke && sign == "/") {
      take_often(std::move(*stroke));
      return;
    }
    if (sign == "+" || sign == "&") joined_by_and_ = true;
    joined_by_stroke_ = joined_by_stroke_ || sign == "/" || sign == "+" || sign == "&";
    in_brackets_ = sign == "(" || (in_brackets_ && sign != ")");
    if (silent.find(sign) == std::string_view::npos) return unread();
    end_unread();
    ++at_;
  }

  // A number that belongs to a name: "5-fluorouracil", "6-MP".
  bool name_starts() const {
    if (!is_number(tokens_, at_) || !is_sign(tokens_, at_ + 1, "-") || !is_word(tokens_, at_ + 2)) return false;
    const auto& word = tokens_[at_ + 2].text;
    return tokens_[at_ + 1].glued && tokens_[at_ + 2].glued && !find_unit(word) && time_unit(word).empty() && number_word(word).empty() &&
           word.find("ly") == std::string::npos;
  }

  // Any part that starts here; while there is no name yet, only what cannot be one.
  bool take_part() {
    if (named_) {
      if (const auto maximum = read_maximum(text_, tokens_, at_)) {
        line_.maximum_per_day = maximum->amount;
        return past(maximum->end);
      }
      if (const auto end = read_course(text_, tokens_, at_, line_)) return past(end);
      if (take_regime()) return true;
      if (const auto manner = manner_phrase(tokens_, at_)) return past(manner.end);
      if (const auto ended = ended_word(tokens_[at_].text); !ended.empty()) {
        line_.ended = std::string(ended);
        return past(at_ + 1);
      }
      if (auto length = read_duration(tokens_, at_, !segments_.back().often.empty())) {
        line_.duration = std::move(length->duration);
        segments_before_duration_ = std::min(segments_before_duration_, segments_.size());
        return past(length->end);
      }
      if (const auto end = end_of_length_range(tokens_, at_)) {
        line_.not_read.push_back(span_of(tokens_, at_, end));
        return past(end);
      }
      if (const auto needed = as_needed_phrase(tokens_, at_)) {
        line_.as_needed = true;
        past(needed.end);
        take_reason(at_);
        return true;
      }
      if (auto often = read_often(tokens_, at_); often && !eye_abbreviation(*often)) {
        take_often(std::move(*often));
        return true;
      }
      if (take_indication()) return true;
    }
    if (const auto end = named_ ? 0 : end_of_product_prefix(tokens_, at_)) return past(end);
    if (is_word(tokens_, at_, "pr") && (line_.form == "suppository" || line_.form == "enema")) {
      line_.route = "rectal";
      return past(at_ + 1);
    }
    return take_scheme() || take_amounts() || take_form() || take_route() || take_site();
  }

  // "in divided doses", "over 24 hours", "21 of 28 days".
  bool take_regime() {
    if (const auto end = end_of_divided(tokens_, at_)) {
      line_.divided = true;
      return past(end);
    }
    if (const auto over = read_over(tokens_, at_); over.end > 0) {
      over_a_day_ = over_a_day_ || over.a_day;
      return past(over.end);
    }
    const auto end = end_of_cycle(tokens_, at_);
    if (end == 0) return false;
    line_.varies = "taken in cycles";
    return past(end);
  }

  bool take_scheme() {
    auto scheme = read_scheme(tokens_, at_);
    if (scheme.end == 0) return false;
    scheme_.insert(scheme_.end(), scheme.frequencies.begin(), scheme.frequencies.end());
    return past(scheme.end);
  }

  bool past(std::size_t end) {
    end_unread();
    joined_by_stroke_ = false;
    at_ = end;
    return true;
  }

  // "OD" on eye drops is the right eye, unless nothing else says how often.
  bool eye_abbreviation(const Often& often) {
    if (often.end != at_ + 1 || tokens_[at_].text != "od") return false;
    const bool eyes = line_.route == "ophthalmic" || line_.form == "eye drops" || line_.form == "drops" || line_.form == "eye ointment";
    if (!eyes) return false;
    bool other = !segments_.back().often.empty();
    for (std::size_t i = at_ + 1; i < std::min(tokens_.size(), at_ + 20) && !other; ++i) other = read_often(tokens_, i).has_value();
    if (!other) {
      line_.refused.push_back(std::string(slice(at_, at_ + 1)) + ": once daily or right eye?");
    }
    return true;
  }

  void take_often(Often often) {
    end_unread();
    at_ = often.end;
    segments_.back().often.push_back(std::move(often));
  }

  bool take_indication() { return is_word(tokens_, at_, "for") && take_reason(at_ + 1); }

  // What it is for: the words up to the next part.
  bool take_reason(std::size_t begin) {
    if (line_.indication || is_word(tokens_, begin, "for")) return false;
    std::size_t end = begin;
    while (end < tokens_.size() && is_word(tokens_, end) && (end == begin || !is_filler(tokens_[end].text)) && !starts_part(end) &&
           (end > begin || varies_by(tokens_[end].text).empty()))
      ++end;
    if (end == begin) return false;
    line_.indication = span_of(tokens_, begin, end);
    return past(end);
  }

  bool starts_part(std::size_t at) const {
    MedicationLine ignored;
    return read_often(tokens_, at) || read_course(text_, tokens_, at, ignored) || read_maximum(text_, tokens_, at) || as_needed_phrase(tokens_, at) ||
           read_duration(tokens_, at) || (is_number(tokens_, at) && read_amounts(text_, tokens_, at)) || route_phrase(tokens_, at);
  }

  bool take_amounts() {
    auto amounts = read_amounts(text_, tokens_, at_);
    if (!amounts) return false;
    if (!amounts->refused.empty()) {
      line_.refused.push_back(amounts->refused);
      return past(amounts->end);
    }
    if (!named_ && !is_number(tokens_, at_) && !amounts->counted) return false;
    if (is_word(tokens_, amounts->end, "x") && is_number(tokens_, amounts->end + 1)) ++amounts->end;  // "2 x 500 mg"
    if (!named_ && leading_container(*amounts)) return past(amounts->end);
    if (!amounts->form.empty() && !line_.form) line_.form = amounts->form;
    if (takes_total(*amounts)) return past(amounts->end + 1);
    place(*amounts);
    return past(amounts->end);
  }

  // "0.4 ML Enoxaparin", "200 ACTUAT Albuterol": how much a pack holds, as product names say it.
  bool leading_container(const Amounts& amounts) const {
    const auto& unit = amounts.amounts[0].unit;
    return (unit == "mL" || unit == "actuation") && !is_word(tokens_, amounts.end, "of");
  }

  void place(const Amounts& amounts) {
    const auto& first = amounts.amounts[0];
    auto& segment = segments_.back();
    const bool after_times = !segment.often.empty() && (segment.dose || !line_.strengths.empty());
    const bool multiplied = amounts.counted && is_word(tokens_, amounts.end - 1, "x");
    const bool bare = first.unit.empty() && named_ && !multiplied;
    if (turns_into_concentration(amounts)) return;
    if (another_ingredient_ && !amounts.counted && !after_times) {
      line_.strengths.insert(line_.strengths.end(), amounts.amounts.begin(), amounts.amounts.end());
      another_ingredient_ = false;
      return;
    }
    if (amounts.amounts.size() > 1 || (line_.strengths.empty() && (!amounts.counted || bare))) {
      if (!line_.strengths.empty()) return also_unread(amounts.amounts.front().span, amounts.amounts.back().span);
      line_.strengths = amounts.amounts;
      if (segment.dose && in_brackets_ && segment.dose->low != "1") refuse_total(segment.dose->span, first.span);
      return;
    }
    if (after_times) {
      Segment next;
      next.dose = first;
      next.joined_by_and = joined_by_and_;
      next.linked = !unread_since_;
      segments_.push_back(std::move(next));
    } else if (total_in_brackets(first, amounts.counted)) {
      refuse_total(line_.strengths[0].span, first.span);
    } else if (!segment.dose && strength_or_dose(first)) {
      refuse_twofold(line_.strengths[0].span, first.span);
    } else if (!segment.dose) {
      segment.dose = first;
    } else {
      also_unread(first.span, first.span);
    }
    joined_by_and_ = false;
    unread_since_ = false;
  }

  static bool is_concentration(const std::string& unit) {
    const auto stroke = unit.find('/');
    return stroke != std::string::npos && unit.substr(unit.size() - 2) == "mL";
  }

  // "10 mL of 250 mg/5 mL": what looked like a strength is the dose.
  bool turns_into_concentration(const Amounts& amounts) {
    auto& segment = segments_.back();
    const bool turns = amounts.amounts.size() == 1 && line_.strengths.size() == 1 && line_.strengths[0].unit == "mL" && !segment.dose &&
                       is_concentration(amounts.amounts[0].unit);
    if (!turns) return false;
    segment.dose = line_.strengths[0];
    line_.strengths = amounts.amounts;
    return true;
  }

  // "5 mg 10 mg daily": tablets of 5 mg of which 10 mg are taken, or two doses? Plain where a form or "take" stands between.
  bool strength_or_dose(const Amount& amount) const {
    const auto mass = [](const std::string& unit) { return unit == "mg" || unit == "g" || unit == "mcg" || unit == "unit" || unit == "IU"; };
    if (line_.strengths.empty()) return false;
    return mass(amount.unit) && mass(line_.strengths[0].unit) && !line_.form && !told_to_take_;
  }

  void refuse_twofold(Span first, Span second) {
    const auto shown = [this](const Span& span) { return std::string(text_.substr(span.begin, span.end - span.begin)); };
    line_.refused.push_back(shown(first) + ", " + shown(second) + ": which of the two is taken?");
  }

  // "10 mg (2 tablets)": two of 10 mg, or 10 mg in all?
  bool total_in_brackets(const Amount& amount, bool counted) const {
    return in_brackets_ && !line_.strengths.empty() && amount.low != "1" && (counted || segments_.back().dose);
  }

  // "2 tablets (20 mg total)": what the tablets come to, or the dose itself where no strength is told. False where it is no such total, or another.
  bool takes_total(const Amounts& amounts) {
    auto& segment = segments_.back();
    const auto& total = amounts.amounts[0];
    const bool is_total = in_brackets_ && segment.dose && !amounts.counted && amounts.amounts.size() == 1 && is_word(tokens_, amounts.end, "total");
    if (!is_total) return false;
    if (line_.strengths.empty()) {
      segment.dose = total;
      return true;
    }
    return line_.strengths.size() == 1 && comes_to(*segment.dose, line_.strengths[0], total);
  }

  void refuse_total(Span first, Span second) {
    const auto shown = [this](const Span& span) { return std::string(text_.substr(span.begin, span.end - span.begin)); };
    line_.refused.push_back(shown(first) + " (" + shown(second) + "): that many of that strength, or that in all?");
  }

  void also_unread(Span first, Span last) {
    line_.not_read.push_back({first.begin, last.end});
    line_.not_placed.push_back({first.begin, last.end});
  }

  bool take_form() {
    const auto form = form_phrase(tokens_, at_);
    if (!form) return false;
    const auto route = route_phrase(tokens_, at_);
    if (route && route.end > form.end) return false;
    const bool release = form.value->find("release") != std::string_view::npos || *form.value == "enteric coated";
    if (!line_.form || release || *line_.form == "tablet" || *line_.form == "capsule" || *line_.form == "drops") {
      const bool keeps = line_.form && (line_.form->find("release") != std::string::npos || *form.value == "tablet" || *form.value == "capsule" ||
                                        *form.value == "drops");
      if (!keeps) line_.form = std::string(*form.value);
    }
    if (route && !line_.route && named_) line_.route = std::string(*route.value);
    return past(form.end);
  }

  bool take_route() {
    const auto route = route_phrase(tokens_, at_);
    if (!route) return false;
    if (!line_.route) line_.route = std::string(*route.value);
    if (const auto sides = both_sides(tokens_, at_, route.end)) {
      line_.sites_low = sides->low;
      line_.sites_high = sides->high;
    }
    return past(route.end);
  }

  bool take_site() {
    const auto end = named_ ? end_of_site(tokens_, at_) : 0;
    if (end == 0) return false;
    if (!line_.route) line_.route = "topical";
    return past(end);
  }

  // Words up to the first part, as they stand. What ends a name is a part that can be recognised.
  void take_name() {
    const auto begin = at_;
    std::size_t last = at_;
    named_ = true;
    while (at_ < tokens_.size()) {
      const auto& token = tokens_[at_];
      if (token.kind == Token::Kind::sign) {
        if (token.text == "," || token.text == ";") break;
        ++at_;
      } else if (at_ > begin && !name_starts() && name_ends()) {
        break;
      } else {
        at_ += name_starts() ? 3 : 1;
        last = at_;
      }
    }
    while (last > begin + 1 && tokens_[last - 1].kind == Token::Kind::word && is_filler(tokens_[last - 1].text)) --last;
    std::size_t end = last;
    if (is_sign(tokens_, end, ")") || is_sign(tokens_, end, "]")) ++end;
    at_ = std::max(end, begin + 1);
    line_.name = span_of(tokens_, begin, std::max(end, begin + 1));
  }

  bool name_ends() const {
    if (is_number(tokens_, at_) || is_word(tokens_, at_, "for")) return true;
    if (bare_time_of_day(tokens_[at_].text) && at_ + 1 < tokens_.size()) return false;
    if (starts_part(at_) || read_amounts(text_, tokens_, at_) || form_phrase(tokens_, at_)) return true;
    if (!number_word(tokens_[at_].text).empty() && is_number(tokens_, at_ + 1)) return true;  // "methotrexate six 2.5 mg tablets"
    if (!is_filler(tokens_[at_].text) || is_word(tokens_, at_, "of") || is_word(tokens_, at_, "and") || is_word(tokens_, at_, "the"))
      return end_of_site(tokens_, at_) > 0;
    return tokens_[at_].text == "take" || tokens_[at_].text == "apply" || tokens_[at_].text == "use" || end_of_site(tokens_, at_) > 0;
  }

  void unread() {
    if (!unread_begin_) unread_begin_ = at_;
    unread_since_ = true;
    another_ingredient_ = another_ingredient_ || (joined_by_stroke_ && !line_.strengths.empty());
    ++at_;
  }

  void end_unread() {
    if (!unread_begin_) return;
    line_.not_read.push_back(span_of(tokens_, *unread_begin_, at_));
    unread_begin_.reset();
  }

  std::string_view slice(std::size_t begin, std::size_t end) const {
    const auto span = span_of(tokens_, begin, end);
    return text_.substr(span.begin, span.end - span.begin);
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  MedicationLine line_;
  std::vector<Segment> segments_;
  std::vector<Frequency> scheme_;
  std::size_t segments_before_duration_ = static_cast<std::size_t>(-1);
  std::optional<std::size_t> unread_begin_;
  bool named_ = false;
  bool in_brackets_ = false;
  bool joined_by_and_ = false;
  bool joined_by_stroke_ = false;    // since the last part: "325 MG / Hydrocodone 5 MG"
  bool another_ingredient_ = false;  // and words that may be its name
  bool unread_since_ = false;
  bool told_to_take_ = false;  // "take", "give"
  bool over_a_day_ = false;    // "over 24 hours"
};

}  // namespace
}  // namespace dosage

MedicationLine read_medication_line(std::string_view text) { return dosage::LineReader(text).run(); }

}  // namespace theriac::grammar

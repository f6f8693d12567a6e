#include "dosage/tokens.hpp"

#include <array>
#include <optional>
#include <utility>

namespace theriac::grammar::dosage {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Special {
  std::string_view bytes;
  char as;  // ' ' blank, '-' sign, 'x' word, 'h' a half, 'q' a quarter, 't' three quarters
};
constexpr std::array<Special, 15> specials{{{"\xC2\xA0", ' '},
                                            {"\xE2\x80\xAF", ' '},
                                            {"\xE2\x80\x89", ' '},
                                            {"\xE2\x80\x90", '-'},
                                            {"\xE2\x80\x91", '-'},
                                            {"\xE2\x80\x92", '-'},
                                            {"\xE2\x80\x93", '-'},
                                            {"\xE2\x80\x94", '-'},
                                            {"\xE2\x88\x92", '-'},
                                            {"\xC3\x97", 'x'},
                                            {"\xC2\xBD", 'h'},
                                            {"\xC2\xBC", 'q'},
                                            {"\xC2\xBE", 't'},
                                            {"\xC2\xAE", ' '},
                                            {"\xE2\x84\xA2", ' '}}};

std::string without_trailing_zeros(std::string decimal) {
  if (decimal.find('.') == std::string::npos) return decimal;
  while (decimal.back() == '0') decimal.pop_back();
  if (decimal.back() == '.') decimal.pop_back();
  return decimal;
}

class Tokeniser {
 public:
  explicit Tokeniser(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  std::optional<Special> special() const {
    for (const auto& candidate : specials) {
      if (text_.substr(at_, candidate.bytes.size()) == candidate.bytes) return candidate;
    }
    return std::nullopt;
  }

  void push(Token::Kind kind, std::string text, std::size_t begin) {
    tokens_.push_back({kind, std::move(text), {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, !blank_ && !tokens_.empty(), {}});
    blank_ = false;
  }

  void step() {
    const auto begin = at_;
    const char c = peek();
    if (const auto found = special()) {
      at_ += found->bytes.size();
      take_special(found->as, begin);
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at_;
      blank_ = true;
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      take_number();
    } else if (is_letter(c)) {
      take_word();
    } else {
      ++at_;
      push(c == '%' ? Token::Kind::word : Token::Kind::sign, std::string(1, c), begin);
    }
  }

  void take_special(char as, std::size_t begin) {
    switch (as) {
      case ' ':
        blank_ = true;
        return;
      case '-':
        return push(Token::Kind::sign, "-", begin);
      case 'x':
        return push(Token::Kind::word, "x", begin);
      case 'h':
        return push_fraction("5", begin);
      case 'q':
        return push_fraction("25", begin);
      default:
        return push_fraction("75", begin);
    }
  }

  // A fraction joins the whole number before it: "1½", "1 1/2".
  void push_fraction(const std::string& hundredths, std::size_t begin) {
    if (!tokens_.empty() && tokens_.back().kind == Token::Kind::number && tokens_.back().text.find('.') == std::string::npos &&
        tokens_.back().text.size() < 3) {
      tokens_.back().text += "." + hundredths;
      tokens_.back().span.end = static_cast<std::uint32_t>(at_);
      blank_ = false;
    } else {
      push(Token::Kind::number, "0." + hundredths, begin);
    }
  }

  std::string digits() {
    const auto begin = at_;
    while (is_digit(peek())) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  bool take_fraction() {
    constexpr std::array<std::pair<std::string_view, const char*>, 3> fractions{{{"1/2", "5"}, {"1/4", "25"}, {"3/4", "75"}}};
    for (const auto& [written, hundredths] : fractions) {
      const char after = at_ + 3 < text_.size() ? text_[at_ + 3] : '\0';
      if (text_.substr(at_, 3) != written || is_digit(after) || after == '/' || after == '.') continue;
      if (at_ > 0 && (text_[at_ - 1] == '/' || text_[at_ - 1] == '.')) continue;
      const auto begin = at_;
      at_ += 3;
      push_fraction(hundredths, begin);
      return true;
    }
    return false;
  }

  void take_number() {
    if (take_fraction()) return;
    const auto begin = at_;
    std::string whole = digits();
    std::vector<std::string> groups;
    while (peek() == ',' && is_digit(peek(1))) {
      ++at_;
      groups.push_back(digits());
    }
    std::string decimals;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      decimals = digits();
    }
    finish_number(begin, whole.empty() ? "0" : whole, groups, decimals);
  }

  // "1,000,000" is one number. "2,5" and "1,000" may be two, and "1.000" is a thousand to half of Europe.
  void finish_number(std::size_t begin, const std::string& whole, const std::vector<std::string>& groups, const std::string& decimals) {
    std::string joined = whole;
    bool thousands = true;
    for (const auto& group : groups) {
      joined += group;
      thousands = thousands && group.size() == 3;
    }
    std::vector<std::string> readings;
    if (groups.size() == 1 && decimals.empty()) {
      readings = {without_trailing_zeros(whole + "." + groups[0]), joined};
      while (readings[1].size() > 1 && readings[1][0] == '0') readings[1].erase(0, 1);
    } else if (groups.empty() && decimals == "000" && whole != "0") {
      readings = {whole, whole + "000"};
    } else if (!groups.empty() && !thousands) {
      readings = {joined, "several numbers"};
    }
    push(Token::Kind::number, decimals.empty() ? joined : joined + "." + decimals, begin);
    tokens_.back().readings = std::move(readings);
  }

  bool dotted_on(std::size_t segment) const {
    return peek() == '.' && at_ - segment == 1 && is_letter(peek(1)) && static_cast<unsigned char>(peek(1)) < 0x80;
  }

  bool splits_before_digits(const std::string& word) const { return word == "q" || word == "x" || word == "max" || word == "every"; }

  void take_word() {
    const auto begin = at_;
    const bool after_number = !tokens_.empty() && tokens_.back().kind == Token::Kind::number;  // "5mg-10mg", "5 mg-10 mg"
    std::string word;
    std::size_t segment = at_;
    bool dotted = false;
    while (at_ < text_.size()) {
      if (special()) break;
      const char c = peek();
      if (dotted_on(segment)) {
        dotted = true;
        segment = ++at_;
      } else if (is_letter(c) || (c == '\'' && is_letter(peek(1)))) {
        word += lower(c);
        ++at_;
      } else if (is_digit(c) && !after_number && !splits_before_digits(word)) {
        word += c;
        ++at_;
      } else if (c == '-' && is_digit(peek(1)) && !after_number && word.size() > 1 && !splits_before_digits(word)) {
        word += c;  // omega-3, beta-1a
        ++at_;
      } else {
        break;
      }
    }
    if (dotted && peek() == '.') ++at_;
    push(Token::Kind::word, plain(std::move(word)), begin);
  }

  static std::string plain(std::string word) {
    for (const std::string_view mu : {"\xC2\xB5", "\xCE\xBC"}) {
      if (word.rfind(mu, 0) == 0) word.replace(0, mu.size(), "u");
    }
    return word;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool blank_ = false;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenise(std::string_view text) { return Tokeniser(text).run(); }

}  // namespace theriac::grammar::dosage

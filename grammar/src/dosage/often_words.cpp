// How often, and the small closed sets of words: numbers, weekdays, months, fillers, places on the body.
#include "dosage/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace theriac::grammar::dosage {
namespace {

using Table = std::map<std::string, OftenWord, std::less<>>;

void add(Table& table, OftenWord value, std::initializer_list<std::string_view> phrases) {
  for (const auto phrase : phrases) table.emplace(std::string(phrase), value);
}

void add_counts(Table& table) {
  add(table, {"1", "1", "1", "day", ""},
      {"od",
       "qd",
       "daily",
       "once daily",
       "once a day",
       "once per day",
       "every day",
       "each day",
       "a day",
       "per day",
       "q day",
       "qday",
       "once every day",
       "one time daily",
       "one time a day",
       "omni die",
       "once each day",
       "1x daily",
       "every single day",
       "oad"});
  add(table, {"2", "2", "1", "day", ""},
      {"bd", "bid", "bds", "twice daily", "twice a day", "twice per day", "twice each day", "two times a day", "two times daily", "twice every day"});
  add(table, {"3", "3", "1", "day", ""}, {"tid", "tds", "thrice daily", "thrice a day", "ter die", "ter die sumendum"});
  add(table, {"4", "4", "1", "day", ""}, {"qid", "qds", "quater die", "four times daily"});
  add(table, {"1", "1", "2", "day", ""},
      {"qod", "eod", "every other day", "alternate days", "on alternate days", "alt days", "on alt days", "alternate nights", "alternate mornings",
       "every second day", "each other day", "every alternate day"});
  add(table, {"1", "1", "1", "week", ""},
      {"weekly", "once weekly", "once a week", "once per week", "every week", "each week", "a week", "per week", "q week", "qweek", "qwk", "qw",
       "qweekly", "q weekly"});
  add(table, {"2", "2", "1", "week", ""}, {"twice weekly", "twice a week", "twice per week", "biw", "two times a week", "two times weekly"});
  add(table, {"3", "3", "1", "week", ""}, {"tiw", "thrice weekly", "thrice a week"});
  add(table, {"1", "1", "2", "week", ""},
      {"fortnightly", "every fortnight", "every other week", "alternate weeks", "every second week", "once a fortnight", "a fortnight"});
  add(table, {"1", "1", "1", "month", ""},
      {"monthly", "once monthly", "once a month", "once per month", "every month", "each month", "a month", "per month", "qmonth", "q month",
       "qmonthly", "q monthly"});
  add(table, {"1", "1", "3", "month", ""}, {"quarterly"});
  add(table, {"1", "1", "1", "year", ""}, {"yearly", "annually", "once a year", "once yearly", "every year"});
  add(table, {"1", "1", "1", "hour", ""}, {"hourly", "every hour", "an hour", "per hour", "qh", "each hour"});
  add(table, {"1", "1", "1", "once", ""},
      {"stat", "once", "once only", "single dose", "as a single dose", "one dose only", "one off", "as a one off", "one time only"});
}

void add_times_of_day(Table& table) {
  add(table, {"1", "1", "1", "day", "at night"},
      {"qhs",
       "hs",
       "at night",
       "nightly",
       "nocte",
       "noct",
       "every night",
       "each night",
       "at bedtime",
       "bedtime",
       "before bed",
       "before bedtime",
       "at bed time",
       "night",
       "once nightly",
       "nights",
       "q hs",
       "on going to bed",
       "last thing at night",
       "in the night",
       "once at night",
       "omni nocte",
       "a night",
       "qn"});
  add(table, {"1", "1", "1", "day", "in the morning"},
      {"mane", "in the morning", "every morning", "each morning", "qam", "q am", "am", "om", "mornings", "in the am", "once in the morning",
       "morning", "omni mane"});
  add(table, {"1", "1", "1", "day", "in the evening"},
      {"in the evening", "every evening", "each evening", "evenings", "qpm", "q pm", "pm", "in the pm", "once in the evening", "evening", "vespere"});
  add(table, {"1", "1", "1", "day", "at noon"},
      {"at noon", "noon", "midday", "at midday", "at lunchtime", "lunchtime", "in the afternoon", "afternoon", "at lunch"});
  add(table, {"1", "1", "1", "day", "with breakfast"}, {"with breakfast", "before breakfast", "after breakfast", "at breakfast", "breakfast"});
  add(table, {"1", "1", "1", "day", "with lunch"}, {"with lunch", "before lunch", "after lunch", "lunch"});
  add(table, {"1", "1", "1", "day", "with dinner"},
      {"with dinner", "before dinner", "after dinner", "with supper", "before supper", "after supper", "at supper", "supper", "dinner",
       "with evening meal", "with the evening meal", "at teatime", "with tea", "at dinner"});
  add(table, {"", "", "", "", "with meals"},
      {"with meals", "with food", "after meals", "after food", "with each meal", "with every meal", "with a meal", "pc", "with or after food", "wc",
       "with main meals"});
  add(table, {"", "", "", "", "before meals"},
      {"before meals", "before food", "ac", "on an empty stomach", "before each meal", "half an hour before food"});
  add(table, {"", "", "", "", "as directed"},
      {"as directed", "as instructed", "ud", "ut dict", "mdu", "as advised", "as prescribed", "per protocol", "as per protocol"});
}

const Table& table() {
  static const Table all = [] {
    Table made;
    add_counts(made);
    add_times_of_day(made);
    return made;
  }();
  return all;
}

bool is_one_of(std::string_view word, const std::set<std::string_view>& words) { return words.count(word) > 0; }

}  // namespace

Match<OftenWord> often_phrase(const std::vector<Token>& tokens, std::size_t at) {
  Match<OftenWord> best;
  std::string phrase;
  std::size_t words = 0;
  for (std::size_t i = at; i < tokens.size() && words < 6; ++i) {
    if (tokens[i].kind == Token::Kind::sign) {
      if (words == 0 || tokens[i].text != "-" || !tokens[i].glued) break;
      continue;
    }
    phrase += (words++ > 0 ? " " : "") + tokens[i].text;
    if (const auto found = table().find(phrase); found != table().end()) best = {&found->second, i + 1};
  }
  return best;
}

bool body_site(std::string_view word) {
  static const std::set<std::string_view> sites{
      "knee",  "knees",    "hand",      "hands", "foot",     "feet",    "back",   "face",    "scalp", "elbow",  "elbows", "arm",   "arms",  "leg",
      "legs",  "shoulder", "shoulders", "hip",   "hips",     "neck",    "chest",  "abdomen", "groin", "skin",   "rash",   "wound", "area",  "areas",
      "nail",  "nails",    "toe",       "toes",  "finger",   "fingers", "ankle",  "ankles",  "wrist", "wrists", "body",   "trunk", "joint", "joints",
      "thigh", "thighs",   "lip",       "lips",  "forehead", "gums",    "lesion", "lesions", "site",  "heel",   "heels"};
  return is_one_of(word, sites);
}

std::optional<BothSides> both_sides(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  static const std::set<std::string_view> organs{"nostril", "nostrils", "eye", "eyes", "ear", "ears"};
  for (std::size_t i = begin; i + 1 < end; ++i) {
    if (!is_one_of(tokens[i + 1].text, organs)) continue;
    if (tokens[i].text == "each" || tokens[i].text == "per") return BothSides{"2", "2"};
    if (tokens[i].text == "both") return BothSides{"1", "2"};
  }
  return std::nullopt;
}

std::string_view varies_by(std::string_view word) {
  static const std::set<std::string_view> time{"then",      "thereafter", "afterwards", "followed",    "titrate",     "titrated",   "titrating",
                                               "titration", "taper",      "tapering",   "increase",    "increased",   "increasing", "decrease",
                                               "reduce",    "decreasing", "reducing",   "reduced",     "reduction",   "decreased",  "loading",
                                               "load",      "initially",  "initial",    "maintenance", "alternating", "adjust",     "adjusted",
                                               "uptitrate", "wean",       "weaning",    "weaned",      "alternate"};
  static const std::set<std::string_view> measured{"sliding", "scale", "correction", "inr", "variable", "varying"};
  static const std::set<std::string_view> cycles{"cycle", "cycles", "cyclical", "cyclically"};
  if (is_one_of(word, time)) return "the dose changes with time";
  if (is_one_of(word, measured)) return "the dose varies with measurements";
  return is_one_of(word, cycles) ? "taken in cycles" : "";
}

bool bare_time_of_day(std::string_view word) {
  return is_one_of(word, {"night", "morning", "evening", "afternoon", "noon", "mornings", "evenings", "nights", "on", "midday", "lunchtime"});
}

bool is_filler(std::string_view word) {
  static const std::set<std::string_view> fillers{"take", "taken",  "takes",   "taking",    "give",     "given",     "apply", "applied", "use",
                                                  "used", "inject", "instil",  "instill",   "insert",   "inhale",    "of",    "the",     "a",
                                                  "an",   "and",    "each",    "dose",      "strength", "then",      "to",    "be",      "one's",
                                                  "her",  "his",    "regular", "regularly", "usual",    "currently", "about", "please"};
  return is_one_of(word, fillers);
}

std::string_view number_word(std::string_view word) {
  static const std::map<std::string_view, std::string_view> numbers{
      {"half", "0.5"}, {"quarter", "0.25"}, {"one", "1"},   {"two", "2"},  {"three", "3"}, {"four", "4"},    {"five", "5"},
      {"six", "6"},    {"seven", "7"},      {"eight", "8"}, {"nine", "9"}, {"ten", "10"},  {"eleven", "11"}, {"twelve", "12"},
      {"a", "1"},      {"an", "1"},         {"i", "1"},     {"ii", "2"},   {"iii", "3"}};
  const auto found = numbers.find(word);
  return found == numbers.end() ? std::string_view{} : found->second;
}

std::string_view weekday(std::string_view word) {
  static const std::array<std::string_view, 7> days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
  static const std::map<std::string_view, std::size_t> words{{"monday", 0},    {"mondays", 0},  {"mon", 0},       {"tuesday", 1},    {"tuesdays", 1},
                                                             {"tue", 1},       {"tues", 1},     {"wednesday", 2}, {"wednesdays", 2}, {"wed", 2},
                                                             {"weds", 2},      {"thursday", 3}, {"thursdays", 3}, {"thu", 3},        {"thur", 3},
                                                             {"thurs", 3},     {"friday", 4},   {"fridays", 4},   {"fri", 4},        {"saturday", 5},
                                                             {"saturdays", 5}, {"sat", 5},      {"sunday", 6},    {"sundays", 6},    {"sun", 6}};
  const auto found = words.find(word);
  return found == words.end() ? std::string_view{} : days[found->second];
}

std::optional<int> month_name(std::string_view word) {
  static const std::array<std::string_view, 12> months{"january", "february", "march",     "april",   "may",      "june",
                                                       "july",    "august",   "september", "october", "november", "december"};
  for (std::size_t i = 0; i < months.size(); ++i) {
    const bool prefix = word.size() >= 3 && months[i].substr(0, word.size()) == word;
    if (prefix && (word.size() == 3 || word.size() == months[i].size() || word == "sept")) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

}  // namespace theriac::grammar::dosage

// The grammar (theriac.ebnf) in Spirit X3. Semantic actions fill the tree; every production decides by looking ahead and never takes back what it
// built, so actions may report mistakes. The recursion is bounded by limits.cpp before anything gets here.
#include "rules/productions.hpp"
#include "rules/primitives.hpp"

namespace theriac::grammar::detail {
namespace {

struct GuardList {
  std::vector<Guard> atoms;
  std::vector<Joint> joints;
  Span span;
};

// --- actions ---
constexpr auto set = [](auto member) { return [member](const auto& context) { x3::_val(context).*member = std::move(x3::_attr(context)); }; };
constexpr auto add = [](auto member) {
  return [member](const auto& context) { (x3::_val(context).*member).push_back(std::move(x3::_attr(context))); };
};
constexpr auto be = [](const auto& context) { x3::_val(context) = std::move(x3::_attr(context)); };
constexpr auto put = [](const auto& context) { x3::_val(context).push_back(std::move(x3::_attr(context))); };
constexpr auto mark = [](auto member, auto value) { return [member, value](const auto& context) { x3::_val(context).*member = value; }; };

// --- words and signs ---
constexpr auto sign = [](std::string_view text) { return Sign(text); };
constexpr auto word = [](std::string_view a, std::string_view b = {}, std::string_view c = {}) { return Keyword(a, b, c); };
const Decimal decimal;
const UnitWord unit_word;

// Where a phrase ends although no reserved word or sign does it.
const auto stop = (word("stopped", "started", "changed") >> word("within", "after", "before")) | (word("longer", "shorter") >> word("than")) |
                  (word("rising", "falling") >> decimal) | (word("at") >> word("least")) | (word("after") >> word("longer")) |
                  (word("abrupt") >> word("stop") >> word("of")) | (decimal >> word("to"));

constexpr auto phrase_until = [](auto more_stops) {
  const auto stops = more_stops | stop;
  return located(!stops >> NameWord(false)[add(&Phrase::words)] >> *(!stops >> NameWord(true)[add(&Phrase::words)]));
};

struct PhraseId {};
const x3::rule<PhraseId, Phrase> phrase = "a name";
struct NameBeforeOverId {};
struct NameBeforeIncludesId {};
struct NameBeforeToId {};
const x3::rule<NameBeforeOverId, Phrase> name_before_over = "a name";
const x3::rule<NameBeforeIncludesId, Phrase> name_before_includes = "the class's name";
const x3::rule<NameBeforeToId, Phrase> name_before_to = "an effect's name";
struct NameBeforeAfterId {};
const x3::rule<NameBeforeAfterId, Phrase> name_before_after = "a drug or class name";
const auto phrase_def = phrase_until(x3::eps(false));
const auto name_before_over_def = phrase_until(word("over"));
const auto name_before_includes_def = phrase_until(word("includes"));
const auto name_before_to_def = phrase_until(word("to"));
const auto name_before_after_def = phrase_until(word("after"));

struct DurationId {};
struct CountNumberId {};
const x3::rule<DurationId, Duration> duration = "a duration such as `14 days`";
const x3::rule<CountNumberId, std::uint32_t> count_number = "a whole number from 1";
const auto duration_def = Days();
const auto count_number_def = WholeNumber();

// --- tests ---
struct QuantityId {};
struct AmountId {};
struct ComparedId {};
struct ComparisonId {};
struct RangeId {};
struct RangeEndId {};
struct TrendId {};
struct ChangeId {};
struct LengthId {};
struct WithinId {};
struct IsId {};
struct TestId {};
const x3::rule<QuantityId, Quantity> quantity = "a number with its unit";
const x3::rule<AmountId, Quantity> amount = "an amount such as `30 %`";
const x3::rule<ComparedId, std::variant<Quantity, Phrase>> compared = "a number with its unit, or the name of a quantity";
const x3::rule<ComparisonId, Comparison> comparison = "a comparison";
const x3::rule<RangeId, Range> range = "a range";
const x3::rule<RangeEndId, Range> range_end = "the upper end of the range, such as `60 mL/min`";
const x3::rule<TrendId, Trend> trend = "a trend";
const x3::rule<ChangeId, Change> change = "a change";
const x3::rule<LengthId, Length> length = "a length of time";
const x3::rule<WithinId, Within> within = "a time window";
const x3::rule<IsId, Is> is_state = "a state";
const x3::rule<TestId, Test> test = "a test";

const auto quantity_def = located(decimal[set(&Quantity::number)] >> -(!stop >> unit_word[set(&Quantity::unit)]));
const auto amount_def = located(decimal[set(&Quantity::number)] >> unit_word[set(&Quantity::unit)]);
const auto compared_def = quantity[be] | phrase[be];
const auto comparison_def = Operator()[set(&Comparison::op)] > compared[set(&Comparison::right)];
const auto range_end_def = -(sign("<") >> x3::eps[mark(&Range::high_excluded, true)]) >> quantity[set(&Range::high)];
constexpr auto close_range = [](const auto& context) {
  auto& value = x3::_val(context);
  value.high = std::move(x3::_attr(context).high);
  value.high_excluded = x3::_attr(context).high_excluded;
};
const auto range_def = decimal[set(&Range::low)] >> word("to") > range_end[close_range];
const auto trend_def = ((word("rising") >> x3::eps[mark(&Trend::rising, true)]) | (word("falling") >> x3::eps[mark(&Trend::rising, false)])) >>
                       &decimal > amount[set(&Trend::by)] > word("within") > duration[set(&Trend::within)];
const auto relation = (word("after") >> x3::eps[mark(&Change::relation, Change::Relation::after)]) |
                      (word("before") >> x3::eps[mark(&Change::relation, Change::Relation::before)]);
const auto change_def = ((word("stopped") >> x3::eps[mark(&Change::kind, Change::Kind::stopped)]) |
                         (word("started") >> x3::eps[mark(&Change::kind, Change::Kind::started)]) |
                         (word("changed") >> x3::eps[mark(&Change::kind, Change::Kind::changed)])) >>
                        &word("within", "after", "before") >> -(word("within") > duration[set(&Change::within)]) >>
                        -(relation > phrase[set(&Change::other)]);
const auto length_def = ((word("longer") >> x3::eps[mark(&Length::longer, true)]) | (word("shorter") >> x3::eps[mark(&Length::longer, false)])) >>
                        word("than") > duration[set(&Length::than)];
const auto within_def = word("within") > duration[set(&Within::duration)];
const auto is_state_def = word("is") > phrase[set(&Is::state)];
const auto what = set(&Test::what);
const auto test_def = located(comparison[what] | range[what] | trend[what] | change[what] | length[what] | within[what] | is_state[what]);

// --- items ---
struct ExceptedId {};
struct ExceptNameId {};
struct TermId {};
struct PlainTermId {};
struct MemberId {};
struct AlternativeId {};
struct UnitItemId {};
struct GroupId {};
struct AbruptId {};
struct CountId {};
struct ItemId {};
struct RoleId {};
using UnitItems = std::vector<UnitItem>;
const x3::rule<ExceptedId, UnitItems> excepted = "the name that is excepted, or a list in parentheses";
const x3::rule<ExceptNameId, UnitItem> except_name = "a name";
const x3::rule<PlainTermId, Term> plain_term = "a name";
const x3::rule<TermId, Term> term = "a name";
const x3::rule<MemberId, Term> member = "a member: a drug or class name";
const x3::rule<AlternativeId, UnitItems> alternative = "a drug, class, condition or effect name";
const x3::rule<UnitItemId, UnitItem> unit_item = "a drug, class, condition or effect name";
const x3::rule<GroupId, Group> group = "a list in parentheses";
const x3::rule<AbruptId, AbruptStop> abrupt_stop = "a drug or class name";
const x3::rule<CountId, Count> count = "a count";
const x3::rule<ItemId, Item> item = "a drug, class, condition or effect name";
const x3::rule<RoleId, Phrase> role = "the name of a role";

const auto plain_term_def = located(phrase[set(&Term::phrase)]);
const auto except_name_def = located(plain_term[set(&UnitItem::what)]);
const auto excepted_def = (sign("(") > alternative[be] > sign(")")) | except_name[put];
const auto term_def = located(phrase[set(&Term::phrase)] >> -(word("except") > excepted[set(&Term::except)]) >> *test[add(&Term::tests)]);
const auto member_def = located(phrase[set(&Term::phrase)] >> *test[add(&Term::tests)]);
const auto group_def = located(sign("(") > alternative[set(&Group::any_of)] > sign(")") > *test[add(&Group::tests)]);
const auto abrupt_stop_def = located(word("abrupt") >> word("stop") >> word("of") > name_before_after[set(&AbruptStop::of)] >
                                     -(word("after") > word("longer") > word("than") > duration[set(&AbruptStop::after_longer_than)]));
const auto unit_item_def =
    located(count[set(&UnitItem::what)] | abrupt_stop[set(&UnitItem::what)] | group[set(&UnitItem::what)] | term[set(&UnitItem::what)]);
const auto alternative_def = unit_item[put] >> *(word("or") > unit_item[put]);
constexpr auto check = [](const auto& context) { check_item(context_of(context), x3::_val(context)); };
const auto role_def = phrase[be];
const auto item_def = located(alternative[set(&Item::any_of)] >> -(word("as") > role[set(&Item::role)])) >> x3::eps[check];

// --- guards ---
struct ApartId {};
struct UnknownId {};
struct PlainId {};
struct AtomId {};
struct GuardListId {};
struct JointId {};
struct GuardId {};
struct CountedId {};
constexpr std::string_view guard_name = "a condition, population, drug or comparison";
const x3::rule<ApartId, Apart> apart = "a time apart";
const x3::rule<UnknownId, Unknown> unknown = "unknown (…)";
const x3::rule<PlainId, Guard> plain = guard_name.data();
const x3::rule<AtomId, Guard> atom = guard_name.data();
const x3::rule<JointId, Joint> joint = "`and` or `or`";
const x3::rule<GuardListId, GuardList> guard_list = guard_name.data();
const x3::rule<GuardId, Guard> guard = guard_name.data();
const x3::rule<CountedId, Count> counted = "what is counted: a name, `the same` and a name, or a list in parentheses";

constexpr auto leaf = [](const auto& context) { x3::_val(context).leaf = std::move(x3::_attr(context)); };
constexpr auto negate = [](const auto& context) {
  x3::_val(context).kind = Guard::Kind::negation;
  x3::_val(context).children.push_back(std::move(x3::_attr(context)));
};
constexpr auto join = [](const auto& context) {
  auto& list = x3::_attr(context);
  x3::_val(context) = join_atoms(context_of(context), std::move(list.atoms), list.joints, list.span);
};
constexpr auto counted_in = [](const auto& context) {
  auto& value = x3::_val(context);
  auto& attribute = x3::_attr(context);
  value.same = attribute.same;
  value.of = std::move(attribute.of);
  value.of_guards = std::move(attribute.of_guards);
};

const auto counted_def = (word("the") >> word("same") >> x3::eps[mark(&Count::same, true)] > phrase[set(&Count::of)]) |
                         (sign("(") > guard[add(&Count::of_guards)] > *(sign(",") > guard[add(&Count::of_guards)]) > sign(")")) |
                         phrase[set(&Count::of)];
const auto count_def = located(word("at") >> word("least") > count_number[set(&Count::at_least)] > word("of") > counted[counted_in]);
const auto apart_def = located(((word("at") >> word("least")) | (word("less") >> word("than") >> x3::eps[mark(&Apart::at_least, false)])) >>
                               duration[set(&Apart::by)] > word("apart"));
const auto unknown_def =
    located(word("unknown") >> sign("(") > phrase[set(&Unknown::of)] > -(word("within") > duration[set(&Unknown::within)]) > sign(")"));
const auto plain_def = located(apart[leaf] | count[leaf] | unknown[leaf] | (sign("(") > guard[be] > sign(")")) | term[leaf]);
const auto atom_def = located((word("no", "not", "without") > plain[negate]) | plain[be]);
const auto joint_def = located((word("and") >> x3::eps[mark(&Joint::is_and, true)]) | word("or"));
const auto guard_list_def = located(atom[add(&GuardList::atoms)] >> *(joint[add(&GuardList::joints)] > atom[add(&GuardList::atoms)]));
const auto guard_def = guard_list[join];

// --- premise ---
struct AttachedId {};
struct PremiseId {};
const x3::rule<AttachedId, Attached> attached = "`in`, `with` or `if`";
const x3::rule<PremiseId, Premise> premise = "a drug, class, condition or effect name";
constexpr auto by = [](Attached::Word connective) { return x3::eps[mark(&Attached::word, connective)]; };
const auto attached_def = (word("in") >> by(Attached::Word::in) > guard[set(&Attached::guard)]) |
                          (word("with") >> by(Attached::Word::with) > guard[set(&Attached::guard)]) |
                          (word("if") >> by(Attached::Word::if_) > guard[set(&Attached::guard)]) |
                          (&word("without") >> by(Attached::Word::with) > guard[set(&Attached::guard)]);
struct AndGuardId {};
const x3::rule<AndGuardId, Attached> and_guard = "`and`";
const auto and_guard_def = word("and") >> by(Attached::Word::and_) > guard[set(&Attached::guard)];
constexpr auto check_whole = [](const auto& context) { check_premise(context_of(context), x3::_val(context)); };
const auto premise_def = located(item[add(&Premise::items)] >> *(sign("+") > item[add(&Premise::items)]) >> -and_guard[add(&Premise::guards)] >>
                                 *attached[add(&Premise::guards)] >> -(word("unless") > guard[set(&Premise::unless)])) >>
                         x3::eps[check_whole];

// --- outcomes and actions ---
struct TagsId {};
struct TagNameId {};
struct HeadId {};
struct OutcomeId {};
struct FlagId {};
struct PreferId {};
const x3::rule<TagNameId, Tag> tag = "a severity, evidence grade or frequency";
const x3::rule<TagsId, std::vector<Tag>> tags = "`[…]`";
const x3::rule<HeadId, Head> head = "the name of an effect";
const x3::rule<OutcomeId, Outcome> outcome = "the name of an effect";
const x3::rule<FlagId, Flag> flag = "a flag";
const x3::rule<PreferId, Prefer> prefer = "a preference";
const auto tag_def = TagWords();
const auto tags_def = sign("[") > tag[put] > *(sign(",") > tag[put]) > sign("]");
const auto head_def = located(phrase[set(&Head::effect)] >> -(word("is") > phrase[set(&Head::is)]));
const auto outcome_def =
    located(head[add(&Outcome::heads)] >> *((sign(",") | word("and")) > head[add(&Outcome::heads)]) >> -tags[set(&Outcome::tags)]);
const auto flag_def = located(word("flag") > phrase[set(&Flag::flag)] > -(word("in") > guard[set(&Flag::in)]));
const auto prefer_def = located(word("prefer") > name_before_over[add(&Prefer::alternatives)] >
                                *(word("or") > name_before_over[add(&Prefer::alternatives)]) > -(word("over") > phrase[set(&Prefer::over)]));

// --- clauses ---
struct KeyId {};
struct SeverityId {};
struct ShiftId {};
struct PhrasesId {};
struct ReferenceId {};
struct ReferencesId {};
struct ExampleId {};
struct ExpectId {};
struct PatientId {};
struct LabelId {};
struct LabelTextId {};
struct RuleHeaderId {};
const x3::rule<KeyId, Tag> key = "the key of a source";
const x3::rule<SeverityId, Tag> severity = "a severity";
const x3::rule<ShiftId, Shift> shift = "a shift of severity";
const x3::rule<PhrasesId, std::vector<Phrase>> phrases = "a name";
const x3::rule<ReferenceId, Reference> reference = "the key of a source";
const x3::rule<ReferencesId, std::vector<Reference>> references = "the key of a source";
const x3::rule<ExpectId, Example::Expect> expect = "`fires`, `silent` or `unknown`";
const x3::rule<PatientId, Text> patient = "a patient: medications, then `;` and facts";
const x3::rule<ExampleId, Example> example = "an example";
const x3::rule<LabelId, Tag> label = "the label of a rule";
const x3::rule<LabelTextId, Text> label_text = "a label of one word";
const x3::rule<RuleHeaderId, RuleHeader> rule_header = "a rule";
constexpr auto be_value = [](auto value) { return x3::eps[([value](const auto& context) { x3::_val(context) = value; })]; };
constexpr auto label_as_text = [](const auto& context) { x3::_val(context) = Text{x3::_attr(context).text, x3::_attr(context).span}; };
const auto key_def = TagWord();
const auto severity_def = TagWord();
const auto label_def = TagWord();
const auto label_text_def = TagWord()[label_as_text];
const auto shift_def = located(((word("raise") >> x3::eps[mark(&Shift::raise, true)]) | (word("lower") >> x3::eps[mark(&Shift::raise, false)])) >
                               word("to") > severity[set(&Shift::to)] > word("if") > guard[set(&Shift::guard)]);
const auto phrases_def = phrase[put] >> *(sign(",") > phrase[put]);
const auto reference_def = key[set(&Reference::key)] >> -(sign("[") > severity[set(&Reference::severity)] > sign("]"));
const auto references_def = reference[put] >> *(sign(",") > reference[put]);
const auto expect_def = (word("fires") >> be_value(Example::Expect::fires)) | (word("silent") >> be_value(Example::Expect::silent)) |
                        (word("unknown") >> be_value(Example::Expect::unknown));
const auto patient_def = FreeText();
const auto example_def =
    located(word("example") > expect[set(&Example::expect)] > -tags[set(&Example::tags)] > sign(":") > patient[set(&Example::patient)]);
const auto rule_header_def = word("rule") > label_text[set(&RuleHeader::label)] > -Title()[set(&RuleHeader::title)] > sign(":");

// --- declarations ---
struct ClassId {};
struct PopulationId {};
struct EffectId {};
struct ExceptionId {};
struct AttributionId {};
struct DefinedAsId {};
const x3::rule<DefinedAsId, bool> defined_as = "`=` or `includes`";
const x3::rule<ClassId, ClassDeclaration> class_declaration = "a class";
const x3::rule<PopulationId, PopulationDeclaration> population = "a population";
const x3::rule<EffectId, EffectDeclaration> effect = "an effect";
const x3::rule<ExceptionId, ExceptionStatement> exception = "an exception";
const x3::rule<AttributionId, Attribution> attribution = "an attribution";
const auto defined_as_def = (sign("=") >> be_value(false)) | (word("includes") >> be_value(true));
const auto class_declaration_def = word("class") > name_before_includes[set(&ClassDeclaration::name)] > defined_as[set(&ClassDeclaration::includes)] >
                                   member[add(&ClassDeclaration::members)] > *((sign(",") | word("or")) > member[add(&ClassDeclaration::members)]) >
                                   -(word("except") > phrase[add(&ClassDeclaration::except)] > *(sign(",") > phrase[add(&ClassDeclaration::except)]));
const auto population_def = word("population", "qualifier") > phrase[set(&PopulationDeclaration::name)] >
                            sign(":") > guard[set(&PopulationDeclaration::guard)];
const auto effect_def = word("effect") > phrase[set(&EffectDeclaration::name)] >
                        -(sign(":") > tag[add(&EffectDeclaration::tags)] > *(sign(",") > tag[add(&EffectDeclaration::tags)]));
using Cell = TableDeclaration::Cell;
struct CellId {};
const x3::rule<CellId, Cell> cell = "a cell such as `>= 60 mL/min`, `30 to <60 mL/min`, `1400 mg/day` or `otherwise`";
const auto otherwise = word("otherwise") >> x3::eps[mark(&Cell::otherwise, true)];
const auto cell_def = located(otherwise | test[set(&Cell::test)] | quantity[set(&Cell::value)]);
// `lower minor` is no effect; `lower respiratory infection` may be one.
const auto severity_word = word("unrated", "info", "minor") | word("moderate", "major", "contraindicated");
using ExceptionKind = ExceptionStatement::Kind;
const auto exception_def = word("exception") > word("to") > label[add(&ExceptionStatement::to)] > *(sign(",") > label[add(&ExceptionStatement::to)]) >
                           -(word("as") > label[set(&ExceptionStatement::as)]) > word("when") > guard[set(&ExceptionStatement::when)] > sign(":") >
                           ((word("silent") >> x3::eoi >> x3::eps[mark(&ExceptionStatement::kind, ExceptionKind::silent)]) |
                            (word("lower") >> (&word("to") | &severity_word) >> x3::eps[mark(&ExceptionStatement::kind, ExceptionKind::lower)] >
                             word("to") > severity[set(&ExceptionStatement::lower_to)]) |
                            (x3::eps[mark(&ExceptionStatement::kind, ExceptionKind::replace)] > outcome[set(&ExceptionStatement::outcome)]));
const auto attribution_def = word("attribute") > name_before_to[set(&Attribution::effect)] > word("to") > phrase[set(&Attribution::to)] >
                             -tags[set(&Attribution::tags)];

BOOST_SPIRIT_DEFINE(phrase, name_before_over, name_before_includes, name_before_to, name_before_after, duration, count_number, quantity, amount,
                    compared, comparison, range, range_end, trend, change, length, within, is_state, test)
BOOST_SPIRIT_DEFINE(excepted, except_name, plain_term, term, member, alternative, unit_item, group, abrupt_stop, count, counted, item, role)
BOOST_SPIRIT_DEFINE(apart, unknown, plain, atom, joint, guard_list, guard, attached, and_guard, premise, tag, tags, head, outcome, flag, prefer)
BOOST_SPIRIT_DEFINE(key, severity, shift, phrases, reference, references, expect, patient, example, label, label_text, rule_header)
BOOST_SPIRIT_DEFINE(defined_as, class_declaration, population, effect, cell, exception, attribution)

// The whole range as `parser`, or a diagnostic that names what was expected where it stopped; `ending` says what could have followed.
template <class Attribute, class Parser>
std::optional<Attribute> read(const Context& context, Span whole, const Parser& parser, std::string_view ending) {
  const auto inner = trimmed(context.masked, whole);
  const auto* base = context.masked.data();
  Iterator at = base + inner.begin;
  const Iterator end = base + inner.end;
  Attribute attribute{};
  try {
    const auto full = x3::with<ContextTag>(std::ref(context))[x3::expect[parser]];
    x3::parse(at, end, full, attribute);
  } catch (const x3::expectation_failure<Iterator>& failure) {
    report_expected(context, inner, static_cast<std::uint32_t>(failure.where() - base), failure.which());
    return std::nullopt;
  }
  if (at != end) {
    report_expected(context, inner, static_cast<std::uint32_t>(at - base), ending);
    return std::nullopt;
  }
  return attribute;
}

}  // namespace

std::optional<Premise> read_premise(const Context& context, Span whole) {
  return read<Premise>(context, whole, premise, "`+`, `or`, `and`, `in`, `with`, `if`, `unless` or the end of the premise");
}
std::optional<Guard> read_guard(const Context& context, Span whole) { return read<Guard>(context, whole, guard, "`and`, `or` or the end"); }
std::optional<Outcome> read_outcome(const Context& context, Span whole) {
  return read<Outcome>(context, whole, outcome, "`,`, `and`, `[severity]`, `;` or the end");
}
std::optional<Flag> read_flag(const Context& context, Span whole) { return read<Flag>(context, whole, flag, "`in`, `;` or the end"); }
std::optional<Prefer> read_prefer(const Context& context, Span whole) { return read<Prefer>(context, whole, prefer, "`or`, `over`, `;` or the end"); }
std::optional<Shift> read_shift(const Context& context, Span whole) { return read<Shift>(context, whole, shift, "`and`, `or`, `source` or the end"); }
std::optional<std::vector<Phrase>> read_phrases(const Context& context, Span whole) {
  return read<std::vector<Phrase>>(context, whole, phrases, "`,` or the end");
}
std::optional<std::vector<Reference>> read_references(const Context& context, Span whole) {
  return read<std::vector<Reference>>(context, whole, references, "`[severity]`, `,` or the end");
}
std::optional<Example> read_example(const Context& context, Span whole) { return read<Example>(context, whole, example, "the end"); }
std::optional<RuleHeader> read_rule_header(const Context& context, Span whole) {
  return read<RuleHeader>(context, whole, rule_header, "the end of the line");
}
std::optional<ClassDeclaration> read_class(const Context& context, Span whole) {
  return read<ClassDeclaration>(context, whole, class_declaration, "`,`, `or`, `except` or the end");
}
std::optional<PopulationDeclaration> read_population(const Context& context, Span whole) {
  return read<PopulationDeclaration>(context, whole, population, "`and`, `or` or the end");
}
std::optional<EffectDeclaration> read_effect(const Context& context, Span whole) {
  return read<EffectDeclaration>(context, whole, effect, "`,` or the end");
}
std::optional<Cell> read_cell(const Context& context, Span whole) { return read<Cell>(context, whole, cell, "`|` or the end of the line"); }
std::optional<ExceptionStatement> read_exception(const Context& context, Span whole) {
  return read<ExceptionStatement>(context, whole, exception, "the end of the exception");
}
std::optional<Attribution> read_attribution(const Context& context, Span whole) {
  return read<Attribution>(context, whole, attribution, "`[frequency]` or the end");
}

}  // namespace theriac::grammar::detail

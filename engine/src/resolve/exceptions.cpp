// Exceptions find the rule or exception that they speak of, are resolved with that rule's drugs and roles, and hang below it as a tree.
#include "resolve/run.hpp"
#include "theriac/grammar/nearest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace theriac::detail {
namespace {

using grammar::Code;

constexpr std::uint32_t deepest = 64;

class Attacher {
 public:
  Attacher(Run& run, std::vector<RuleDraft>& drafts, const std::vector<ExceptionSite>& sites, const std::vector<std::string>& dropped)
      : run_(run), drafts_(drafts), sites_(sites), gone_(dropped.begin(), dropped.end()) {
    for (std::size_t i = 0; i < drafts_.size(); ++i) rules_.emplace(drafts_[i].rule.label, i);
  }

  void attach_all() {
    for (std::size_t i = 0; i < sites_.size(); ++i) find_label(i);
    for (std::size_t i = 0; i < sites_.size(); ++i) attach(i);
  }

 private:
  // A place in a rule's tree: below the rule itself, or below one of its exceptions.
  struct Spot {
    std::size_t draft = 0;
    std::optional<std::uint32_t> exception;
  };
  struct Prepared {
    Spot below;
    ResolvedException exception;
    std::string target;
  };

  void find_label(std::size_t site) {
    const auto& as = sites_[site].what->as;
    if (!as) return;
    const bool taken = rules_.count(as->text) > 0 || !labels_.emplace(as->text, site).second;
    if (!taken) return;
    run_.report.add(
        grammar::diagnose(Code::TH5002, {sites_[site].source, as->span}, fmt::format("`{}` is the label of another rule or exception", as->text)));
    attached_[site] = {};
    ++run_.not_loaded;
  }

  // The places that the exception of this statement now holds; those it speaks of come first. All of its targets or none.
  const std::vector<Spot>& attach(std::size_t site) {
    if (const auto known = attached_.find(site); known != attached_.end()) return known->second;
    attached_[site] = {};  // an exception to itself finds nothing
    std::vector<Prepared> prepared;
    bool good = ++depth_ <= deepest;
    if (!good)
      run_.report.add(grammar::diagnose(Code::TH1005, {sites_[site].source, sites_[site].span}, "exceptions to exceptions are nested too deeply"));
    for (const auto& to : sites_[site].what->to) good = good && prepare(site, to, prepared);
    --depth_;
    if (!good) {
      ++run_.not_loaded;
      return attached_[site];
    }
    std::vector<Spot> spots;
    for (auto& one : prepared) spots.push_back(add(site, std::move(one)));
    return attached_[site] = std::move(spots);
  }

  bool prepare(std::size_t site, const grammar::Tag& to, std::vector<Prepared>& into) {
    std::vector<Spot> below;
    if (const auto rule = rules_.find(to.text); rule != rules_.end()) {
      below.push_back({rule->second, std::nullopt});
    } else if (const auto label = labels_.find(to.text); label != labels_.end()) {
      below = attach(label->second);
    } else if (gone_.count(to.text) == 0) {
      refuse_unknown(site, to);
    }
    run_.report.enter_statement(sites_[site].statement);
    for (const auto& spot : below) {
      auto exception = resolve_for(site, drafts_[spot.draft]);
      if (!exception || conflicts(spot, *exception)) return false;
      into.push_back({spot, std::move(*exception), to.text});
    }
    return !below.empty();  // what it speaks of was left out: so is this
  }

  std::optional<ResolvedException> resolve_for(std::size_t site, RuleDraft& draft) {
    const auto& written = *sites_[site].what;
    auto scope = draft.scope;
    scope.items = &draft.rule.items;
    scope.source = sites_[site].source;
    ResolvedException exception;
    exception.at = scope.place(sites_[site].span);
    auto when = guard_from(run_, scope, written.when);
    const bool good = when.has_value() && check_guard(run_, scope, *when, Standing::exception);
    if (!resolve_outcome(scope, written, exception) || !good) return std::nullopt;
    exception.when = std::move(*when);
    if (exception.kind != ResolvedException::Kind::lower && !check_exception(run_, draft.rule, exception.when)) return std::nullopt;
    return exception;
  }

  bool resolve_outcome(const Scope& scope, const grammar::ExceptionStatement& written, ResolvedException& exception) {
    if (written.kind == grammar::ExceptionStatement::Kind::silent) return true;
    if (written.kind == grammar::ExceptionStatement::Kind::lower) {
      exception.kind = ResolvedException::Kind::lower;
      const auto to = written.lower_to ? severity_of(run_, scope, *written.lower_to) : std::nullopt;
      exception.lower_to = to.value_or(Severity::unrated);
      return to.has_value();
    }
    exception.kind = ResolvedException::Kind::replace;
    auto heads = written.outcome ? heads_of(run_, scope, *written.outcome, nullptr) : std::nullopt;
    if (heads) exception.heads = std::move(*heads);
    return heads.has_value();
  }

  static bool same_outcome(const ResolvedException& a, const ResolvedException& b) {
    const auto same = [](const ResolvedHead& x, const ResolvedHead& y) {
      return x.effect == y.effect && x.of_item == y.of_item && x.severity == y.severity && x.frequency == y.frequency && x.disputed == y.disputed;
    };
    return a.heads.size() == b.heads.size() && std::equal(a.heads.begin(), a.heads.end(), b.heads.begin(), same);
  }

  // Does one that stands against the same already replace the outcome differently, and can both hold at once?
  bool conflicts(const Spot& spot, const ResolvedException& exception) {
    if (exception.kind != ResolvedException::Kind::replace) return false;
    const auto& rule = drafts_[spot.draft].rule;
    for (std::uint32_t i = 0; i < rule.exceptions.size(); ++i) {
      const auto& other = rule.exceptions[i];
      if (!stands_below(rule, i, spot) || other.kind != ResolvedException::Kind::replace || same_outcome(exception, other)) continue;
      if (!can_hold_together(run_, exception.when, other.when)) continue;
      auto diagnostic = grammar::diagnose(Code::TH5004, exception.at,
                                          fmt::format("this exception and `{}` can hold together and conclude differently", other.label));
      diagnostic.secondary.push_back({other.at, "the other"});
      diagnostic.help.push_back(fmt::format("let their conditions exclude each other, or write this as an exception to `{}`", other.label));
      run_.report.add(std::move(diagnostic));
      return true;
    }
    return false;
  }

  static bool stands_below(const ResolvedRule& rule, std::uint32_t exception, const Spot& spot) {
    if (!spot.exception) return rule.exceptions[exception].top;
    const auto& below = rule.exceptions[*spot.exception].exceptions;
    return std::find(below.begin(), below.end(), exception) != below.end();
  }

  Spot add(std::size_t site, Prepared prepared) {
    auto& rule = drafts_[prepared.below.draft].rule;
    const auto index = static_cast<std::uint32_t>(rule.exceptions.size());
    const auto& as = sites_[site].what->as;
    auto& exception = prepared.exception;
    exception.label = as ? as->text : fmt::format("{}-exception-{}", prepared.target, ++unnamed_[prepared.target]);
    exception.top = !prepared.below.exception;
    rule.exceptions.push_back(std::move(exception));
    if (prepared.below.exception) rule.exceptions[*prepared.below.exception].exceptions.push_back(index);
    return {prepared.below.draft, index};
  }

  void refuse_unknown(std::size_t site, const grammar::Tag& to) {
    std::vector<std::string_view> known;
    for (const auto& [label, number] : rules_) known.push_back(label);
    for (const auto& [label, number] : labels_) known.push_back(label);
    auto diagnostic = grammar::diagnose(Code::TH5003, {sites_[site].source, to.span}, fmt::format("no rule or exception is called `{}`", to.text));
    if (const auto near = grammar::nearest(to.text, known)) diagnostic.help.push_back(fmt::format("did you mean `{}`?", *near));
    run_.report.add_once("rule " + to.text, std::move(diagnostic));
  }

  Run& run_;
  std::vector<RuleDraft>& drafts_;
  const std::vector<ExceptionSite>& sites_;
  std::set<std::string> gone_;
  std::map<std::string, std::size_t> rules_;
  std::map<std::string, std::size_t> labels_;
  std::map<std::size_t, std::vector<Spot>> attached_;
  std::map<std::string, std::uint32_t> unnamed_;
  std::uint32_t depth_ = 0;
};

}  // namespace

void attach_exceptions(Run& run, std::vector<RuleDraft>& drafts, const std::vector<ExceptionSite>& sites, const std::vector<std::string>& dropped) {
  Attacher(run, drafts, sites, dropped).attach_all();
}

}  // namespace theriac::detail

// Collects what is wrong while resolving. An unknown or inferred name is one report at its first use, however many statements use it; a muted
// reporter keeps nothing, for a first look at a phrase that will be resolved again. Not shared between threads.
#pragma once

#include "theriac/grammar/diagnostic.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace theriac::detail {

class Reporter {
 public:
  explicit Reporter(bool strict) : strict_(strict) {}

  // The statement that is being resolved, for counting uses.
  void enter_statement(std::uint32_t number) { statement_ = number; }
  void add(grammar::Diagnostic diagnostic);
  // Once for each key; later reports of the key become uses of the first.
  void add_once(const std::string& key, grammar::Diagnostic diagnostic);
  // Notes one more use of a key that was reported; false where it was not. Saves the work of a message that nobody will see.
  bool add_use(const std::string& key, const grammar::Place& place);
  bool strict() const { return strict_; }
  bool muted() const { return muted_ > 0; }

  class Muted {
   public:
    explicit Muted(Reporter& reporter) : reporter_(reporter) { ++reporter_.muted_; }
    ~Muted() { --reporter_.muted_; }
    Muted(const Muted&) = delete;
    Muted& operator=(const Muted&) = delete;

   private:
    Reporter& reporter_;
  };

  grammar::Diagnostics finish() &&;

 private:
  struct Repeated {
    std::size_t at = 0;  // index into diagnostics_
    std::uint32_t first_statement = 0;
    std::vector<grammar::Place> further;
    std::set<std::uint32_t> statements;
  };
  bool strict_;
  int muted_ = 0;
  std::uint32_t statement_ = 0;
  grammar::Diagnostics diagnostics_;
  std::map<std::string, Repeated> once_;
};

}  // namespace theriac::detail

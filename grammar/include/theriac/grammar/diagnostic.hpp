// What is wrong with a text that a person wrote, as data. Every reader (rules, terminology, regimen files) returns diagnostics beside its result; nobody
// throws for a user's mistake. Renderers turn them into the terminal's picture or JSON. Codes are registered once, in diagnostics.def.
//
// Messages are for a pharmacist: lower case, no full stop, names in back-quotes, never a C++ type.
#pragma once

#include "theriac/grammar/source.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::grammar {

enum class Level : std::uint8_t { error, warning };

enum class Code : std::uint16_t {
#define THERIAC_DIAGNOSTIC(code, level, name) code,
#include "theriac/grammar/diagnostics.def"
#undef THERIAC_DIAGNOSTIC
};

struct CodeInfo {
  std::string_view id;    // "TH2001"
  Level level;            // as it is reported unless `--strict`
  std::string_view name;  // "unknown name"
};
const CodeInfo& info(Code code);

struct Label {
  Place place;
  std::string text;  // stands under the words; may be empty
};

// Replace what stands at `place` by `replacement`.
struct Edit {
  Place place;
  std::string replacement;
};

struct Diagnostic {
  Code code{};
  Level level = Level::error;
  std::string message;
  Label primary;
  std::vector<Label> secondary{};
  std::vector<std::string> notes{};
  std::vector<std::string> help{};
  std::vector<Edit> edits{};
};

using Diagnostics = std::vector<Diagnostic>;

Diagnostic diagnose(Code code, Place place, std::string message, std::string label = {});
bool has_errors(const Diagnostics& diagnostics);
// By source name, then offset, then code: the order in which they are shown.
void sort_by_place(Diagnostics& diagnostics);

struct RenderStyle {
  bool colour = false;
};
// The picture with caret and help, ending in a new line.
std::string render(const Diagnostic& diagnostic, RenderStyle style = {});
// One JSON object, no new line.
std::string render_json(const Diagnostic& diagnostic);

}  // namespace theriac::grammar

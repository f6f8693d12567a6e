#include "theriac/grammar/source.hpp"

#include <doctest/doctest.h>

using namespace theriac;

namespace {

// Counted character by character from the start of the text.
grammar::Position counted(const std::string& text, std::size_t offset) {
  grammar::Position at;
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] == '\n')
      at = {at.line + 1, 1};
    else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
      ++at.column;
  }
  return at;
}

}  // namespace

TEST_CASE("columns count characters, in lines of any length") {
  std::string text = "short\n";
  for (int i = 0; i < 400; ++i) text += "ab→µ";
  text += "\nlast line\n";
  for (int i = 0; i < 300; ++i) text += "xyz";
  const auto source = grammar::Source::make("t", text);
  for (std::size_t offset = 0; offset <= text.size(); ++offset) {
    const bool inside = offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
    if (inside) continue;
    CAPTURE(offset);
    const auto at = source->position(static_cast<std::uint32_t>(offset));
    CHECK(at == counted(text, offset));
    CHECK(source->offset(at) == offset);
  }
  CHECK(source->position(static_cast<std::uint32_t>(text.size() + 7)) == counted(text, text.size()));
}

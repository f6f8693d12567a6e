// A tree of text drawn with box characters, the places of its facts in a column on the right.
#pragma once

#include "report/page.hpp"

#include <string>
#include <vector>

namespace theriac::detail {

struct Branch {
  std::string text;
  std::string place;
  std::vector<Branch> below{};
};

void draw(Page& page, const std::vector<Branch>& branches, std::size_t place_at);

}  // namespace theriac::detail

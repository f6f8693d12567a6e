// theriac_pack RULES OUT: packs the vocabulary and the list of sources of a rules folder, so that the program starts quickly. Run by the build.
#include "theriac/load.hpp"

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: theriac_pack RULES OUT\n";
    return 2;
  }
  const auto diagnostics = theriac::make_packs(argv[1], argv[2]);
  for (const auto& diagnostic : diagnostics) std::cerr << theriac::grammar::render(diagnostic);
  return theriac::grammar::has_errors(diagnostics) ? 1 : 0;
}

// Finding and reading files for the loader. Nothing throws: what cannot be read is a diagnostic, TH1010.
#pragma once

#include "theriac/grammar/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace theriac::detail {

namespace fs = std::filesystem;

// Names begin with the name of `root`, whatever the current folder is; a folder `terminology` is a part of the rules folder that it stands in, and
// its files are named with that folder: rules/terminology/nsaid.yaml.
class Files {
 public:
  Files(const fs::path& root, grammar::Diagnostics& diagnostics);

  bool root_is_folder() const;
  const fs::path& root() const { return root_; }
  // The root itself if it is a file; else all files below it that end so, in the order of their names, without hidden ones. `except`: a folder of the
  // root.
  std::vector<fs::path> find(std::string_view extension, std::string_view except = {});
  grammar::SourcePtr read(const fs::path& file);
  void complain(const fs::path& path, std::string message);

 private:
  struct Found {
    std::string name;
    fs::path path;
  };
  // By name; the folder is walked once.
  const std::vector<Found>& all(std::string_view except);
  std::string name_of(const fs::path& path) const;

  fs::path root_;
  fs::path named_from_;
  std::optional<std::vector<Found>> walked_;
  std::string except_;  // when it was walked
  grammar::Diagnostics& diagnostics_;
};

}  // namespace theriac::detail

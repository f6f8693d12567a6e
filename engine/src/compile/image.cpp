#include "compile/image.hpp"

#include "compile/compiled.hpp"
#include "compile/fits.hpp"
#include "pack/archive.hpp"
#include "terminology/index.hpp"
#include "terminology/sha256.hpp"

#include <algorithm>

namespace theriac::detail {
namespace {

struct Image {
  TerminologyData terminology;
  std::optional<NameTable> names;  // of the terminology
  RuleBaseInfo info;
  std::vector<ResolvedRule> rules;  // as written
  std::vector<ResolvedAttribution> attributions;
  Strata strata;
  SourceList references;
};

// A file of the image, whole.
struct FileText {
  std::string name, text;
};
struct Bundle {
  std::vector<FileText> files;
  std::string name, version;
  std::string rules;   // packed
  std::string sha256;  // of `rules`
};

}  // namespace

std::string pack(const RuleBase& rules, std::string_view origin, const std::vector<grammar::SourcePtr>& sources, bool with_names) {
  const auto& compiled = rules.compiled();
  const auto names = with_names ? std::optional(names_of(*compiled.terminology)) : std::nullopt;
  Image image{compiled.terminology->data(), names, compiled.info, compiled.as_written(), compiled.attributions, compiled.strata, {}};
  for (const auto& [key, reference] : compiled.references) image.references.push_back(reference);
  return archive::pack(image, origin, sources);
}

std::shared_ptr<const RuleBase> unpack_rules(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources,
                                             const std::string& name, const std::string& version, bool anybodys) {
  auto image = archive::unpack<Image>(bytes, origin, sources);
  if (!image || (anybodys && !fits(image->terminology, image->rules, image->attributions, image->strata))) return nullptr;
  const bool has_names = image->names && !anybodys;
  auto built =
      has_names ? build_with_names(std::move(image->terminology), std::move(*image->names)) : Terminology::build(std::move(image->terminology));
  if (!built.terminology) return nullptr;
  auto compiled = std::make_shared<RuleBase::Compiled>();
  compiled->terminology = std::move(built.terminology);
  compiled->info = std::move(image->info);
  compiled->info.name = name;
  compiled->info.version = version;
  for (auto& reference : image->references) compiled->references.emplace(reference.key, std::move(reference));
  compiled->rules = std::move(image->rules);
  compiled->capped = cap_for_jurisdictions(compiled->rules, compiled->references, {});
  compiled->attributions = std::move(image->attributions);
  compiled->strata = std::move(image->strata);
  return std::make_shared<const RuleBase>(std::move(compiled));
}

std::string make_image(const RuleBase& rules, const std::vector<grammar::SourcePtr>& sources) {
  Bundle bundle;
  for (const auto& source : sources) bundle.files.push_back({source->name(), source->text()});
  bundle.name = rules.info().name;
  bundle.version = rules.info().version;
  bundle.rules = pack(rules, {}, sources, false);
  bundle.sha256 = sha256_hex(bundle.rules);
  return std::string(image_magic) + archive::pack(bundle, {}, {});
}

std::shared_ptr<const RuleBase> open_image(std::string_view bytes) {
  if (!bytes.starts_with(image_magic)) return nullptr;
  const auto bundle = archive::unpack<Bundle>(bytes.substr(image_magic.size()), {}, {});
  if (!bundle || sha256_hex(bundle->rules) != bundle->sha256) return nullptr;
  std::vector<grammar::SourcePtr> sources;
  for (const auto& file : bundle->files) sources.push_back(grammar::Source::make(file.name, file.text));
  return unpack_rules(bundle->rules, {}, sources, bundle->name, bundle->version, true);
}

}  // namespace theriac::detail

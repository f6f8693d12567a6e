#include "compile/image.hpp"

#include "compile/compiled.hpp"
#include "compile/jurisdiction.hpp"
#include "pack/archive.hpp"

namespace theriac::detail {
namespace {

struct Image {
  TerminologyData terminology;
  RuleBaseInfo info;
  std::vector<ResolvedRule> rules;  // as written
  std::vector<ResolvedAttribution> attributions;
  Strata strata;
  SourceList references;
};

}  // namespace

std::string pack(const RuleBase& rules, std::string_view origin, const std::vector<grammar::SourcePtr>& sources) {
  const auto& compiled = rules.compiled();
  Image image{compiled.terminology->data(), compiled.info, compiled.as_written, compiled.attributions, compiled.strata, {}};
  for (const auto& [key, reference] : compiled.references) image.references.push_back(reference);
  return archive::pack(image, origin, sources);
}

std::shared_ptr<const RuleBase> unpack_rules(std::string_view bytes, std::string_view origin, const std::vector<grammar::SourcePtr>& sources,
                                             const std::string& name, const std::string& version) {
  auto image = archive::unpack<Image>(bytes, origin, sources);
  if (!image) return nullptr;
  auto built = Terminology::build(std::move(image->terminology));
  if (!built.terminology) return nullptr;
  auto compiled = std::make_shared<RuleBase::Compiled>();
  compiled->terminology = std::move(built.terminology);
  compiled->info = std::move(image->info);
  compiled->info.name = name;
  compiled->info.version = version;
  for (auto& reference : image->references) compiled->references.emplace(reference.key, reference);
  compiled->rules = for_jurisdictions(image->rules, compiled->references, {});
  compiled->as_written = std::move(image->rules);
  compiled->attributions = std::move(image->attributions);
  compiled->strata = std::move(image->strata);
  return std::make_shared<const RuleBase>(std::move(compiled));
}

}  // namespace theriac::detail

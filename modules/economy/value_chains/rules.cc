#include "modules/economy/value_chains/rules.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "modules/economy/errors.h"

namespace puente::economy {
namespace {

// One of the texts that stages and links consist of, and where it stands.
struct Stood {
  std::string text;
  std::string place;
  int stage;
};

bool ShareClasses(const Stood& a, const Stood& b) {
  return a.stage != b.stage &&
         (absl::StartsWith(a.text, b.text) || absl::StartsWith(b.text, a.text));
}

std::vector<Violation> CheckClasses(const v1::ValueChain& chain, const std::string& path) {
  std::vector<Violation> violations;
  std::vector<Stood> seen;
  for (int i = 0; i < chain.stages_size(); ++i) {
    for (int j = 0; j < chain.stages(i).scian_prefixes_size(); ++j) {
      Stood one{chain.stages(i).scian_prefixes(j),
                absl::StrCat(path, ".stages[", i, "].scian_prefixes[", j, "]"), i};
      const auto other =
          absl::c_find_if(seen, [&](const Stood& earlier) { return ShareClasses(earlier, one); });
      if (other != seen.end()) {
        violations.push_back(Against(rule::kStagesOverlap, "earlier"_is(other->place))
                                 .At(one.place)
                                 .Reading({other->place}));
      }
      seen.push_back(std::move(one));
    }
  }
  return violations;
}

std::vector<Violation> CheckLinks(const v1::ValueChain& chain, const std::string& path) {
  std::vector<std::string> stages;
  for (const v1::ValueChainStage& stage : chain.stages()) stages.push_back(stage.stage());
  const std::string known = absl::StrJoin(stages, ", ");
  std::vector<Violation> violations;
  std::map<std::pair<std::string, std::string>, std::string> seen;
  for (int i = 0; i < chain.links_size(); ++i) {
    const v1::StageLink& link = chain.links(i);
    const std::string place = absl::StrCat(path, ".links[", i, "]");
    for (const auto& [field, stage] :
         {std::pair(".from_stage", link.from_stage()), std::pair(".to_stage", link.to_stage())}) {
      if (stage.empty() || absl::c_linear_search(stages, stage)) continue;
      violations.push_back(Against(rule::kUnknownStage, "stages"_is(known))
                               .At(absl::StrCat(place, field))
                               .Reading({absl::StrCat(path, ".stages")}));
    }
    if (!link.from_stage().empty() && link.from_stage() == link.to_stage()) {
      violations.push_back(Against(rule::kLinkToItself).At(place));
    }
    const auto [earlier, fresh] =
        seen.emplace(std::pair(link.from_stage(), link.to_stage()), place);
    if (!fresh) {
      violations.push_back(Against(rule::kLinkRepeated, "earlier"_is(earlier->second)).At(place));
    }
  }
  return violations;
}

}  // namespace

std::vector<Violation> CheckValueChain(const v1::ValueChain& chain, const std::string& path) {
  std::vector<Violation> violations = CheckClasses(chain, path);
  for (Violation& violation : CheckLinks(chain, path)) violations.push_back(std::move(violation));
  return violations;
}

std::string SectorOf(const v1::ValueChain& chain, const v1::ValueChainStage& stage) {
  return absl::StrCat(chain.name(), "/stages/", stage.stage());
}

void AddStages(const std::vector<v1::ValueChain>& chains, Sectors& sectors) {
  for (const v1::ValueChain& chain : chains) {
    for (const v1::ValueChainStage& stage : chain.stages()) {
      std::vector<std::string>& prefixes = sectors[SectorOf(chain, stage)];
      prefixes.assign(stage.scian_prefixes().begin(), stage.scian_prefixes().end());
      std::sort(prefixes.begin(), prefixes.end());
    }
  }
}

}  // namespace puente::economy

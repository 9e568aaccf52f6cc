// Turns the reviewed text table of surface forms into gazetteer.bin.
#ifndef RUBRICATOR_CLASSIFIER_GAZETTEER_COMPILER_H_
#define RUBRICATOR_CLASSIFIER_GAZETTEER_COMPILER_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "classifier/region_taxonomy.h"

namespace rubricator {

struct GazetteerSources {
  std::filesystem::path forms;   // gazetteer/forms.tsv
  std::filesystem::path policy;  // gazetteer/policy.tsv
};

// The bytes of gazetteer.bin; the same sources give the same bytes. Errors: NOT_FOUND a file is
// missing; INVALID_ARGUMENT, with file and line: a malformed row, a code that `taxonomy` does not
// have, a territory without a policy, a policy for a territory that no form names, a form that
// stands for two targets with no rule between them (write "GE/US": either, by the article's
// support).
absl::StatusOr<std::string> CompileGazetteer(const GazetteerSources& sources,
                                             const RegionTaxonomy& taxonomy);

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_GAZETTEER_COMPILER_H_

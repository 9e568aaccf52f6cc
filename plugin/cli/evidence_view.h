// Why: the words that spoke for each topic and country, in their context, one line each.
#ifndef RUBRICATOR_PLUGIN_CLI_EVIDENCE_VIEW_H_
#define RUBRICATOR_PLUGIN_CLI_EVIDENCE_VIEW_H_

#include <cstddef>
#include <string>

#include "plugin/cli/terminal.h"
#include "rubricator/v1/analysis.pb.h"
#include "rubricator/v1/article.pb.h"

namespace rubricator::cli {

// A concordance: under each topic and country a line for each piece of evidence, with its
// contribution and the marked words in the middle of the line. `article` is what was sent; offsets
// are in bytes of UTF-8. Text is shown as read: without tags, entities decoded. Of one topic or
// country `most` pieces are shown, the rest counted. Lines end in a line end and fit the terminal.
std::string EvidenceView(const v1::Article& article, const v1::Analysis& analysis, size_t most,
                         const Terminal& terminal);

}  // namespace rubricator::cli

#endif  // RUBRICATOR_PLUGIN_CLI_EVIDENCE_VIEW_H_

// Analyses and desk assignments as rubricator.v1 messages, with names for people.
#ifndef RUBRICATOR_SERVICE_ANALYSIS_WRITER_H_
#define RUBRICATOR_SERVICE_ANALYSIS_WRITER_H_

#include <string>
#include <string_view>
#include <vector>

#include "classifier/analysis.h"
#include "classifier/article.h"
#include "routing/rules.h"
#include "rubricator/v1/analysis.pb.h"
#include "service/snapshot.h"

namespace rubricator {

inline constexpr size_t kMaxEvidenceTextBytes = 256;

// The language in which to name things: the primary tag of `asked` ("ru" of "ru-RU"), without one
// the article's own; "en" unless it is "ru" or "en".
std::string DisplayLanguage(std::string_view asked, std::string_view article_language);

// All but desks. Evidence offsets are bytes of UTF-8.
void WriteAnalysis(const Analysis& analysis, const Article& article, const Snapshot& snapshot,
                   std::string_view display_language, v1::Analysis& out);

// One assignment; `rules` names the desks.
void WriteDesk(const DeskAssignment& assignment, const RoutingRules& rules,
               std::string_view display_language, v1::DeskAssignment& out);

// "CLASSIFIED", "NO_TOPIC": as the proto file names it, without its prefix.
std::string OutcomeName(Outcome outcome);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_ANALYSIS_WRITER_H_

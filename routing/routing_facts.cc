#include "routing/routing_facts.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "routing/confidence_phrase.h"

namespace rubricator {
namespace {

// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, as google.protobuf.Timestamp bounds them.
constexpr double kMinPublishedAt = -62135596800.0;
constexpr double kMaxPublishedAt = 253402300799.0;

const char* OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kClassified:
      return "CLASSIFIED";
    case Outcome::kNoTopic:
      return "NO_TOPIC";
    case Outcome::kInsufficientText:
      return "INSUFFICIENT_TEXT";
    case Outcome::kUnsupportedLanguage:
      return "UNSUPPORTED_LANGUAGE";
  }
  return "unknown";
}

std::chrono::sys_seconds TimeOf(const Article& article, std::chrono::system_clock::time_point now) {
  const double published_at = article.published_at.value_or(std::nan(""));
  if (published_at >= kMinPublishedAt && published_at <= kMaxPublishedAt) {
    return std::chrono::sys_seconds(
        std::chrono::seconds(static_cast<int64_t>(std::floor(published_at))));
  }
  return std::chrono::floor<std::chrono::seconds>(now);
}

}  // namespace

RoutingFacts FactsOf(const Analysis& analysis, const Article& article,
                     std::chrono::system_clock::time_point now, double low_confidence_below) {
  RoutingFacts facts{.analysis = analysis,
                     .article = article,
                     .time = TimeOf(article, now),
                     .topics_unsure = "",
                     .regions_unsure = ""};
  if (analysis.outcome != Outcome::kClassified) {
    facts.topics_unsure = absl::StrCat("outcome is ", OutcomeName(analysis.outcome));
    facts.regions_unsure = facts.topics_unsure;
    return facts;
  }
  double best = 0.0;
  for (const Topic& topic : analysis.topics) best = std::fmax(best, topic.confidence);
  if (best < low_confidence_below) {
    facts.topics_unsure = analysis.topics.empty()
                              ? std::string("no topic was decided")
                              : absl::StrCat("best topic ", analysis.topics.front().id, " ",
                                             ConfidencePhrase(best, low_confidence_below));
  }
  return facts;
}

}  // namespace rubricator

#include "service/call_context.h"

namespace rubricator {

void CallRecord::Add(const CallRecord& later) {
  if (!later.article_id.empty()) article_id = later.article_id;
  if (!later.model_version.empty()) model_version = later.model_version;
  for (const auto& [outcome, count] : later.outcomes) outcomes[outcome] += count;
  for (const auto& [language, count] : later.languages) languages[language] += count;
  articles += later.articles;
  failed_articles += later.failed_articles;
  for (const auto& [topic, tally] : later.topics) {
    topics[topic].articles += tally.articles;
    topics[topic].confidence += tally.confidence;
  }
  for (const auto& [code, tally] : later.regions) {
    regions[code].in_focus += tally.in_focus;
    regions[code].mentioned += tally.mentioned;
  }
  corrections += later.corrections;
  for (const auto& [topic, tally] : later.topic_corrections) {
    topic_corrections[topic].added += tally.added;
    topic_corrections[topic].removed += tally.removed;
  }
}

absl::Status CallContext::Check() const {
  if (deadline.has_value() && std::chrono::steady_clock::now() >= *deadline) {
    return absl::DeadlineExceededError("the deadline passed before the answer was there");
  }
  if (cancelled && cancelled()) return absl::CancelledError("the caller cancelled");
  return absl::OkStatus();
}

}  // namespace rubricator

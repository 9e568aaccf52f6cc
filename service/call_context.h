// What a handler knows of the call it serves, whatever carried it.
#ifndef RUBRICATOR_SERVICE_CALL_CONTEXT_H_
#define RUBRICATOR_SERVICE_CALL_CONTEXT_H_

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace rubricator {

// What a handler found out, for the log line and the metrics. Never article text.
struct CallRecord {
  std::string article_id;                // as sent; only of calls with one article
  std::string model_version;             // that answered; empty if none did
  std::map<std::string, int> outcomes;   // articles by outcome: "CLASSIFIED" → 998
  std::map<std::string, int> languages;  // articles by language: "ru" → 998
  int articles = 0;                      // articles asked about
  int failed_articles = 0;               // of them, answered by an error of their own
};

// Belongs to one call, which runs on one thread at a time.
struct CallContext {
  // When the call arrived. Stands for Article.published_at where that is missing.
  std::chrono::system_clock::time_point now = std::chrono::system_clock::now();
  // After this the caller no longer waits. None: it waits for ever.
  std::optional<std::chrono::system_clock::time_point> deadline;
  // Whether the caller gave up; cheap and thread-safe. Empty: it never does.
  std::function<bool()> cancelled;
  // Filled by handlers where it is set.
  CallRecord* record = nullptr;

  // OK while somebody waits for the answer; else CANCELLED or DEADLINE_EXCEEDED. Handlers ask
  // before each article.
  absl::Status Check() const;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_CALL_CONTEXT_H_

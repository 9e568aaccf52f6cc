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

// How often a topic was given, and how surely in all.
struct TopicTally {
  int articles = 0;
  double confidence = 0.0;  // sum over the articles
};

// How often a country was given, by its role.
struct RegionTally {
  int in_focus = 0;
  int mentioned = 0;
};

// How often editors added a topic to what was given, and took it away.
struct CorrectionTally {
  int added = 0;
  int removed = 0;
};

// What a handler found out, for the log line and the metrics. Never article text. Keys are words of
// the model or of the API, never of the caller, except article_id.
struct CallRecord {
  std::string article_id;                      // as sent; only of calls with one article
  std::string model_version;                   // that answered; empty if none did
  std::map<std::string, int> outcomes;         // articles by outcome: "CLASSIFIED" → 998
  std::map<std::string, int> languages;        // articles by language: "ru" → 998
  int articles = 0;                            // articles asked about
  int failed_articles = 0;                     // of them, answered by an error of their own
  std::map<std::string, TopicTally> topics;    // by id
  std::map<std::string, RegionTally> regions;  // by code
  int corrections = 0;                         // kept
  std::map<std::string, CorrectionTally> topic_corrections;  // by topic id

  // Adds what a later part of the same call found out.
  void Add(const CallRecord& later);
};

// Belongs to one call, which runs on one thread at a time.
struct CallContext {
  // When the call arrived. Stands for Article.published_at where that is missing.
  std::chrono::system_clock::time_point now = std::chrono::system_clock::now();
  // After this the caller no longer waits, whatever becomes of the clock. None: it waits for ever.
  std::optional<std::chrono::steady_clock::time_point> deadline;
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

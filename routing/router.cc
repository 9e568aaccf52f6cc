#include "routing/router.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "routing/routing_facts.h"

namespace rubricator {
namespace {

// At most kMaxReasonBytes, cut before a code point: thousands of conditions make no longer message.
std::string Shorten(std::string reason) {
  constexpr char kEllipsis[] = "…";
  if (reason.size() <= kMaxReasonBytes) return reason;
  size_t end = kMaxReasonBytes - (sizeof(kEllipsis) - 1);
  while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0) == 0x80) --end;
  reason.resize(end);
  return reason + kEllipsis;
}

bool IsOpen(const Desk& desk, std::chrono::sys_seconds time) {
  return desk.open.empty() ||
         std::any_of(desk.open.begin(), desk.open.end(),
                     [&](const WeeklyHours& hours) { return hours.Contains(time); });
}

}  // namespace

Router::Router(const RuleTable& table, const Analysis& analysis, const Article& article,
               std::chrono::system_clock::time_point now)
    : table_(table), facts_(FactsOf(analysis, article, now, table.low_confidence_below)) {}

RoutingDecision Router::Decide(RouteDetail detail) {
  const Rule* stopped_by = nullptr;
  for (const Rule& rule : table_.rules) {
    if (stopped_by != nullptr) {
      if (detail == RouteDetail::kDesksOnly) break;
      Skip(rule, stopped_by->name);
      continue;
    }
    if (Judge(rule, detail) && rule.stop) stopped_by = &rule;
  }
  if (stopped_by == nullptr && !facts_.topics_unsure.empty()) {
    Assign(table_.low_confidence, kLowConfidenceRule, facts_.topics_unsure);
  }
  if (decision_.desks.empty()) Assign(table_.fallback, kFallbackRule, "no rule matched");
  return std::move(decision_);
}

bool Router::Judge(const Rule& rule, RouteDetail detail) {
  const bool matched = rule.when.Holds(facts_) == Truth::kYes;
  if (!matched && detail == RouteDetail::kDesksOnly) return false;
  std::string reason = Shorten(rule.when.Explain(facts_));
  if (detail == RouteDetail::kEveryRule) {
    decision_.rules.push_back({.rule = rule.name,
                               .desk = table_.desks[rule.then.desk].id,
                               .matched = matched,
                               .reason = reason,
                               .failed_conditions = rule.when.CountFailed(facts_)});
  }
  if (matched) Assign(rule.then, rule.name, std::move(reason));
  return matched;
}

void Router::Skip(const Rule& rule, const std::string& stopped_by) {
  decision_.rules.push_back({.rule = rule.name,
                             .desk = table_.desks[rule.then.desk].id,
                             .reason = absl::StrCat("not asked: rule '", stopped_by, "' stops"),
                             .skipped = true});
}

void Router::Assign(const DeskAction& action, const std::string& rule, std::string reason) {
  const std::string& desk = table_.desks[OpenDesk(action.desk, reason)].id;
  auto same = std::find_if(decision_.desks.begin(), decision_.desks.end(),
                           [&](const DeskAssignment& earlier) { return earlier.desk == desk; });
  if (same == decision_.desks.end()) {
    decision_.desks.push_back({.desk = desk,
                               .rule = rule,
                               .reason = Shorten(std::move(reason)),
                               .stage = action.stage,
                               .tags = {}});
    same = decision_.desks.end() - 1;
  } else {
    same->reason = Shorten(absl::StrCat(same->reason, "; also by rule '", rule, "': ", reason));
    if (same->stage.empty()) same->stage = action.stage;
  }
  for (const std::string& tag : action.tags) {
    if (std::find(same->tags.begin(), same->tags.end(), tag) == same->tags.end()) {
      same->tags.push_back(tag);
    }
  }
}

size_t Router::OpenDesk(size_t desk, std::string& reason) const {
  while (!IsOpen(table_.desks[desk], facts_.time)) {
    const Desk& closed = table_.desks[desk];
    desk = closed.when_closed;
    absl::StrAppend(&reason, "; desk ", closed.id, " is closed at ",
                    closed.open.front().Clock(facts_.time), ", ", table_.desks[desk].id,
                    " takes over");
  }
  return desk;
}

}  // namespace rubricator

#include "server/metrics/drift.h"

#include <gtest/gtest.h>

namespace rubricator {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const DriftWindow::Time kNoon{hours(12)};

CallRecord Classified(const std::string& topic, double confidence) {
  CallRecord record;
  record.outcomes["CLASSIFIED"] = 1;
  record.topics[topic] = {.articles = 1, .confidence = confidence};
  return record;
}

CallRecord Abstained() {
  CallRecord record;
  record.outcomes["NO_TOPIC"] = 1;
  return record;
}

TEST(DriftWindowTest, SumsTheLastHour) {
  DriftWindow window;
  window.Add(kNoon, Classified("sport", 0.9));
  window.Add(kNoon + minutes(20), Classified("sport", 0.5));
  window.Add(kNoon + minutes(40), Abstained());
  const DriftWindow::Summary hour = window.LastHour(kNoon + minutes(54));
  EXPECT_EQ(hour.articles, 3);
  EXPECT_EQ(hour.abstained, 1);
  EXPECT_EQ(hour.topics.at("sport").articles, 2);
  EXPECT_DOUBLE_EQ(hour.topics.at("sport").confidence, 1.4);
}

TEST(DriftWindowTest, ForgetsWhatIsAnHourOld) {
  DriftWindow window;
  window.Add(kNoon, Abstained());
  window.Add(kNoon + minutes(30), Classified("sport", 0.9));
  EXPECT_EQ(window.LastHour(kNoon + minutes(59)).articles, 2);
  EXPECT_EQ(window.LastHour(kNoon + minutes(60)).articles, 1);
  EXPECT_EQ(window.LastHour(kNoon + minutes(60)).abstained, 0);
  EXPECT_EQ(window.LastHour(kNoon + hours(24)).articles, 0);
  window.Add(kNoon + hours(24), Abstained());  // in a slot that was in use
  EXPECT_EQ(window.LastHour(kNoon + hours(24)).articles, 1);
}

TEST(DriftWindowTest, BearsAClockThatGoesBack) {
  DriftWindow window;
  window.Add(kNoon, Abstained());
  window.Add(kNoon - minutes(5), Abstained());
  window.Add(kNoon - hours(1), Abstained());  // too late for its slot
  EXPECT_EQ(window.LastHour(kNoon).articles, 2);
  EXPECT_EQ(window.LastHour(kNoon - minutes(5)).articles, 1);
}

}  // namespace
}  // namespace rubricator

// Counters of one name, by labels.
#ifndef RUBRICATOR_SERVER_METRICS_COUNTERS_H_
#define RUBRICATOR_SERVER_METRICS_COUNTERS_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/registry.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace rubricator {

// Thread-safe. Keeps at most 1,000 series, so that nobody can fill the memory with labels; what is
// over that is counted under the label value "other".
class Counters {
 public:
  // Registers `name` in `registry`, which it borrows. `labels`: their names, in the order of
  // values.
  Counters(prometheus::Registry& registry, const std::string& name, const std::string& help,
           std::vector<std::string> labels);

  // Shows the series from the start, as 0, so that its first increase is seen as one.
  void Declare(const std::vector<std::string>& values) { Find(values); }
  // `values`: one for each label.
  void Add(const std::vector<std::string>& values, double amount = 1);

 private:
  prometheus::Counter& Find(const std::vector<std::string>& values);

  const std::vector<std::string> labels_;
  prometheus::Family<prometheus::Counter>& family_;
  std::mutex mutex_;  // guards series_
  std::map<std::vector<std::string>, prometheus::Counter*> series_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_METRICS_COUNTERS_H_

// What a call of rubricator.hpp answers.
#ifndef RUBRICATOR_PLUGIN_CPP_RUBRICATOR_ANSWER_HPP_
#define RUBRICATOR_PLUGIN_CPP_RUBRICATOR_ANSWER_HPP_

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rubricator.h"  // beside this file, here and installed

namespace rubricator_api {

inline rubricator_text ToText(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view ToView(rubricator_text text) { return {text.data, text.size}; }

// What a call could not do. what(): the message.
class Error : public std::runtime_error {
 public:
  Error(rubricator_code code, std::string_view message, std::string_view field)
      : std::runtime_error(std::string(message)), code_(code), field_(field) {}

  rubricator_code code() const { return code_; }
  // "article.body"; empty when no field is at fault.
  const std::string& field() const { return field_; }

 private:
  rubricator_code code_;
  std::string field_;
};

struct Topic {
  std::string id, display_name;
  double confidence;
};

struct Region {
  std::string code, display_name;
  bool in_focus;
  double confidence;
};

struct Desk {
  std::string id, display_name, rule, reason;
};

// One answer. Movable.
class Analysis {
 public:
  explicit Analysis(rubricator_analysis* analysis) : analysis_(analysis) {}

  rubricator_outcome outcome() const {
    return static_cast<rubricator_outcome>(rubricator_analysis_outcome(analysis_.get()));
  }
  std::string_view language() const {
    return ToView(rubricator_analysis_language(analysis_.get()));
  }
  std::string_view model_version() const {
    return ToView(rubricator_analysis_model_version(analysis_.get()));
  }
  std::string_view json() const { return ToView(rubricator_analysis_json(analysis_.get())); }

  std::vector<Topic> topics() const {
    std::vector<Topic> topics;
    rubricator_topic topic{};
    topic.struct_size = sizeof(topic);
    for (uint64_t i = 0; rubricator_analysis_topic(analysis_.get(), i, &topic) == RUBRICATOR_OK;
         ++i) {
      topics.push_back({std::string(ToView(topic.id)), std::string(ToView(topic.display_name)),
                        topic.confidence});
    }
    return topics;
  }

  std::vector<Region> regions() const {
    std::vector<Region> regions;
    rubricator_region region{};
    region.struct_size = sizeof(region);
    for (uint64_t i = 0; rubricator_analysis_region(analysis_.get(), i, &region) == RUBRICATOR_OK;
         ++i) {
      regions.push_back({std::string(ToView(region.code)), std::string(ToView(region.display_name)),
                         region.role == RUBRICATOR_ROLE_FOCUS, region.confidence});
    }
    return regions;
  }

  std::vector<Desk> desks() const {
    std::vector<Desk> desks;
    rubricator_desk desk{};
    desk.struct_size = sizeof(desk);
    for (uint64_t i = 0; rubricator_analysis_desk(analysis_.get(), i, &desk) == RUBRICATOR_OK;
         ++i) {
      desks.push_back({std::string(ToView(desk.id)), std::string(ToView(desk.display_name)),
                       std::string(ToView(desk.rule)), std::string(ToView(desk.reason))});
    }
    return desks;
  }

  // For what has no wrapper here, evidence above all. Stays this object's.
  const rubricator_analysis* get() const { return analysis_.get(); }

 private:
  struct Free {
    void operator()(rubricator_analysis* analysis) const { rubricator_analysis_free(analysis); }
  };
  std::unique_ptr<rubricator_analysis, Free> analysis_;
};

}  // namespace rubricator_api

#endif  // RUBRICATOR_PLUGIN_CPP_RUBRICATOR_ANSWER_HPP_

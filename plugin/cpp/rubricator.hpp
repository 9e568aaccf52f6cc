// The C ABI for C++17 programs outside this tree: owned, typed and throwing. Header only; needs
// nothing but librubricator. Threads, time-outs, forks and targets are as rubricator.h says.
#ifndef RUBRICATOR_PLUGIN_CPP_RUBRICATOR_HPP_
#define RUBRICATOR_PLUGIN_CPP_RUBRICATOR_HPP_

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

struct Article {
  std::string id, title, body;
  std::string language, url, source;
  rubricator_format format = RUBRICATOR_FORMAT_DETECT;
};

struct ClassifyOptions {
  bool include_evidence = false;
  std::string display_language;
  uint32_t timeout_ms = 0;  // 0: the client's
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

// Thread-safe, movable. Every call throws Error.
class Client {
 public:
  explicit Client(std::string_view target, const rubricator_client_options* options = nullptr) {
    rubricator_client* client = nullptr;
    rubricator_error* error = nullptr;
    Check(rubricator_client_open(ToText(target), options, &client, &error), error);
    client_.reset(client);
  }

  Analysis Classify(const Article& article, const ClassifyOptions& options = {}) const {
    const rubricator_article sent = ToC(article);
    const rubricator_classify_options wanted = ToC(options);
    rubricator_analysis* analysis = nullptr;
    rubricator_error* error = nullptr;
    Check(rubricator_classify(client_.get(), &sent, &wanted, &analysis, &error), error);
    return Analysis(analysis);
  }

  // Any unary method, "rubricator.v1.ModelService/GetModel", with JSON in and out.
  std::string Call(std::string_view method, std::string_view request_json,
                   uint32_t timeout_ms = 0) const {
    rubricator_json* json = nullptr;
    rubricator_error* error = nullptr;
    Check(rubricator_call(client_.get(), ToText(method), ToText(request_json), timeout_ms, &json,
                          &error),
          error);
    const std::unique_ptr<rubricator_json, FreeJson> owned(json);
    return std::string(ToView(rubricator_json_text(json)));
  }

  // For what has no wrapper here, batches above all. Stays this object's.
  rubricator_client* get() const { return client_.get(); }

 private:
  struct Close {
    void operator()(rubricator_client* client) const { rubricator_client_close(client); }
  };
  struct FreeJson {
    void operator()(rubricator_json* json) const { rubricator_json_free(json); }
  };
  struct FreeError {
    void operator()(rubricator_error* error) const { rubricator_error_free(error); }
  };

  static void Check(int32_t code, rubricator_error* error) {
    const std::unique_ptr<rubricator_error, FreeError> owned(error);
    if (code == RUBRICATOR_OK) return;
    throw Error(static_cast<rubricator_code>(code), ToView(rubricator_error_message(error)),
                ToView(rubricator_error_field(error)));
  }

  static rubricator_article ToC(const Article& article) {
    rubricator_article sent{};
    sent.struct_size = sizeof(sent);
    sent.format = article.format;
    sent.id = ToText(article.id);
    sent.title = ToText(article.title);
    sent.body = ToText(article.body);
    sent.language = ToText(article.language);
    sent.url = ToText(article.url);
    sent.source = ToText(article.source);
    return sent;
  }

  static rubricator_classify_options ToC(const ClassifyOptions& options) {
    rubricator_classify_options wanted{};
    wanted.struct_size = sizeof(wanted);
    wanted.include_evidence = options.include_evidence ? 1 : 0;
    wanted.timeout_ms = options.timeout_ms;
    wanted.display_language = ToText(options.display_language);
    return wanted;
  }

  std::unique_ptr<rubricator_client, Close> client_;
};

}  // namespace rubricator_api

#endif  // RUBRICATOR_PLUGIN_CPP_RUBRICATOR_HPP_

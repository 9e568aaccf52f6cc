// The C ABI for C++17 programs outside this tree: owned, typed and throwing. Header only; needs
// nothing but librubricator. Threads, time-outs, forks and targets are as rubricator.h says.
#ifndef RUBRICATOR_PLUGIN_CPP_RUBRICATOR_HPP_
#define RUBRICATOR_PLUGIN_CPP_RUBRICATOR_HPP_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "rubricator.h"  // beside this file, here and installed
#include "rubricator_answer.hpp"

namespace rubricator_api {

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

// Thread-safe, movable. Every call throws Error.
class Client {
 public:
  explicit Client(std::string_view target, const rubricator_client_options* options = nullptr) {
    rubricator_client* client = nullptr;
    rubricator_error* error = nullptr;
    const int32_t code = rubricator_client_open(ToText(target), options, &client, &error);
    Check(code, error);
    client_.reset(client);
  }

  Analysis Classify(const Article& article, const ClassifyOptions& options = {}) const {
    const rubricator_article sent = ToC(article);
    const rubricator_classify_options wanted = ToC(options);
    rubricator_analysis* analysis = nullptr;
    rubricator_error* error = nullptr;
    const int32_t code = rubricator_classify(client_.get(), &sent, &wanted, &analysis, &error);
    Check(code, error);
    return Analysis(analysis);
  }

  // Any unary method, "rubricator.v1.ModelService/GetModel", with JSON in and out.
  std::string Call(std::string_view method, std::string_view request_json,
                   uint32_t timeout_ms = 0) const {
    rubricator_json* json = nullptr;
    rubricator_error* error = nullptr;
    const int32_t code = rubricator_call(client_.get(), ToText(method), ToText(request_json),
                                         timeout_ms, &json, &error);
    Check(code, error);
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

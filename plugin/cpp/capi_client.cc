#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"
#include "plugin/cpp/capi_objects.h"
#include "plugin/cpp/json_call.h"

namespace {

namespace v1 = rubricator::v1;
using rubricator::CopyOf;
using rubricator::FromText;
using rubricator::Guard;

// A host such as PHP shows what a library writes to stderr to its visitors.
void SilenceLogs() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (std::getenv("GRPC_VERBOSITY") != nullptr) return;
    gpr_set_log_function([](gpr_log_func_args*) {});
    google::protobuf::SetLogHandler(nullptr);
  });
}

absl::Status NullArgument(const char* name) {
  return absl::InvalidArgumentError(absl::StrCat(name, " is NULL"));
}

rubricator::ClientOptions ToClientOptions(const rubricator_client_options* given) {
  rubricator::ClientOptions options;
  if (given == nullptr) return options;
  const rubricator_client_options copy = CopyOf(*given);
  if (copy.timeout_ms != 0) options.timeout = std::chrono::milliseconds(copy.timeout_ms);
  if (copy.max_attempts != 0) options.max_attempts = static_cast<int>(copy.max_attempts);
  options.fallback_target = FromText(copy.fallback_target);
  options.routing_file = FromText(copy.routing_file);
  options.tls.enabled = copy.use_tls != 0;
  options.tls.ca_file = FromText(copy.tls_ca_file);
  options.tls.cert_file = FromText(copy.tls_cert_file);
  options.tls.key_file = FromText(copy.tls_key_file);
  options.tls.server_name = FromText(copy.tls_server_name);
  options.bearer_token = FromText(copy.bearer_token);
  return options;
}

v1::Article ToArticle(const rubricator_article& given) {
  const rubricator_article copy = CopyOf(given);
  v1::Article article;
  article.set_id(FromText(copy.id));
  article.set_title(FromText(copy.title));
  article.set_body(FromText(copy.body));
  article.set_format(static_cast<v1::TextFormat>(copy.format));
  article.set_language(FromText(copy.language));
  article.set_url(FromText(copy.url));
  article.set_source(FromText(copy.source));
  if (copy.has_published_at != 0) {
    article.mutable_published_at()->set_seconds(copy.published_at);
  }
  return article;
}

rubricator::CallOptions ToCallOptions(uint32_t timeout_ms) {
  rubricator::CallOptions options;
  if (timeout_ms != 0) options.timeout = std::chrono::milliseconds(timeout_ms);
  return options;
}

// Reads `given` (may be null) into the request's options, and the deadline of the call.
rubricator::CallOptions ReadOptions(const rubricator_classify_options* given,
                                    v1::ClassifyOptions& options) {
  if (given == nullptr) return {};
  const rubricator_classify_options copy = CopyOf(*given);
  options.set_include_evidence(copy.include_evidence != 0);
  options.set_offset_encoding(static_cast<v1::OffsetEncoding>(copy.offsets));
  options.set_display_language(FromText(copy.display_language));
  options.set_max_evidence(copy.max_evidence);
  return ToCallOptions(copy.timeout_ms);
}

std::unique_ptr<rubricator_batch> ToBatch(v1::BatchClassifyArticlesResponse response) {
  auto batch = std::make_unique<rubricator_batch>();
  for (v1::ClassifyResult& result : *response.mutable_results()) {
    rubricator_batch::Item item;
    if (result.has_error()) {
      item.error = rubricator::NewError(rubricator::FromRpcStatus(result.error()));
    } else {
      item.analysis = std::make_unique<rubricator_analysis>(std::move(*result.mutable_analysis()));
    }
    batch->items.push_back(std::move(item));
  }
  return batch;
}

}  // namespace

const char* rubricator_version(void) { return RUBRICATOR_VERSION; }

int32_t rubricator_client_open(rubricator_text target, const rubricator_client_options* options,
                               rubricator_client** out, rubricator_error** error) {
  return Guard(error, [&]() -> absl::Status {
    if (out == nullptr) return NullArgument("out");
    *out = nullptr;
    SilenceLogs();
    auto opened = std::make_unique<rubricator_client>();
    ASSIGN_OR_RETURN(opened->client,
                     rubricator::Client::Open(FromText(target), ToClientOptions(options)));
    *out = opened.release();
    return absl::OkStatus();
  });
}

void rubricator_client_close(rubricator_client* client) { delete client; }

int32_t rubricator_classify(rubricator_client* client, const rubricator_article* article,
                            const rubricator_classify_options* options, rubricator_analysis** out,
                            rubricator_error** error) {
  return Guard(error, [&]() -> absl::Status {
    if (out == nullptr) return NullArgument("out");
    *out = nullptr;
    if (client == nullptr) return NullArgument("client");
    if (article == nullptr) return NullArgument("article");
    v1::ClassifyArticleRequest request;
    *request.mutable_article() = ToArticle(*article);
    const rubricator::CallOptions call = ReadOptions(options, *request.mutable_options());
    ASSIGN_OR_RETURN(auto response, client->client->ClassifyArticle(request, call));
    *out = new rubricator_analysis(std::move(*response.mutable_analysis()));
    return absl::OkStatus();
  });
}

int32_t rubricator_classify_batch(rubricator_client* client, const rubricator_article* articles,
                                  uint64_t count, const rubricator_classify_options* options,
                                  rubricator_batch** out, rubricator_error** error) {
  return Guard(error, [&]() -> absl::Status {
    if (out == nullptr) return NullArgument("out");
    *out = nullptr;
    if (client == nullptr) return NullArgument("client");
    if (articles == nullptr && count > 0) return NullArgument("articles");
    v1::BatchClassifyArticlesRequest request;
    const char* place = reinterpret_cast<const char*>(articles);
    for (uint64_t i = 0; i < count; ++i, place += articles->struct_size) {
      *request.add_articles() = ToArticle(*reinterpret_cast<const rubricator_article*>(place));
    }
    const rubricator::CallOptions call = ReadOptions(options, *request.mutable_options());
    ASSIGN_OR_RETURN(auto response, client->client->BatchClassifyArticles(request, call));
    *out = ToBatch(std::move(response)).release();
    return absl::OkStatus();
  });
}

uint64_t rubricator_batch_count(const rubricator_batch* batch) {
  return batch == nullptr ? 0 : batch->items.size();
}

const rubricator_analysis* rubricator_batch_analysis(const rubricator_batch* batch,
                                                     uint64_t index) {
  return index < rubricator_batch_count(batch) ? batch->items[index].analysis.get() : nullptr;
}

const rubricator_error* rubricator_batch_error(const rubricator_batch* batch, uint64_t index) {
  return index < rubricator_batch_count(batch) ? batch->items[index].error.get() : nullptr;
}

void rubricator_batch_free(rubricator_batch* batch) { delete batch; }

int32_t rubricator_call(rubricator_client* client, rubricator_text method,
                        rubricator_text request_json, uint32_t timeout_ms, rubricator_json** out,
                        rubricator_error** error) {
  return Guard(error, [&]() -> absl::Status {
    if (out == nullptr) return NullArgument("out");
    *out = nullptr;
    if (client == nullptr) return NullArgument("client");
    auto json = std::make_unique<rubricator_json>();
    ASSIGN_OR_RETURN(json->text,
                     rubricator::CallWithJson(*client->client, FromText(method),
                                              FromText(request_json), ToCallOptions(timeout_ms)));
    *out = json.release();
    return absl::OkStatus();
  });
}

rubricator_text rubricator_json_text(const rubricator_json* json) {
  return json == nullptr ? rubricator_text{"", 0} : rubricator::ToText(json->text);
}

void rubricator_json_free(rubricator_json* json) { delete json; }

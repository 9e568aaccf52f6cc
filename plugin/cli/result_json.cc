#include "plugin/cli/result_json.h"

#include "nlohmann/json.hpp"
#include "plugin/cpp/json_call.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator::cli {
namespace {

using nlohmann::ordered_json;

std::string OnOneLine(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

std::string ResultJson(const v1::ClassifyResult& result) {
  if (!result.has_error()) return ToJson(result.analysis());
  const absl::Status status = FromRpcStatus(result.error());
  ordered_json error = {{"code", absl::StatusCodeToString(status.code())},
                        {"message", std::string(status.message())}};
  if (const std::string field = FieldOf(status); !field.empty()) error["field"] = field;
  return OnOneLine({{"articleId", result.article_id()}, {"error", error}});
}

std::string LabelsJson(const v1::Analysis& analysis) {
  ordered_json topics = ordered_json::array();
  for (const v1::Topic& topic : analysis.topics()) topics.push_back(topic.id());
  ordered_json regions = ordered_json::array();
  for (const v1::Region& region : analysis.regions()) {
    if (region.role() == v1::REGION_ROLE_FOCUS) regions.push_back(region.code());
  }
  return OnOneLine({{"id", analysis.article_id()}, {"topics", topics}, {"regions", regions}});
}

}  // namespace rubricator::cli

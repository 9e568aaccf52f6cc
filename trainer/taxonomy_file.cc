#include "trainer/taxonomy_file.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/mapped_file.h"
#include "classifier/status_macros.h"

namespace rubricator {
namespace {

using Json = nlohmann::json;

absl::StatusOr<TopicLabel> ParseTopic(const Json& json, const std::string& place) {
  const auto refuse = [&](const char* problem) {
    return absl::InvalidArgumentError(absl::StrCat(place, problem));
  };
  TopicLabel topic;
  try {
    topic.id = json.at("id").get<std::string>();
    topic.media_topics = json.value("media_topics", std::vector<std::string>());
    topic.names = json.at("names").get<std::map<std::string, std::string>>();
  } catch (const Json::exception&) {
    return refuse(": is not {\"id\": text, \"media_topics\": [text], \"names\": {language: text}}");
  }
  if (topic.id.empty() || topic.id.find_first_of(" \t\r\n\f\v") != std::string::npos) {
    return refuse(".id: is empty or has white space");
  }
  if (topic.names.count("en") == 0) return refuse(".names: has no \"en\"");
  return topic;
}

}  // namespace

absl::StatusOr<std::vector<TopicLabel>> ReadTaxonomy(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  const Json json = Json::parse(file.bytes(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_array())
    return absl::InvalidArgumentError(absl::StrCat(path.string(), ": not a JSON array"));
  std::vector<TopicLabel> topics;
  std::set<std::string> ids;
  for (const Json& item : json) {
    const std::string place = absl::StrCat(path.string(), ": [", topics.size(), "]");
    ASSIGN_OR_RETURN(TopicLabel topic, ParseTopic(item, place));
    if (!ids.insert(topic.id).second) {
      return absl::InvalidArgumentError(absl::StrCat(place, ".id: ", topic.id, " stands twice"));
    }
    topics.push_back(std::move(topic));
  }
  return topics;
}

}  // namespace rubricator

#include "classifier/model_manifest.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/mapped_file.h"
#include "classifier/sha256.h"
#include "classifier/status_macros.h"
#include "classifier/tokenizer.h"

namespace rubricator {
namespace {

using Json = nlohmann::ordered_json;

// Reads the fields of one JSON object; remembers which were asked for, so that the rest can be
// refused.
class Fields {
 public:
  Fields(const Json& object, std::string place) : object_(object), place_(std::move(place)) {}

  template <typename T>
  absl::Status Get(const std::string& name, T& value) {
    seen_.insert(name);
    const auto found = object_.find(name);
    if (found == object_.end()) return Error(name, "is missing");
    try {
      value = found->get<T>();
    } catch (const Json::exception&) {
      return Error(name, absl::StrCat("has the wrong type: ", found->type_name()));
    }
    return absl::OkStatus();
  }

  absl::Status RefuseOthers() const {
    for (const auto& [name, value] : object_.items()) {
      if (seen_.count(name) == 0) return Error(name, "is unknown");
    }
    return absl::OkStatus();
  }

  absl::Status Error(const std::string& name, std::string_view problem) const {
    return absl::InvalidArgumentError(
        absl::StrCat("manifest.json: ", place_, name, " ", AsAbsl(problem)));
  }

 private:
  const Json& object_;
  std::string place_;
  std::set<std::string> seen_;
};

absl::Status ReadTopic(const Json& json, const std::string& place, size_t features,
                       TopicLabel& topic) {
  if (!json.is_object())
    return absl::InvalidArgumentError(absl::StrCat("manifest.json: ", place, "is no object"));
  Fields fields(json, place);
  RETURN_IF_ERROR(fields.Get("id", topic.id));
  RETURN_IF_ERROR(fields.Get("media_topics", topic.media_topics));
  RETURN_IF_ERROR(fields.Get("names", topic.names));
  RETURN_IF_ERROR(fields.Get("threshold", topic.threshold));
  RETURN_IF_ERROR(fields.Get("bias", topic.bias));
  RETURN_IF_ERROR(fields.Get("weights", topic.weights));
  if (topic.id.empty()) return fields.Error("id", "is empty");
  if (topic.names.count("en") == 0) return fields.Error("names", "has no \"en\"");
  if (!(topic.threshold >= 0.0 && topic.threshold <= 1.0))
    return fields.Error("threshold", "is not in [0, 1]");
  if (topic.weights.size() != features) {
    return fields.Error("weights",
                        absl::StrCat("has ", topic.weights.size(), " numbers, not ", features));
  }
  return fields.RefuseOthers();
}

absl::Status ReadTopics(const Json& json, size_t features, std::vector<TopicLabel>& topics) {
  std::set<std::string> ids;
  for (const Json& item : json) {
    const std::string place = absl::StrCat("topics[", topics.size(), "].");
    RETURN_IF_ERROR(ReadTopic(item, place, features, topics.emplace_back()));
    if (!ids.insert(topics.back().id).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("manifest.json: ", place, "id ", topics.back().id, " stands twice"));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadPooling(const Json& json, PoolingRule& rule) {
  if (!json.is_object()) return absl::InvalidArgumentError("manifest.json: pooling is no object");
  Fields fields(json, "pooling.");
  std::vector<std::string> names;
  RETURN_IF_ERROR(fields.Get("length_exponent", rule.length_exponent));
  for (const auto& [field, features] :
       {std::pair("features", &rule.features), std::pair("cross_features", &rule.cross_features)}) {
    RETURN_IF_ERROR(fields.Get(field, names));
    for (const std::string& name : names) {
      const auto feature = PoolingFeature::Parse(name);
      if (!feature.ok()) return fields.Error(field, ": " + std::string(feature.status().message()));
      features->push_back(*feature);
    }
  }
  return fields.RefuseOthers();
}

// A bundle's files lie in its folder: a name must not lead out of it.
bool IsPlainFileName(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

absl::Status ReadFiles(const Json& json, std::map<std::string, BundleFile>& files) {
  for (const auto& [name, item] : json.items()) {
    Fields fields(item, absl::StrCat("files.", name, "."));
    BundleFile& file = files[name];
    if (!IsPlainFileName(name)) return fields.Error("", "is no plain file name");
    RETURN_IF_ERROR(fields.Get("sha256", file.sha256));
    RETURN_IF_ERROR(fields.Get("bytes", file.bytes));
    RETURN_IF_ERROR(fields.RefuseOthers());
  }
  return absl::OkStatus();
}

absl::Status ReadSmokeArticles(const Json& json, std::vector<SmokeArticle>& articles) {
  for (const Json& item : json) {
    Fields fields(item, absl::StrCat("smoke_articles[", articles.size(), "]."));
    SmokeArticle& article = articles.emplace_back();
    RETURN_IF_ERROR(fields.Get("title", article.title));
    RETURN_IF_ERROR(fields.Get("body", article.body));
    RETURN_IF_ERROR(fields.Get("topics", article.topics));
    RETURN_IF_ERROR(fields.Get("regions", article.regions));
    RETURN_IF_ERROR(fields.RefuseOthers());
  }
  return absl::OkStatus();
}

absl::Status CheckVersions(const Json& json) {
  const auto check = [&](const char* name, int want) {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_integer()) {
      return absl::InvalidArgumentError(
          absl::StrCat("manifest.json: ", name, " is missing or no integer"));
    }
    if (found->get<int64_t>() != want) {
      return absl::FailedPreconditionError(absl::StrCat(
          "manifest.json: ", name, " is ", found->get<int64_t>(), "; this build reads ", want));
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(check("format_version", kBundleFormatVersion));
  return check("normalizer_version", kNormalizerVersion);
}

absl::Status CheckRanges(const ModelManifest& manifest) {
  const auto refuse = [](std::string_view problem) {
    return absl::InvalidArgumentError(absl::StrCat("manifest.json: ", AsAbsl(problem)));
  };
  constexpr std::string_view kVersionChars =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-";
  if (manifest.version.empty() || manifest.version.size() > 64 ||
      manifest.version.find_first_not_of(kVersionChars) != std::string::npos) {
    return refuse("version is not 1 to 64 digits, letters, '.' or '-'");
  }
  if (!(manifest.pooling.length_exponent >= 0.0 && manifest.pooling.length_exponent <= 1.0)) {
    return refuse("pooling.length_exponent is not in [0, 1]");
  }
  if (manifest.pooling.features.empty()) return refuse("pooling.features is empty");
  if (manifest.min_words < 1 || manifest.min_known_words < 1)
    return refuse("min_words or min_known_words is below 1");
  if (manifest.topics.empty()) return refuse("topics is empty");
  if (manifest.max_topics < 1) return refuse("max_topics is below 1");
  if (!(manifest.lone_topic_confidence >= 0.0 && manifest.lone_topic_confidence <= 1.0)) {
    return refuse("lone_topic_confidence is not in [0, 1]");
  }
  if (manifest.languages.empty()) return refuse("languages is empty");
  if (manifest.files.count(manifest.topic_model_file) == 0)
    return refuse("topic_model_file is not in files");
  return absl::OkStatus();
}

absl::Status ReadFields(const Json& json, ModelManifest& manifest) {
  Fields fields(json, "");
  int format_version = 0;
  Json pooling, topics, files, smoke_articles;
  RETURN_IF_ERROR(fields.Get("format_version", format_version));
  RETURN_IF_ERROR(fields.Get("normalizer_version", manifest.normalizer_version));
  RETURN_IF_ERROR(fields.Get("version", manifest.version));
  RETURN_IF_ERROR(fields.Get("created_at", manifest.created_at));
  RETURN_IF_ERROR(fields.Get("languages", manifest.languages));
  RETURN_IF_ERROR(fields.Get("topic_model_file", manifest.topic_model_file));
  RETURN_IF_ERROR(fields.Get("pooling", pooling));
  RETURN_IF_ERROR(fields.Get("min_words", manifest.min_words));
  RETURN_IF_ERROR(fields.Get("min_known_words", manifest.min_known_words));
  RETURN_IF_ERROR(fields.Get("max_topics", manifest.max_topics));
  RETURN_IF_ERROR(fields.Get("lone_topic_confidence", manifest.lone_topic_confidence));
  RETURN_IF_ERROR(fields.Get("topics", topics));
  RETURN_IF_ERROR(fields.Get("files", files));
  RETURN_IF_ERROR(fields.Get("smoke_articles", smoke_articles));
  RETURN_IF_ERROR(fields.RefuseOthers());
  RETURN_IF_ERROR(ReadPooling(pooling, manifest.pooling));
  RETURN_IF_ERROR(ReadTopics(topics, manifest.pooling.WeightCount(topics.size()), manifest.topics));
  RETURN_IF_ERROR(ReadFiles(files, manifest.files));
  RETURN_IF_ERROR(ReadSmokeArticles(smoke_articles, manifest.smoke_articles));
  return CheckRanges(manifest);
}

}  // namespace

absl::StatusOr<ModelManifest> ReadManifest(const std::filesystem::path& folder) {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(folder / "manifest.json"));
  const Json json = Json::parse(file.bytes(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return absl::InvalidArgumentError("manifest.json: not a JSON object");
  RETURN_IF_ERROR(CheckVersions(json));
  ModelManifest manifest;
  RETURN_IF_ERROR(ReadFields(json, manifest));
  manifest.digest = Sha256Hex(file.bytes());
  return manifest;
}

std::string WriteManifest(const ModelManifest& manifest) {
  Json json = {{"format_version", kBundleFormatVersion},
               {"normalizer_version", manifest.normalizer_version},
               {"version", manifest.version},
               {"created_at", manifest.created_at},
               {"languages", manifest.languages},
               {"topic_model_file", manifest.topic_model_file},
               {"pooling",
                {{"length_exponent", manifest.pooling.length_exponent},
                 {"features", Json::array()},
                 {"cross_features", Json::array()}}},
               {"min_words", manifest.min_words},
               {"min_known_words", manifest.min_known_words},
               {"max_topics", manifest.max_topics},
               {"lone_topic_confidence", manifest.lone_topic_confidence},
               {"topics", Json::array()},
               {"files", Json::object()},
               {"smoke_articles", Json::array()}};
  for (const PoolingFeature& feature : manifest.pooling.features) {
    json["pooling"]["features"].push_back(feature.ToString());
  }
  for (const PoolingFeature& feature : manifest.pooling.cross_features) {
    json["pooling"]["cross_features"].push_back(feature.ToString());
  }
  for (const TopicLabel& topic : manifest.topics) {
    json["topics"].push_back({{"id", topic.id},
                              {"media_topics", topic.media_topics},
                              {"names", topic.names},
                              {"threshold", topic.threshold},
                              {"bias", topic.bias},
                              {"weights", topic.weights}});
  }
  for (const auto& [name, file] : manifest.files) {
    json["files"][name] = {{"sha256", file.sha256}, {"bytes", file.bytes}};
  }
  for (const SmokeArticle& article : manifest.smoke_articles) {
    json["smoke_articles"].push_back({{"title", article.title},
                                      {"body", article.body},
                                      {"topics", article.topics},
                                      {"regions", article.regions}});
  }
  return json.dump(2) + "\n";
}

absl::Status VerifyFiles(const ModelManifest& manifest, const std::filesystem::path& folder) {
  for (const auto& [name, want] : manifest.files) {
    ASSIGN_OR_RETURN(const BundleFile got, DescribeFile(folder / name));
    if (got.bytes != want.bytes) {
      return absl::DataLossError(absl::StrCat((folder / name).string(), ": ", got.bytes,
                                              " bytes; manifest.json says ", want.bytes));
    }
    if (got.sha256 != want.sha256) {
      return absl::DataLossError(absl::StrCat((folder / name).string(), ": SHA-256 is ", got.sha256,
                                              "; manifest.json says ", want.sha256));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<BundleFile> DescribeFile(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  return BundleFile{Sha256Hex(file.bytes()), file.bytes().size()};
}

}  // namespace rubricator

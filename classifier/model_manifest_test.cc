#include "classifier/model_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "classifier/sha256.h"
#include "classifier/tokenizer.h"

namespace rubricator {
namespace {

using ::testing::HasSubstr;

class ModelManifestTest : public ::testing::Test {
 protected:
  ModelManifestTest() : folder_(::testing::TempDir() + "model_manifest_test") {
    std::filesystem::create_directories(folder_);
    Write("topics.rows", "rows");
  }
  ~ModelManifestTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
  }

  static ModelManifest Good() {
    ModelManifest manifest;
    manifest.version = "2026-11-22.1";
    manifest.created_at = "2026-11-22T00:00:00Z";
    manifest.normalizer_version = kNormalizerVersion;
    manifest.languages = {"en", "ru"};
    manifest.topic_model_file = "topics.rows";
    manifest.files["topics.rows"] = {Sha256Hex("rows"), 4};
    TopicLabel topic;
    topic.id = "sport";
    topic.names = {{"en", "Sport"}, {"ru", "Спорт"}};
    manifest.pooling = {0.5, {{PoolingStatistic::kWhole, 0}}, {{PoolingStatistic::kMax, 16}}};
    topic.weights = {0.75, 0.25};
    manifest.topics = {topic};
    manifest.smoke_articles = {{"Title", "Body", {"sport"}, {}}};
    return manifest;
  }

  std::filesystem::path folder_;
};

TEST_F(ModelManifestTest, ReadsWhatItWrote) {
  const std::string text = WriteManifest(Good());
  Write("manifest.json", text);
  const auto manifest = ReadManifest(folder_);
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(WriteManifest(*manifest), text);
  EXPECT_EQ(manifest->digest, Sha256Hex(text));
  EXPECT_TRUE(VerifyFiles(*manifest, folder_).ok());
}

TEST_F(ModelManifestTest, RefusesWhatItCannotTrust) {
  struct Case {
    std::string_view name, from, to;
    absl::StatusCode code;
    std::string_view message;
  };
  using Code = absl::StatusCode;
  for (const Case& c : {
           Case{"not JSON", "{", "[", Code::kInvalidArgument, "not a JSON object"},
           Case{"another format", "\"format_version\": 1", "\"format_version\": 9",
                Code::kFailedPrecondition, "format_version is 9"},
           Case{"another normaliser", "\"normalizer_version\": 1", "\"normalizer_version\": 0",
                Code::kFailedPrecondition, "normalizer_version is 0"},
           Case{"unknown field", "\"version\"", "\"colour\": 1, \"version\"",
                Code::kInvalidArgument, "colour is unknown"},
           Case{"missing field", "\"created_at\"", "\"created\"", Code::kInvalidArgument,
                "created_at is missing"},
           Case{"wrong type", "\"min_words\": 11", "\"min_words\": \"x\"", Code::kInvalidArgument,
                "min_words has the wrong type"},
           Case{"out of range", "\"min_words\": 11", "\"min_words\": 0", Code::kInvalidArgument,
                "min_words"},
           Case{"pooling feature", "\"whole\"", "\"max:4\"", Code::kInvalidArgument,
                "pooling.features"},
           Case{"threshold", "\"threshold\": 0.5", "\"threshold\": 1.5", Code::kInvalidArgument,
                "topics[0].threshold is not in [0, 1]"},
           Case{"path in a name", "\"topics.rows\": {", "\"../topics.rows\": {",
                Code::kInvalidArgument, "no plain file name"},
           Case{"version", "2026-11-22.1", "../x", Code::kInvalidArgument, "version is not"},
       }) {
    SCOPED_TRACE(c.name);
    std::string text = WriteManifest(Good());
    const size_t at = text.find(c.from);
    ASSERT_NE(at, std::string::npos);
    Write("manifest.json", text.replace(at, c.from.size(), c.to));
    const auto manifest = ReadManifest(folder_);
    EXPECT_EQ(manifest.status().code(), c.code);
    EXPECT_THAT(std::string(manifest.status().message()), HasSubstr(std::string(c.message)));
  }
}

TEST_F(ModelManifestTest, SaysWhichFileIsNotTheOneItNames) {
  struct Case {
    std::string_view name, text;
    absl::StatusCode code;
  };
  for (const Case& c : {Case{"truncated", "row", absl::StatusCode::kDataLoss},
                        Case{"swapped", "rowz", absl::StatusCode::kDataLoss}}) {
    SCOPED_TRACE(c.name);
    Write("topics.rows", std::string(c.text));
    const absl::Status status = VerifyFiles(Good(), folder_);
    EXPECT_EQ(status.code(), c.code);
    EXPECT_THAT(std::string(status.message()), HasSubstr("topics.rows"));
  }
  std::filesystem::remove(folder_ / "topics.rows");
  EXPECT_EQ(VerifyFiles(Good(), folder_).code(), absl::StatusCode::kNotFound);
}

TEST_F(ModelManifestTest, SaysThatThereIsNoManifest) {
  EXPECT_EQ(ReadManifest(folder_ / "nowhere").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace rubricator

#include "trainer/bundle_writer.h"

#include <gtest/gtest.h>

#include <fstream>

#include "classifier/tokenizer.h"

namespace rubricator {
namespace {

class BundleWriterTest : public ::testing::Test {
 protected:
  BundleWriterTest()
      : place_(std::filesystem::path(::testing::TempDir()) / "bundle_writer_test" / "bundle") {}
  ~BundleWriterTest() override { std::filesystem::remove_all(place_.parent_path()); }

  static ModelManifest Manifest(const std::string& version) {
    ModelManifest manifest;
    manifest.version = version;
    manifest.normalizer_version = kNormalizerVersion;
    manifest.languages = {"ru"};
    manifest.topic_model_file = "topics.rows";
    manifest.pooling = {1.0, {{PoolingStatistic::kWhole, 0}}, {}};
    TopicLabel topic;
    topic.id = "sport";
    topic.names = {{"en", "Sport"}};
    topic.weights = {1.0};
    manifest.topics = {topic};
    return manifest;
  }

  void Write(const std::string& version) {
    auto writer = BundleWriter::Begin(place_);
    ASSERT_TRUE(writer.ok()) << writer.status();
    ASSERT_TRUE(writer->WriteText("topics.rows", version).ok());
    ASSERT_TRUE(writer->Publish(Manifest(version)).ok());
  }

  size_t EntriesBeside() const {
    return static_cast<size_t>(
        std::distance(std::filesystem::directory_iterator(place_.parent_path()), {}));
  }

  std::filesystem::path place_;
};

TEST_F(BundleWriterTest, ReplacesABundleWhole) {
  Write("1");
  Write("2");
  const auto manifest = ReadManifest(place_);
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->version, "2");
  EXPECT_TRUE(VerifyFiles(*manifest, place_).ok());
  EXPECT_EQ(EntriesBeside(), 1u);
}

TEST_F(BundleWriterTest, LeavesTheOldBundleWhenItIsGivenUp) {
  Write("1");
  {
    auto writer = BundleWriter::Begin(place_);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->WriteText("topics.rows", "half").ok());
    EXPECT_FALSE(writer->CopyFrom(place_.parent_path() / "nowhere", "x").ok());
  }
  EXPECT_EQ(ReadManifest(place_)->version, "1");
  EXPECT_EQ(EntriesBeside(), 1u);
}

TEST_F(BundleWriterTest, SaysWhyItCannotWrite) {
  std::filesystem::create_directories(place_.parent_path());
  std::ofstream(place_.parent_path() / "file") << "x";
  const auto writer = BundleWriter::Begin(place_.parent_path() / "file" / "bundle");
  EXPECT_FALSE(writer.ok());
}

}  // namespace
}  // namespace rubricator

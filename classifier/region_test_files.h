// Folders and gazetteers for the tests of the region half.
#ifndef RUBRICATOR_CLASSIFIER_REGION_TEST_FILES_H_
#define RUBRICATOR_CLASSIFIER_REGION_TEST_FILES_H_

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "classifier/gazetteer.h"
#include "classifier/gazetteer_compiler.h"
#include "classifier/region_taxonomy.h"
#include "gtest/gtest.h"

namespace rubricator {

// A new empty folder, of the running test's own name.
inline std::filesystem::path TestFolder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(testing::TempDir()) /
                      (std::string("regions_") + test->test_suite_name() + "_" + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

inline std::filesystem::path WriteTestFile(const std::filesystem::path& path,
                                           const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

inline std::filesystem::path GazetteerFolder() {
  return std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "gazetteer";
}

// The shipped taxonomy, from its sources.
inline std::unique_ptr<RegionTaxonomy> ShippedTaxonomy() {
  const auto folder = TestFolder();
  std::filesystem::copy_file(GazetteerFolder() / "taxonomy.tsv", folder / "region-taxonomy.tsv");
  std::filesystem::copy_file(GazetteerFolder() / "groups.tsv", folder / "region-groups.tsv");
  return RegionTaxonomy::Load(folder).value();
}

// The shipped gazetteer, compiled from its text table.
inline std::unique_ptr<Gazetteer> ShippedGazetteer() {
  const auto taxonomy = ShippedTaxonomy();
  const GazetteerSources sources{GazetteerFolder() / "forms.tsv", GazetteerFolder() / "policy.tsv"};
  return Gazetteer::Load(CompileGazetteer(sources, *taxonomy).value()).value();
}

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_REGION_TEST_FILES_H_

// For tests: a folder of bundles made of the one that ships.
#ifndef RUBRICATOR_SERVICE_MODEL_FOLDER_H_
#define RUBRICATOR_SERVICE_MODEL_FOLDER_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "nlohmann/json.hpp"

namespace rubricator {

// Each bundle answers as the shipped one, under a version of its own, unless it is spoiled.
class ModelFolder {
 public:
  ModelFolder() {
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_);
  }
  ~ModelFolder() { std::filesystem::remove_all(root_); }
  ModelFolder(const ModelFolder&) = delete;
  ModelFolder& operator=(const ModelFolder&) = delete;

  const std::filesystem::path& root() const { return root_; }

  // Adds a bundle, renamed into place. `spoil` may change its manifest.
  template <typename Spoil>
  void Add(const std::string& version, Spoil spoil) {
    const std::filesystem::path shipped =
        std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default";
    const std::filesystem::path unfinished = root_ / (".unfinished-" + version);
    std::filesystem::create_directory(unfinished);
    for (const auto& file : std::filesystem::directory_iterator(shipped)) {
      if (file.path().filename() == "manifest.json") continue;
      std::filesystem::create_hard_link(file, unfinished / file.path().filename(), error_);
      if (error_) std::filesystem::copy(file, unfinished / file.path().filename());
    }
    nlohmann::ordered_json manifest =
        nlohmann::ordered_json::parse(std::ifstream(shipped / "manifest.json"));
    manifest["version"] = version;
    spoil(manifest);
    std::ofstream(unfinished / "manifest.json") << manifest.dump();
    std::filesystem::rename(unfinished, root_ / version);
  }
  void Add(const std::string& version) {
    Add(version, [](nlohmann::ordered_json&) {});
  }
  // Whose topics.rows differs from its digest by one bit.
  void AddDamaged(const std::string& version) {
    Add(version);
    const std::filesystem::path rows = root_ / version / "topics.rows";
    const std::filesystem::path copy = rows.string() + ".copy";
    std::filesystem::copy(rows, copy);
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(1000);
    const char byte = static_cast<char>(file.peek() ^ 1);
    file.seekp(1000);
    file.put(byte);
    file.close();
    std::filesystem::rename(copy, rows);
  }
  // That does not answer its smoke articles as its manifest says.
  void AddUnproven(const std::string& version) {
    Add(version, [](nlohmann::ordered_json& manifest) {
      manifest["smoke_articles"][0]["topics"] = nlohmann::json::array({"sport"});
    });
  }
  void Remove(const std::string& version) { std::filesystem::remove_all(root_ / version); }

 private:
  const std::filesystem::path root_ =
      std::filesystem::path(testing::TempDir()) /
      testing::UnitTest::GetInstance()->current_test_info()->name() / "models";
  std::error_code error_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_MODEL_FOLDER_H_

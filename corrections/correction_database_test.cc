// The store over real databases: SQLite here, PostgreSQL where RUBRICATOR_TEST_POSTGRESQL names a
// server's folder of sockets (tests/corrections_test.py starts one).
#include "corrections/correction_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;
using testing::HasSubstr;

// A database of its own for each test.
class Place {
 public:
  explicit Place(const std::string& kind) {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    if (kind == "Sqlite") {
      folder_ = std::filesystem::path(testing::TempDir()) / test.test_suite_name() / test.name();
      std::filesystem::remove_all(folder_);
      url_ = absl::StrCat("sqlite:", (folder_ / "with space & more" / "corrections.db").string());
      return;
    }
    const std::string server = std::getenv("RUBRICATOR_TEST_POSTGRESQL");
    const std::string database = absl::StrCat("test_", std::hash<std::string>()(test.name()));
    soci::session sql(soci::postgresql, absl::StrCat("host=", server, " dbname=postgres"));
    sql << "CREATE DATABASE " << database;
    url_ = absl::StrCat("postgresql:///", database, "?host=", server);
  }

  StoreLocation location() const { return *StoreLocation::Parse(url_); }
  std::unique_ptr<CorrectionDatabase> Open(std::chrono::hours keep_for = {}) const {
    return std::make_unique<CorrectionDatabase>(
        CorrectionDatabaseOptions{.location = location(), .keep_for = keep_for});
  }
  // A connection that the store knows nothing of.
  std::unique_ptr<soci::session> Outsider() const {
    return folder_.empty() ? std::make_unique<soci::session>(soci::postgresql, url_)
                           : std::make_unique<soci::session>(
                                 soci::sqlite3, absl::StrCat("dbname=\"", file().string(), "\""));
  }
  std::filesystem::path file() const { return location().file; }
  bool IsSqlite() const { return !folder_.empty(); }

 private:
  std::filesystem::path folder_;
  std::string url_;
};

NewCorrection Sample(const std::string& key, const std::string& editor = "anna") {
  NewCorrection correction;
  correction.idempotency_key = key;
  correction.request_sha256 = absl::StrCat("request of ", editor);
  correction.correction.set_article_sha256(std::string(64, 'a'));
  correction.correction.set_editor(editor);
  correction.correction.mutable_article()->set_title(std::string("О\0\"'\\\n;--", 10));
  correction.correction.mutable_given()->add_topics("security");
  correction.correction.mutable_corrected()->add_topics("foreign_policy");
  correction.correction.mutable_corrected_at()->set_seconds(1'795'000'000);
  correction.recorded_at = system_clock::now();
  return correction;
}

std::vector<std::string> Editors(CorrectionStore& store) {
  std::vector<std::string> editors;
  const auto page = store.List(0, 1000, 1 << 20);
  EXPECT_TRUE(page.ok()) << page.status();
  if (page.ok()) {
    for (const v1::Correction& correction : page->corrections)
      editors.push_back(correction.editor());
  }
  return editors;
}

bool WaitUntil(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

class CorrectionDatabaseTest : public testing::TestWithParam<std::string> {
 protected:
  Place place_{GetParam()};
};

std::vector<std::string> Kinds() {
  if (std::getenv("RUBRICATOR_TEST_POSTGRESQL") != nullptr) return {"Sqlite", "Postgresql"};
  return {"Sqlite"};
}
INSTANTIATE_TEST_SUITE_P(Over, CorrectionDatabaseTest, testing::ValuesIn(Kinds()),
                         [](const auto& info) { return info.param; });

TEST_P(CorrectionDatabaseTest, GivesBackWhatItKeptAlsoAfterReopening) {
  const NewCorrection sample = Sample("k-1");
  v1::Correction first;
  {
    const auto store = place_.Open();
    const auto kept = store->Record(sample, {});
    ASSERT_TRUE(kept.ok()) << kept.status();
    first = *kept;
  }
  v1::Correction want = sample.correction;
  want.set_id(first.id());
  EXPECT_EQ(first.SerializeAsString(), want.SerializeAsString());
  const auto store = place_.Open();
  const auto again = store->Record(sample, {});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), want.SerializeAsString());
  const auto page = store->List(0, 10, 1 << 20);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->corrections.size(), 1U);
  EXPECT_FALSE(page->more);
  EXPECT_EQ(page->corrections[0].SerializeAsString(), want.SerializeAsString());
}

TEST_P(CorrectionDatabaseTest, RefusesAKeyThatStandsForAnotherCorrection) {
  const auto store = place_.Open();
  ASSERT_TRUE(store->Record(Sample("k", "anna"), {}).ok());
  const auto other = store->Record(Sample("k", "boris"), {});
  EXPECT_EQ(other.status().code(), absl::StatusCode::kAlreadyExists) << other.status();
  EXPECT_THAT(Editors(*store), testing::ElementsAre("anna"));
}

TEST_P(CorrectionDatabaseTest, PagesInAscendingOrder) {
  const auto store = place_.Open();
  for (int i = 0; i < 7; ++i) {
    ASSERT_TRUE(store->Record(Sample(absl::StrCat("k-", i), absl::StrCat(i)), {}).ok());
  }
  std::string seen;
  int64_t after = 0;
  for (const size_t want : {3U, 3U, 1U}) {
    const auto page = store->List(after, 3, 1 << 20);
    ASSERT_TRUE(page.ok()) << page.status();
    ASSERT_EQ(page->corrections.size(), want);
    EXPECT_EQ(page->more, want == 3U);
    for (const v1::Correction& correction : page->corrections) {
      seen += correction.editor();
      EXPECT_LT(after, std::stoll(correction.id()));
      after = std::stoll(correction.id());
    }
  }
  EXPECT_EQ(seen, "0123456");
}

TEST_P(CorrectionDatabaseTest, EndsAPageThatGrowsTooBig) {
  const auto store = place_.Open();
  for (const char* key : {"a", "b", "c"}) {
    NewCorrection long_one = Sample(key);
    long_one.correction.mutable_article()->set_body(std::string(1000, 'x'));
    ASSERT_TRUE(store->Record(long_one, {}).ok());
  }
  const auto two = store->List(0, 100, 3000);
  ASSERT_TRUE(two.ok()) << two.status();
  EXPECT_EQ(two->corrections.size(), 2U);
  EXPECT_TRUE(two->more);
  const auto one = store->List(0, 100, 1);
  ASSERT_TRUE(one.ok()) << one.status();
  EXPECT_EQ(one->corrections.size(), 1U);
  EXPECT_TRUE(one->more);
}

TEST_P(CorrectionDatabaseTest, LosesAndRepeatsNothingUnderManyWritersOfTwoStores) {
  const std::unique_ptr<CorrectionDatabase> stores[] = {place_.Open(), place_.Open()};
  constexpr int kThreads = 8;
  constexpr int kEach = 40;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        // Each correction goes to both stores: one keeps it, one says that it is kept.
        const NewCorrection sample =
            Sample(absl::StrCat(t % 4, "-", i), absl::StrCat(t % 4, "-", i));
        const auto kept = stores[t / 4]->Record(sample, {});
        EXPECT_TRUE(kept.ok()) << kept.status();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::vector<std::string> editors = Editors(*stores[0]);
  EXPECT_EQ(editors.size(), 4U * kEach);
  EXPECT_EQ(std::set<std::string>(editors.begin(), editors.end()).size(), editors.size());
}

TEST_P(CorrectionDatabaseTest, WaitsForALockOnlyUntilTheDeadline) {
  const auto store = place_.Open();
  ASSERT_TRUE(store->Record(Sample("first"), {}).ok());
  const auto outsider = place_.Outsider();
  if (place_.IsSqlite()) {
    *outsider << "BEGIN IMMEDIATE";
  } else {
    *outsider << "BEGIN";
    *outsider << "LOCK TABLE rubricator_correction IN EXCLUSIVE MODE";
  }
  const auto late =
      store->Record(Sample("late"), std::chrono::steady_clock::now() + milliseconds(50));
  EXPECT_EQ(late.status().code(), absl::StatusCode::kDeadlineExceeded) << late.status();
  EXPECT_EQ(Editors(*store).size(), 1U);  // readers do not wait
  outsider->rollback();
  const auto again = store->Record(Sample("late"), {});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(Editors(*store).size(), 2U);
}

TEST_P(CorrectionDatabaseTest, RefusesASchemaNewerThanItself) {
  {
    const auto store = place_.Open();
    ASSERT_TRUE(store->Record(Sample("k"), {}).ok());
  }
  *place_.Outsider() << "INSERT INTO rubricator_schema (version) VALUES (999)";
  const auto store = place_.Open();
  for (const absl::Status& status :
       {store->Check(), store->Record(Sample("l"), {}).status(), store->List(0, 1, 1).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("version 999"));
  }
}

TEST_P(CorrectionDatabaseTest, DeletesWhatIsTooOld) {
  NewCorrection old = Sample("old", "old");
  old.recorded_at = system_clock::now() - std::chrono::hours(25);
  NewCorrection future = Sample("future", "future");  // recorded before the clock was set back
  future.recorded_at = system_clock::now() + std::chrono::hours(100);
  {
    const auto store = place_.Open();
    for (const NewCorrection& correction : {old, future, Sample("new", "new")}) {
      ASSERT_TRUE(store->Record(correction, {}).ok());
    }
  }
  const auto store = place_.Open(std::chrono::hours(24));
  EXPECT_TRUE(WaitUntil([&] { return Editors(*store).size() == 2; }));
  EXPECT_THAT(Editors(*store), testing::ElementsAre("future", "new"));
  // Its number is not given again.
  EXPECT_GT(std::stoll(store->Record(Sample("newer"), {})->id()), 3);
}

TEST_P(CorrectionDatabaseTest, SaysWhenThereIsNoDatabase) {
  StoreLocation nowhere = place_.location();
  if (place_.IsSqlite()) {
    nowhere.file = "/proc/nowhere/corrections.db";
  } else {
    nowhere.url = "postgresql:///nowhere?host=/nonexistent&password=geheim";
  }
  CorrectionDatabase store({.location = nowhere});
  const absl::Status status = store.Record(Sample("k"), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable) << status;
  EXPECT_THAT(std::string(status.message()), testing::Not(HasSubstr("geheim")));
}

class CorrectionFileTest : public testing::Test {
 protected:
  Place place_{"Sqlite"};
};

TEST_F(CorrectionFileTest, IsMadeForTheFirstCorrection) {
  const auto store = place_.Open(std::chrono::hours(24));
  EXPECT_TRUE(store->Check().ok());
  EXPECT_THAT(Editors(*store), testing::IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(place_.file().parent_path()));
  ASSERT_TRUE(store->Record(Sample("k"), {}).ok());
  EXPECT_TRUE(std::filesystem::exists(place_.file()));
  std::string mode;
  *place_.Outsider() << "PRAGMA journal_mode", soci::into(mode);
  EXPECT_EQ(mode, "wal");
}

TEST_F(CorrectionFileTest, IsNotMadeAnewWhenItHasGoneAndIsUsedWhenItIsBack) {
  const auto store = place_.Open();
  ASSERT_TRUE(store->Record(Sample("k-1", "1"), {}).ok());
  EXPECT_EQ(Editors(*store).size(), 1U);
  const std::filesystem::path folder = place_.file().parent_path();
  const std::filesystem::path away = folder.parent_path() / "away";
  std::filesystem::rename(folder, away);
  EXPECT_EQ(store->Record(Sample("k-2", "2"), {}).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(store->List(0, 1, 1).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(std::filesystem::exists(folder));
  std::filesystem::rename(away, folder);
  EXPECT_TRUE(store->Record(Sample("k-2", "2"), {}).ok());
  EXPECT_THAT(Editors(*store), testing::ElementsAre("1", "2"));
}

TEST_F(CorrectionFileTest, MayBeReplacedByABackup) {
  const auto store = place_.Open();
  ASSERT_TRUE(store->Record(Sample("k-1", "1"), {}).ok());
  const std::filesystem::path backup = place_.file().string() + ".backup";
  *place_.Outsider() << "VACUUM INTO '" << backup.string() << "'";
  ASSERT_TRUE(store->Record(Sample("k-2", "2"), {}).ok());
  for (const char* part : {"-wal", "-shm"}) {
    std::filesystem::remove(place_.file().string() + part);
  }
  std::filesystem::rename(backup, place_.file());
  EXPECT_THAT(Editors(*store), testing::ElementsAre("1"));
  EXPECT_TRUE(store->Record(Sample("k-3", "3"), {}).ok());
  EXPECT_THAT(Editors(*store), testing::ElementsAre("1", "3"));
}

TEST_F(CorrectionFileTest, ThatIsNoDatabaseIsNamedAndLeftAlone) {
  std::filesystem::create_directories(place_.file().parent_path());
  { std::ofstream(place_.file()) << std::string(5000, 'x'); }
  const auto store = place_.Open();
  const absl::Status status = store->Record(Sample("k"), {}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(status.message()), HasSubstr(place_.file().string()));
  EXPECT_EQ(std::filesystem::file_size(place_.file()), 5000U);
}

}  // namespace
}  // namespace rubricator

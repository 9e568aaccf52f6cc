#include "classifier/gazetteer_compiler.h"

#include <string>

#include "classifier/region_test_files.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace rubricator {
namespace {

using ::testing::HasSubstr;

constexpr char kPolicy[] = "# territory\tcodes\twhy\ncrimea\tUA,RU?\tours\n";
constexpr char kCrimea[] = "Крым\t@crimea\tname\t-\t-\tours\n";

absl::StatusOr<std::string> Compile(const std::string& forms, const std::string& policy = kPolicy) {
  const auto taxonomy = ShippedTaxonomy();
  const auto folder = TestFolder();
  return CompileGazetteer(
      {WriteTestFile(folder / "forms.tsv", forms), WriteTestFile(folder / "policy.tsv", policy)},
      *taxonomy);
}

TEST(GazetteerCompilerTest, RefusesBadInputWithFileAndLine) {
  struct Case {
    std::string_view name;
    std::string forms, policy, want;
  };
  const std::string crimea = kCrimea;
  const Case cases[] = {
      {"unknown code", crimea + "Нигде\tQZ\tname\t-\t-\tours\n", kPolicy,
       "forms.tsv:2: unknown country code \"QZ\""},
      {"one form, two countries", crimea + "Конго\tCG\tname\t-\t-\ta\nКонго\tCD\tname\t-\t-\tb\n",
       kPolicy, "forms.tsv:3: \"Конго\" stands for another target in line 2"},
      {"too few fields", crimea + "Конго\tCG\n", kPolicy, "forms.tsv:2: row has 2 fields"},
      {"unknown kind", crimea + "Конго\tCG\triver\t-\t-\ta\n", kPolicy,
       "forms.tsv:2: unknown kind \"river\""},
      {"unknown rule", crimea + "Конго\tCG\tname\tmaybe\t-\ta\n", kPolicy,
       "forms.tsv:2: unknown rule \"maybe\""},
      {"no years", crimea + "Буш\tUS\tperson\t-\t2001\ta\n", kPolicy,
       "forms.tsv:2: \"2001\" is no span"},
      {"years end early", crimea + "Буш\tUS\tperson\t-\t2009-2001\ta\n", kPolicy,
       "end before they begin"},
      {"no word", crimea + "...\tUS\tname\t-\t-\ta\n", kPolicy, "forms.tsv:2: \"...\" has 0 words"},
      {"territory without policy", "Мыс\t@cape\tname\t-\t-\ta\n", kPolicy,
       "forms.tsv:1: no policy for territory cape"},
      {"policy for nothing", crimea, std::string(kPolicy) + "atlantis\tGR\tmyth\n",
       "policy.tsv:3: no form names the territory atlantis"},
      {"policy with unknown code", crimea, "crimea\tQZ\tours\n",
       "policy.tsv:1: unknown country code \"QZ\""},
      {"policy twice", crimea, std::string(kPolicy) + "crimea\tRU\tours\n",
       "policy.tsv:3: territory crimea stands twice"},
      {"policy without reason", crimea, "crimea\tUA\n",
       "policy.tsv:1: want territory, codes, reason"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto compiled = Compile(c.forms, c.policy);
    EXPECT_EQ(compiled.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(compiled.status().message()), HasSubstr(c.want));
  }
}

TEST(GazetteerCompilerTest, SaysWhichFileIsMissing) {
  const auto taxonomy = ShippedTaxonomy();
  const auto compiled = CompileGazetteer({"no-forms.tsv", "no-policy.tsv"}, *taxonomy);
  EXPECT_EQ(compiled.status().code(), absl::StatusCode::kNotFound);
}

TEST(GazetteerCompilerTest, GivesTheSameBytesForTheSameSources) {
  EXPECT_EQ(Compile(kCrimea).value(), Compile(kCrimea).value());
}

TEST(GazetteerCompilerTest, AcceptsEitherOfTwoCountries) {
  const std::string forms = std::string(kCrimea) + "Конго\tCG/CD\tname\t-\t-\tours\n";
  EXPECT_TRUE(Compile(forms).ok());
}

TEST(GazetteerCompilerTest, CompilesTheShippedTableToTheShippedFile) {
  const auto taxonomy = ShippedTaxonomy();
  const auto compiled = CompileGazetteer(
      {GazetteerFolder() / "forms.tsv", GazetteerFolder() / "policy.tsv"}, *taxonomy);
  ASSERT_TRUE(compiled.ok()) << compiled.status();
  std::ifstream shipped(
      std::filesystem::path(RUBRICATOR_SOURCE_DIR) / "models/default/gazetteer.bin",
      std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(shipped)),
                          std::istreambuf_iterator<char>());
  EXPECT_TRUE(bytes == *compiled)
      << "models/default/gazetteer.bin is older than gazetteer/forms.tsv";
}

}  // namespace
}  // namespace rubricator

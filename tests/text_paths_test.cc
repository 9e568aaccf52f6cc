// The short ways through text give byte for byte what the thorough ones do: on the articles of the
// tree, and on every text of ../shared/data where that is there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/language_detector.h"
#include "classifier/plain_markup.h"
#include "classifier/plain_text.h"
#include "classifier/tokenizer.h"
#include "tests/support/sample_markup.h"
#include "tests/support/sample_texts.h"
#include "trainer/byte_stream.h"

namespace rubricator {
namespace {

const std::filesystem::path kRoot = RUBRICATOR_SOURCE_DIR;
const std::vector<std::string> kLanguages = {"en", "ru"};

void ExpectSameTokens(std::string_view text) {
  static TokenizedText shortly, thoroughly;
  Tokenize(text, shortly);
  TokenizeThoroughly(text, thoroughly);
  ASSERT_EQ(shortly.forms(), thoroughly.forms());
  ASSERT_EQ(shortly.size(), thoroughly.size());
  for (size_t i = 0; i < shortly.size(); ++i) {
    const Token& a = shortly.tokens()[i];
    const Token& b = thoroughly.tokens()[i];
    ASSERT_TRUE(a.begin == b.begin && a.end == b.end && a.form_begin == b.form_begin &&
                a.form_size == b.form_size && a.letter_case == b.letter_case && a.gap == b.gap)
        << "token " << i << " at byte " << b.begin;
  }
}

void ExpectSameText(std::string_view text) {
  ExpectSameTokens(text);
  ASSERT_EQ(DetectLanguage(text, kLanguages), DetectLanguageThoroughly(text, kLanguages));
}

// Whether the short way took it.
bool ExpectSameMarkup(std::string_view html) {
  const std::optional<PlainText> shortly = ReadPlainMarkup(html);
  if (!shortly.has_value()) return false;
  const absl::StatusOr<PlainText> thoroughly = PlainText::FromHtmlThoroughly(html);
  EXPECT_TRUE(thoroughly.ok()) << thoroughly.status();
  EXPECT_EQ(shortly->text(), thoroughly->text());
  TokenizedText tokens;
  Tokenize(thoroughly->text(), tokens);
  for (const Token& token : tokens.tokens()) {
    EXPECT_EQ(shortly->SourceSpan(token.begin, token.end),
              thoroughly->SourceSpan(token.begin, token.end))
        << "token at byte " << token.begin << " of the text";
  }
  return true;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string ReadPacked(const std::filesystem::path& path) {
  ByteStream stream = ByteStream::Open(path).value();
  std::string bytes;
  std::vector<char> buffer(1 << 20);
  while (const size_t read = stream.Read(buffer.data(), buffer.size()).value())
    bytes.append(buffer.data(), read);
  return bytes;
}

// The title and body of each line of a JSON Lines file; of headlines also so many together as make
// a text.
size_t ExpectSameTexts(const std::filesystem::path& path) {
  constexpr size_t kTextBytes = 1000;
  std::istringstream lines(ReadPacked(path));
  std::string joined;
  size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const nlohmann::json record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object()) continue;
    const std::string text = record.value("title", "") + "\n" +
                             record.value("body", record.value("text", std::string()));
    ExpectSameText(text);
    ExpectSameMarkup(text);
    joined += text;
    if (joined.size() < kTextBytes) continue;
    ExpectSameText(joined);
    joined.clear();
    if (::testing::Test::HasFatalFailure()) break;
  }
  return count;
}

TEST(TextPathsTest, AgreeOnTheArticlesOfTheTree) {
  for (const char* folder :
       {"examples/articles", "tests/benchmarks/articles", "docs", "gazetteer"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / folder)) {
      if (!entry.is_regular_file() || entry.file_size() > 1 << 20) continue;
      SCOPED_TRACE(entry.path());
      ASSERT_NO_FATAL_FAILURE(ExpectSameText(ReadFile(entry.path())));
    }
  }
}

TEST(TextPathsTest, TakeTheExamplesByTheShortWay) {
  int taken = 0;
  for (const char* folder : {"examples/articles", "tests/benchmarks/articles"}) {
    for (const auto& entry : std::filesystem::directory_iterator(kRoot / folder)) {
      if (entry.path().extension() != ".html") continue;
      SCOPED_TRACE(entry.path());
      taken += ExpectSameMarkup(ReadFile(entry.path())) ? 1 : 0;
    }
  }
  EXPECT_GE(taken, 8);  // one of ten has a script
}

TEST(TextPathsTest, AgreeOnRandomMarkup) {
  constexpr uint64_t kFragments = 50'000;
  uint64_t taken = 0;
  for (uint64_t seed = 0; seed < kFragments; ++seed) {
    const std::string html = testing::SampleMarkup(seed);
    SCOPED_TRACE(html);
    taken += ExpectSameMarkup(html) ? 1 : 0;
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(taken, kFragments / 10);
}

TEST(TextPathsTest, AgreeOnHostileTexts) {
  constexpr uint64_t kSeed = 20261122;
  testing::SampleTexts texts(kSeed);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (int word = 0; word < 12; ++word) {
      text += word % 3 == 0 ? texts.HostileWord() : texts.MisspeltWord();
      text += word % 5 == 4 ? "" : word % 4 == 3 ? "—" : " ";
    }
    SCOPED_TRACE(text);
    ASSERT_NO_FATAL_FAILURE(ExpectSameText(text)) << "seed " << kSeed;
  }
}

TEST(TextPathsTest, AgreeOnAllSharedTexts) {
  const std::filesystem::path data = kRoot.parent_path() / "shared/data";
  if (!std::filesystem::exists(data)) GTEST_SKIP() << data << " is not here";
  size_t texts = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data)) {
    const auto extension = entry.path().extension();
    if (extension != ".jsonl" && extension != ".gz") continue;
    SCOPED_TRACE(entry.path());
    texts += ExpectSameTexts(entry.path());
    if (HasFatalFailure()) return;
  }
  std::cout << texts << " texts\n";
  EXPECT_GT(texts, 1000u);
}

}  // namespace
}  // namespace rubricator

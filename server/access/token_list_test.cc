// Token file and `rubricator-server token`.
#include "server/access/token_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "classifier/sha256.h"
#include "server/access/setting_file.h"
#include "server/access/token_command.h"

namespace rubricator {
namespace {

using testing::HasSubstr;

std::string Entry(const std::string& name, const std::string& token, const std::string& scopes) {
  return absl::StrCat("  - name: ", name, "\n    sha256: ", Sha256Hex(token),
                      "\n    scopes: ", scopes, "\n");
}

TEST(TokenListTest, FindsATokenByItsHash) {
  const auto list =
      TokenList::Parse(absl::StrCat("tokens:\n", Entry("site", "one", "[classify, correct]"),
                                    Entry("ops", "two", "[admin]")),
                       "tokens.yaml");
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_NE(list->Find("one"), nullptr);
  EXPECT_EQ(list->Find("one")->name, "site");
  EXPECT_EQ(list->Find("one")->scopes, (std::set<Scope>{Scope::kClassify, Scope::kCorrect}));
  EXPECT_EQ(list->Find("two")->name, "ops");
  for (const char* unknown : {"", "on", "onee", "three"}) {
    EXPECT_EQ(list->Find(unknown), nullptr) << unknown;
  }
  EXPECT_EQ(list->Find(Sha256Hex("one")), nullptr) << "the file's content is no token";
}

TEST(TokenListTest, SaysWhatIsWrongAndWhere) {
  struct Case {
    const char* name;
    std::string yaml, want;
  };
  const std::string good = Entry("a", "one", "[classify]");
  std::string many = "tokens:\n";
  for (size_t i = 0; i <= kMaxTokens; ++i)
    many += Entry(absl::StrCat("t", i), absl::StrCat(i), "[admin]");
  const Case cases[] = {
      {"empty", "", "tokens.yaml"},
      {"no list", "tokens: {}\n", "tokens.yaml:1: tokens"},
      {"unknown key", "tokens:\n  - name: a\n    colour: red\n", "tokens.yaml:3: tokens[0].colour"},
      {"no hash", "tokens:\n  - name: a\n    scopes: [admin]\n", "sha256: is missing"},
      {"short hash", "tokens:\n  - {name: a, sha256: abc, scopes: [admin]}\n", "64 lower-case hex"},
      {"no scope", "tokens:\n" + Entry("a", "one", "[]"), "scopes"},
      {"unknown scope", "tokens:\n" + Entry("a", "one", "[classify, write]"),
       "'write' is none of classify, correct, admin"},
      {"name twice", "tokens:\n" + good + Entry("a", "two", "[admin]"), "'a' stands twice"},
      {"token twice", "tokens:\n" + good + Entry("b", "one", "[admin]"), "has the token of 'a'"},
      {"too many", many, "1001 tokens; limit is 1000"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const auto list = TokenList::Parse(c.yaml, "tokens.yaml");
    EXPECT_EQ(list.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(list.status().message()), HasSubstr(c.want));
  }
}

TEST(TokenListTest, MakesTokensThatDifferAndFitAHeader) {
  const std::string token = MakeToken().value();
  EXPECT_EQ(token.size(), 47U);
  EXPECT_EQ(
      token.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"),
      std::string::npos);
  EXPECT_NE(token, MakeToken().value());
}

class TokenCommandTest : public testing::Test {
 protected:
  TokenCommandTest() { std::filesystem::remove(file_); }

  absl::Status Run(const std::string& name, const std::vector<std::string>& scopes) {
    out_.str("");
    return RunTokenCommand({.name = name, .scopes = scopes, .file = file_}, out_, err_);
  }
  std::string Token() const { return out_.str().substr(0, out_.str().size() - 1); }
  absl::StatusOr<TokenList> List() const {
    return TokenList::Parse(ReadSettingFile("file", file_).value(), file_);
  }

  const std::string file_ = std::filesystem::path(testing::TempDir()) / "made-tokens.yaml";
  std::ostringstream out_, err_;
};

TEST_F(TokenCommandTest, AddsToTheFileWhatThePrintedTokenIsFoundBy) {
  ASSERT_TRUE(Run("site", {"classify", "correct"}).ok());
  const std::string first = Token();
  ASSERT_TRUE(Run("ops", {"admin"}).ok());
  const auto list = List();
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->Find(first)->name, "site");
  EXPECT_EQ(list->Find(Token())->scopes, std::set<Scope>{Scope::kAdmin});
  EXPECT_THAT(ReadSettingFile("file", file_).value(), testing::Not(HasSubstr(first)));
}

TEST_F(TokenCommandTest, LeavesTheFileAsItWasWhenItRefuses) {
  ASSERT_TRUE(Run("site", {"classify"}).ok());
  const std::string before = ReadSettingFile("file", file_).value();
  for (const char* name : {"site", "", "a: b", "# no", "[list]", "two\nlines"}) {
    EXPECT_EQ(Run(name, {"classify"}).code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(out_.str(), "");
  }
  EXPECT_THAT(std::string(Run("x", {"write"}).message()), HasSubstr("--scopes: 'write'"));
  EXPECT_EQ(ReadSettingFile("file", file_).value(), before);
}

TEST_F(TokenCommandTest, PrintsTheEntryWithoutAFile) {
  ASSERT_TRUE(RunTokenCommand({.name = "x", .scopes = {"admin"}, .file = ""}, out_, err_).ok());
  EXPECT_THAT(err_.str(), HasSubstr(Sha256Hex(Token())));
}

}  // namespace
}  // namespace rubricator

// The whole pipeline over the bundle that ships.
#include "classifier/classifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace rubricator {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::filesystem::path kSource = RUBRICATOR_SOURCE_DIR;

constexpr std::string_view kTalks =
    "В Бишкеке прошли переговоры президентов России и Киргизии. Стороны договорились о военной "
    "базе и охране "
    "границы. Отдельно обсудили новые русские школы, обмен студентами и фестиваль культуры двух "
    "стран.";

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> TopicIds(const Analysis& analysis) {
  std::vector<std::string> ids;
  for (const Topic& topic : analysis.topics) ids.push_back(topic.id);
  return ids;
}

std::vector<std::string> FocusCodes(const Analysis& analysis) {
  std::vector<std::string> codes;
  for (const Region& region : analysis.regions) {
    if (region.role == RegionRole::kFocus) codes.push_back(region.code);
  }
  return codes;
}

class ClassifierTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = Classifier::Load(kSource / "models" / "default");
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    classifier_ = loaded->release();
  }
  static void TearDownTestSuite() {
    delete classifier_;
    classifier_ = nullptr;
  }

  static Article Plain(std::string_view body) {
    Article article;
    article.body = body;
    return article;
  }

  static Analysis Classify(const Article& article, bool with_evidence = false) {
    auto analysis = classifier_->Classify(article, {with_evidence, 8});
    EXPECT_TRUE(analysis.ok()) << analysis.status();
    return analysis.ok() ? *analysis : Analysis();
  }

  static const Classifier* classifier_;
};

const Classifier* ClassifierTest::classifier_ = nullptr;

TEST_F(ClassifierTest, FindsAllThreeCoreTopicsAndBothCountries) {
  const Analysis analysis = Classify(Plain(kTalks));
  EXPECT_EQ(analysis.outcome, Outcome::kClassified);
  EXPECT_EQ(analysis.language, "ru");
  EXPECT_THAT(TopicIds(analysis),
              ::testing::IsSupersetOf({"foreign_policy", "security", "humanitarian_cooperation"}));
  EXPECT_THAT(FocusCodes(analysis), ::testing::UnorderedElementsAre("RU", "KG"));
  EXPECT_EQ(analysis.model_version, classifier_->manifest().version);
}

TEST_F(ClassifierTest, AbstainsWhereThereIsNothingToSay) {
  struct Case {
    std::string_view name, body;
    Outcome outcome;
  };
  for (const Case& c : {
           Case{"emoji", "🙂🙃🙂🙃🙂🙃🙂🙃🙂🙃🙂🙃",
                Outcome::kInsufficientText},
           Case{"numbers", "1 22 333 4444 55555 666 77 8 99 10 11 12 13",
                Outcome::kInsufficientText},
           Case{"ten words", "Президент вчера провёл в столице большое совещание о бюджете страны",
                Outcome::kInsufficientText},
           Case{"unknown words",
                "абвгд еёжзи клмно прсту фхцчш щъыьэ юяабв гдеёж зийкл мнопр стуфх цчшщъ",
                Outcome::kInsufficientText},
           Case{"chinese",
                "中国外交部发言人周一在例行记者会上表示，双方将继续加强合作。中国外交部发言人周一在"
                "例行记者会上表示。",
                Outcome::kUnsupportedLanguage},
           Case{"kyrgyz",
                "Тиешелүү чечимге премьер-министр кол койду, бул тууралуу өкмөттүн аппаратынан "
                "билдиришти.",
                Outcome::kUnsupportedLanguage},
       }) {
    SCOPED_TRACE(c.name);
    const Analysis analysis = Classify(Plain(c.body));
    EXPECT_EQ(analysis.outcome, c.outcome);
    EXPECT_THAT(analysis.topics, IsEmpty());
    EXPECT_THAT(analysis.regions, IsEmpty());
  }
}

TEST_F(ClassifierTest, KeepsTheCountriesThatAShortTextNames) {
  const Analysis analysis = Classify(Plain("Президент Казахстана прибыл в Астану"));
  EXPECT_EQ(analysis.outcome, Outcome::kInsufficientText);
  EXPECT_THAT(analysis.topics, IsEmpty());
  EXPECT_THAT(FocusCodes(analysis), ::testing::ElementsAre("KZ"));
  EXPECT_THAT(analysis.regions[0].evidence, IsEmpty());
}

TEST_F(ClassifierTest, BelievesTheCallerOnTheLanguage) {
  Article article = Plain(kTalks);
  article.language = "kk";
  EXPECT_EQ(Classify(article).outcome, Outcome::kUnsupportedLanguage);
  article.language = "ru-KG";
  EXPECT_EQ(Classify(article).outcome, Outcome::kClassified);
}

TEST_F(ClassifierTest, RefusesWhatTheCallerMustMend) {
  struct Case {
    std::string_view name;
    Article article;
    std::string_view message;
  };
  Article blank_title;
  blank_title.title = " \n\u200B\u00A0";
  Article long_title;
  long_title.title = std::string(5000, 'a');
  Article deep;
  deep.format = TextFormat::kHtml;
  for (int i = 0; i < 10000; ++i) deep.body += "<div>";
  for (const Case& c : {
           Case{"nothing", Article(), "article.body: title and body are both empty"},
           Case{"white space", blank_title, "article.body: title and body are both empty"},
           Case{"long body", Plain(std::string((1 << 20) + 1, 'a')),
                "article.body: is 1048577 bytes; limit is 1048576"},
           Case{"long title", long_title, "article.title: is 5000 bytes; limit is 4096"},
           Case{"deep", deep, "article.body: tags nest deeper than 512"},
       }) {
    SCOPED_TRACE(c.name);
    const auto analysis = classifier_->Classify(c.article, {});
    EXPECT_EQ(analysis.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(analysis.status().message()), StartsWith(std::string(c.message)));
  }
}

TEST_F(ClassifierTest, AnswersHostileText) {
  std::string half_open = "<p>" + std::string(kTalks) + "</p><script>var a = '";
  std::string zero_width;
  for (const char c : std::string(kTalks))
    zero_width += c == ' ' ? std::string(" \u200B\u202E") : std::string(1, c);
  struct Case {
    std::string_view name;
    std::string body;
    TextFormat format;
  };
  for (const Case& c : {
           Case{"invalid UTF-8", std::string(kTalks) + "\xFF\xC0\xAF", TextFormat::kPlain},
           Case{"NUL", std::string(kTalks) + std::string(3, '\0'), TextFormat::kHtml},
           Case{"lone surrogates", std::string(kTalks) + "\xED\xA0\x80", TextFormat::kHtml},
           Case{"zero width and bidi", zero_width, TextFormat::kPlain},
           Case{"one megabyte without a space", std::string(1 << 20, 'x'), TextFormat::kPlain},
           Case{"half-open script", half_open, TextFormat::kHtml},
           Case{"open angle brackets", std::string(1 << 20, '<'), TextFormat::kHtml},
           Case{"ampersands", std::string(1 << 20, '&'), TextFormat::kHtml},
       }) {
    SCOPED_TRACE(c.name);
    Article article = Plain(c.body);
    article.format = c.format;
    EXPECT_TRUE(classifier_->Classify(article, {true, 8}).ok());
  }
}

TEST_F(ClassifierTest, EvidenceAddsUpToTheLogit) {
  for (const char* file :
       {"01-russia-kyrgyzstan-presidents.html", "04-portugal-mozambique-visit.txt"}) {
    SCOPED_TRACE(file);
    Article article = Plain(ReadFile(kSource / "examples" / "articles" / file));
    article.format = TextFormat::kHtml;
    const Analysis analysis = Classify(article, /*with_evidence=*/true);
    ASSERT_FALSE(analysis.topics.empty());
    for (const Topic& topic : analysis.topics) {
      double sum = topic.other_contribution;
      for (const Evidence& evidence : topic.evidence) sum += evidence.contribution;
      EXPECT_NEAR(sum, topic.logit, 1e-3);
      EXPECT_NEAR(topic.confidence, 1.0 / (1.0 + std::exp(-topic.logit)), 1e-9);
      EXPECT_GE(topic.evidence.size(), 3u);
    }
  }
}

TEST_F(ClassifierTest, EvidencePointsIntoTheTextAsSent) {
  Article article;
  article.title = "Президенты России и Киргизии встретились";
  article.format = TextFormat::kHtml;
  article.body = "<p>" + std::string(kTalks) +
                 "</p><p>Гости посетили <b>Кир</b>гизию.&nbsp;Москва &laquo;рада&raquo;.</p>";
  const Analysis analysis = Classify(article, /*with_evidence=*/true);
  bool found = false;
  for (const Region& region : analysis.regions) {
    for (const Evidence& evidence : region.evidence) {
      const std::string& field =
          evidence.field == ArticleField::kTitle ? article.title : article.body;
      ASSERT_LT(evidence.begin, evidence.end);
      ASSERT_LE(evidence.end, field.size());
      const std::string span = field.substr(evidence.begin, evidence.end - evidence.begin);
      found |= span == "Кир</b>гизию";
      EXPECT_THAT(span, AnyOf(StartsWith("Р"), StartsWith("Кирг"), StartsWith("Кир<"),
                              StartsWith("Киргиз"), StartsWith("Бишкек"), StartsWith("Москва"),
                              StartsWith("русск"), StartsWith("россий")));
    }
  }
  EXPECT_TRUE(found);
}

TEST_F(ClassifierTest, GivesTheExamplesTheirLabels) {
  const auto expected =
      nlohmann::json::parse(ReadFile(kSource / "examples" / "articles" / "expected.json"));
  double right = 0.0;
  double given = 0.0;
  double wanted = 0.0;
  for (const auto& item : expected) {
    const auto file = item["file"].get<std::string>();
    Article article = Plain(ReadFile(kSource / "examples" / "articles" / file));
    article.format = file.ends_with(".html") ? TextFormat::kHtml : TextFormat::kPlain;
    const Analysis analysis = Classify(article);
    for (const auto& [want, got] :
         {std::pair(item["topics"].get<std::vector<std::string>>(), TopicIds(analysis)),
          std::pair(item["regions"].get<std::vector<std::string>>(), FocusCodes(analysis))}) {
      wanted += static_cast<double>(want.size());
      given += static_cast<double>(got.size());
      for (const std::string& label : got)
        right += std::count(want.begin(), want.end(), label) > 0 ? 1.0 : 0.0;
    }
  }
  EXPECT_GT(2.0 * right / (given + wanted), 0.85);
}

TEST(ClassifierLoadTest, NamesTheFileThatIsNotAsItWas) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "classifier_test_bundle";
  std::filesystem::remove_all(folder);
  std::filesystem::copy(kSource / "models" / "default", folder,
                        std::filesystem::copy_options::recursive);
  std::filesystem::resize_file(folder / "topics.rows",
                               std::filesystem::file_size(folder / "topics.rows") - 40);
  const auto truncated = Classifier::Load(folder);
  EXPECT_EQ(truncated.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(truncated.status().message()), HasSubstr("topics.rows"));
  std::filesystem::remove(folder / "topics.rows");
  EXPECT_EQ(Classifier::Load(folder).status().code(), absl::StatusCode::kNotFound);
  std::filesystem::copy_file(folder / "topics.ftz", folder / "topics.rows");
  EXPECT_EQ(Classifier::Load(folder).status().code(), absl::StatusCode::kDataLoss);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(Classifier::Load(folder).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace rubricator

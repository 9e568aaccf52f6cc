#include "trainer/article_reader.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "classifier/code_point.h"
#include "classifier/status_macros.h"
#include "trainer/article_date.h"
#include "trainer/byte_stream.h"

namespace rubricator {
namespace {

using Json = nlohmann::json;

constexpr size_t kMinParagraphWords = 20;  // a shorter one is no lead

// The lines of a file, without their ends.
class LineReader {
 public:
  LineReader(std::string name, ByteStream stream)
      : name_(std::move(name)), stream_(std::move(stream)) {}

  // False at the end of the file.
  absl::StatusOr<bool> Next(std::string& line) {
    line.clear();
    ++number_;
    while (true) {
      if (position_ == buffer_.size()) {
        buffer_.resize(kBufferBytes);
        ASSIGN_OR_RETURN(const size_t count, stream_.Read(buffer_.data(), buffer_.size()));
        buffer_.resize(count);
        position_ = 0;
        if (count == 0) return !line.empty();
      }
      const size_t end = buffer_.find('\n', position_);
      line.append(buffer_, position_, end - position_);
      position_ = end == std::string::npos ? buffer_.size() : end + 1;
      if (line.size() > kMaxLineBytes) {
        return absl::DataLossError(
            absl::StrCat(name_, ":", number_, ": line is over ", kMaxLineBytes, " bytes"));
      }
      if (end != std::string::npos) return true;
    }
  }
  size_t number() const { return number_; }  // of the line read last, from 1

 private:
  static constexpr size_t kBufferBytes = 1 << 16;
  std::string name_;
  ByteStream stream_;
  std::string buffer_;
  size_t position_ = 0;
  size_t number_ = 0;
};

absl::Status GetText(const Json& json, const char* name, std::string& value) {
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return absl::OkStatus();
  if (!found->is_string()) return absl::InvalidArgumentError(absl::StrCat(name, " is no string"));
  value = found->get<std::string>();
  return absl::OkStatus();
}

absl::Status GetLabels(const Json& json, const char* name, const LabelMap& names,
                       std::vector<std::string>& labels) {
  const auto found = json.find(name);
  if (found == json.end()) return absl::OkStatus();
  if (!found->is_array()) return absl::InvalidArgumentError(absl::StrCat(name, " is no array"));
  for (const Json& item : *found) {
    if (!item.is_string())
      return absl::InvalidArgumentError(absl::StrCat(name, " holds what is no string"));
    const absl::Status status = names.Append(item.get_ref<const std::string&>(), labels);
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat(name, " ", status.message()));
  }
  return absl::OkStatus();
}

absl::Status GetScores(const Json& json, std::map<std::string, double>& scores) {
  const auto found = json.find("topic_scores");
  if (found == json.end()) return absl::OkStatus();
  if (!found->is_object()) return absl::InvalidArgumentError("topic_scores is no object");
  for (const auto& [label, score] : found->items()) {
    if (!score.is_number() || !(score.get<double>() >= 0.0 && score.get<double>() <= 1.0)) {
      return absl::InvalidArgumentError("topic_scores holds what is no number in [0, 1]");
    }
    scores[label] = score.get<double>();
  }
  return absl::OkStatus();
}

absl::Status GetWeight(const Json& json, float& weight) {
  const auto found = json.find("weight");
  if (found == json.end()) return absl::OkStatus();
  if (!found->is_number() || !(found->get<float>() > 0.0f && found->get<float>() <= 1000.0f)) {
    return absl::InvalidArgumentError("weight is no number above 0 and up to 1000");
  }
  weight = found->get<float>();
  return absl::OkStatus();
}

absl::Status GetDate(const Json& json, std::optional<double>& published_at) {
  std::string text;
  RETURN_IF_ERROR(GetText(json, "date", text));
  if (text.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(published_at, ParseArticleDate(text));
  return absl::OkStatus();
}

absl::StatusOr<LabelledArticle> ParseArticle(const Json& json, const LabelMap& labels) {
  if (!json.is_object()) return absl::InvalidArgumentError("not a JSON object");
  LabelledArticle article;
  RETURN_IF_ERROR(GetText(json, "id", article.id));
  RETURN_IF_ERROR(GetText(json, "lang", article.language));
  RETURN_IF_ERROR(GetText(json, "source", article.source));
  RETURN_IF_ERROR(GetText(json, "title", article.title));
  RETURN_IF_ERROR(GetText(json, "body", article.body));
  RETURN_IF_ERROR(GetLabels(json, "topics", labels, article.topics));
  RETURN_IF_ERROR(GetLabels(json, "regions", {}, article.regions));
  RETURN_IF_ERROR(GetScores(json, article.topic_scores));
  RETURN_IF_ERROR(GetDate(json, article.published_at));
  RETURN_IF_ERROR(GetWeight(json, article.weight));
  article.has_regions = json.contains("regions") || json.contains("mentioned");
  if (!json.contains("regions")) {
    RETURN_IF_ERROR(GetLabels(json, "mentioned", {}, article.regions));
    article.is_mentions = article.has_regions;
  }
  article.is_labelled = json.contains("topics");
  if (article.title.empty() && article.body.empty())
    return absl::InvalidArgumentError("title and body are empty");
  return article;
}

size_t CountWords(std::string_view text) {
  size_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t';
    words += !is_space && !in_word ? 1 : 0;
    in_word = !is_space;
  }
  return words;
}

// Two neighbouring paragraphs as one text, with the topics of both.
LabelledArticle Join(const LabelledArticle& first, const LabelledArticle& second) {
  LabelledArticle pair = first;
  absl::StrAppend(&pair.id, "+");
  absl::StrAppend(&pair.body, "\n", second.body);
  for (const std::string& topic : second.topics) {
    if (std::find(pair.topics.begin(), pair.topics.end(), topic) == pair.topics.end())
      pair.topics.push_back(topic);
  }
  return pair;
}

// {"t": text, "topics": [...]}: a paragraph labelled on its own.
absl::Status ReadParagraphs(const Json& json, const LabelledArticle& whole, const LabelMap& labels,
                            const std::function<void(LabelledArticle)>& article) {
  const auto found = json.find("paragraphs");
  if (found == json.end()) return absl::OkStatus();
  if (!found->is_array()) return absl::InvalidArgumentError("paragraphs is no array");
  std::vector<LabelledArticle> paragraphs;
  for (const Json& item : *found) {
    if (!item.is_object()) return absl::InvalidArgumentError("paragraphs holds what is no object");
    LabelledArticle& paragraph = paragraphs.emplace_back();
    paragraph.id = absl::StrCat(whole.id, "#", paragraphs.size());
    paragraph.language = whole.language;
    paragraph.source = whole.source;
    paragraph.is_labelled = true;
    paragraph.is_part = true;
    RETURN_IF_ERROR(GetText(item, "t", paragraph.body));
    RETURN_IF_ERROR(GetLabels(item, "topics", labels, paragraph.topics));
  }
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    if (i + 1 < paragraphs.size()) article(Join(paragraphs[i], paragraphs[i + 1]));
    if (CountWords(paragraphs[i].body) >= kMinParagraphWords) article(paragraphs[i]);
  }
  return absl::OkStatus();
}

absl::Status ReadOne(const std::string& line, const LabelMap& labels,
                     const std::function<void(LabelledArticle)>& article) {
  size_t offset = 0;
  if (!IsValidUtf8(line, &offset)) {
    return absl::InvalidArgumentError(absl::StrCat("invalid UTF-8 at byte ", offset));
  }
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return absl::InvalidArgumentError("not JSON");
  ASSIGN_OR_RETURN(const LabelledArticle whole, ParseArticle(json, labels));
  article(whole);
  return ReadParagraphs(json, whole, labels, article);
}

}  // namespace

absl::Status ReadArticles(const std::filesystem::path& path,
                          const std::function<void(LabelledArticle)>& article,
                          const std::function<void(BadLine)>& bad_line, const LabelMap& labels) {
  ASSIGN_OR_RETURN(ByteStream stream, ByteStream::Open(path));
  LineReader lines(path.string(), std::move(stream));
  std::string line;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_line, lines.Next(line));
    if (!has_line) return absl::OkStatus();
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const absl::Status status = ReadOne(line, labels, article);
    if (!status.ok()) bad_line({path, lines.number(), std::string(status.message())});
  }
}

}  // namespace rubricator

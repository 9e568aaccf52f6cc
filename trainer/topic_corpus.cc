#include "trainer/topic_corpus.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <set>

#include "trainer/fingerprint.h"

namespace rubricator {
namespace {

// A language is learned if one in so many labelled articles is written in it; fewer are strays, or
// wrongly detected.
constexpr size_t kMinLanguageShare = 200;

uint64_t KeyOf(const std::string& id) {
  const std::string whole = id.substr(0, id.find('#'));  // a paragraph belongs to its article
  return whole.empty() ? 0 : std::hash<std::string>()(whole) | 1;
}

}  // namespace

const std::vector<std::string_view>& ArticleWords::Read(const LabelledArticle& article) {
  Tokenize(article.title, title_);
  Tokenize(article.body, body_);
  words_.clear();
  for (const TokenizedText* tokens : {&title_, &body_}) {
    for (size_t i = 0; i < tokens->size(); ++i) words_.push_back(tokens->Form(i));
  }
  return words_;
}

TopicCorpus::TopicCorpus(const FeatureOptions& features, bool keeps_titles)
    : keeps_titles_(keeps_titles), space_(std::make_unique<FeatureSpace>(features)) {}

TopicCorpus::TopicCorpus(const TopicCorpus& other)
    : keeps_titles_(other.keeps_titles_),
      space_(std::make_unique<FeatureSpace>(*other.space_)),
      texts_(other.texts_),
      label_counts_(other.label_counts_),
      labelled_count_(other.labelled_count_) {}

void TopicCorpus::Add(LabelledArticle article) {
  const std::vector<std::string_view>& words = reader_.Read(article);
  duplicates_.Add(words, KeyOf(article.id));
  WordIds ids = space_->Count(words);
  article.body = {};
  if (!keeps_titles_) article.title = {};
  article.regions = {};
  if (article.is_labelled) {
    ++labelled_count_;
    for (const std::string& topic : article.topics) ++label_counts_[topic];
  }
  texts_.push_back({std::move(article), std::move(ids), 0});
}

void TopicCorpus::Finish(int folds, const std::vector<TopicLabel>& labels) {
  space_->Freeze();
  std::set<std::string> known;
  for (const TopicLabel& label : labels) known.insert(label.id);
  const std::vector<uint64_t> groups = duplicates_.Groups();
  duplicates_ = {};
  for (size_t i = 0; i < groups.size(); ++i) {
    // A multiplicative hash: group numbers follow the order of the files.
    texts_[i].fold = (groups[i] * 0x9E3779B97F4A7C15u >> 32) % static_cast<size_t>(folds);
    std::erase_if(texts_[i].article.topics,
                  [&](const std::string& topic) { return known.count(topic) == 0; });
  }
}

std::vector<std::string> TopicCorpus::Languages() const {
  std::map<std::string, size_t> counts;
  for (const Text& text : texts_) {
    if (text.article.is_labelled && !text.article.language.empty()) ++counts[text.article.language];
  }
  std::vector<std::string> languages;
  for (const auto& [language, count] : counts) {
    if (count * kMinLanguageShare >= labelled_count_) languages.push_back(language);
  }
  return languages;
}

uint64_t TopicCorpus::Fingerprint() const {
  rubricator::Fingerprint fingerprint;
  for (const Text& text : texts_) {
    fingerprint.Add(text.words.size());
    for (const uint32_t word : text.words) fingerprint.Add(word);
    fingerprint.Add(text.fold);
    fingerprint.Add(text.article.is_labelled ? 1 : 0);
    for (const std::string& topic : text.article.topics) fingerprint.Add(topic);
    for (const auto& [topic, score] : text.article.topic_scores) {
      fingerprint.Add(topic);
      fingerprint.Add(std::bit_cast<uint64_t>(score));
    }
  }
  return fingerprint.value();
}

}  // namespace rubricator

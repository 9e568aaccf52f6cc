#include "routing/article_condition.h"

#include <unicode/unistr.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace rubricator {
namespace {

bool Contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

std::string FoldCase(const std::string& text) {
  std::string folded;
  icu::UnicodeString::fromUTF8(text).foldCase().toUTF8String(folded);
  return folded;
}

std::string ListPhrase(const char* what, const std::string& found, const char* unknown,
                       const std::vector<std::string>& wanted, bool holds) {
  const std::string value = found.empty() ? unknown : found;
  if (holds) return absl::StrCat(what, ": ", value);
  return absl::StrCat(what, ": ", value, " is not one of ", JoinPhrases(wanted));
}

}  // namespace

Truth LanguageCondition::Holds(const RoutingFacts& facts) const {
  return Contains(languages_, facts.analysis.language) ? Truth::kYes : Truth::kNo;
}

std::string LanguageCondition::Explain(const RoutingFacts& facts) const {
  return ListPhrase("language", facts.analysis.language, "und", languages_,
                    Holds(facts) == Truth::kYes);
}

SourceCondition::SourceCondition(std::vector<std::string> sources) : sources_(std::move(sources)) {
  for (const std::string& source : sources_) folded_.push_back(FoldCase(source));
}

Truth SourceCondition::Holds(const RoutingFacts& facts) const {
  return Contains(folded_, FoldCase(facts.article.source)) ? Truth::kYes : Truth::kNo;
}

std::string SourceCondition::Explain(const RoutingFacts& facts) const {
  return ListPhrase("source", facts.article.source, "none given", sources_,
                    Holds(facts) == Truth::kYes);
}

Truth TimeCondition::Holds(const RoutingFacts& facts) const {
  return hours_.Contains(facts.time) ? Truth::kYes : Truth::kNo;
}

std::string TimeCondition::Explain(const RoutingFacts& facts) const {
  const bool holds = Holds(facts) == Truth::kYes;
  return absl::StrCat("time: ", hours_.Clock(facts.time), holds ? " in " : " not in ",
                      hours_.text());
}

}  // namespace rubricator

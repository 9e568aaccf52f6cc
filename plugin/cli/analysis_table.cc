#include "plugin/cli/analysis_table.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/plain_text.h"
#include "plugin/cli/display_text.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator::cli {
namespace {

constexpr size_t kTopicWidth =
    31;  // "Гуманитарное сотрудничество 0.98" less one, and 26 for a name
constexpr size_t kConfidenceWidth = 4;
constexpr size_t kCountryWidth = 9;
constexpr size_t kDeskWidth = 15;
constexpr size_t kTimeWidth = 7;
constexpr size_t kMostTitleLines = 3;
constexpr size_t kShownBodyBytes = 400;
constexpr double kSure = 0.8;
constexpr double kFair = 0.5;

size_t TitleWidth(const Terminal& terminal) {
  return terminal.columns() -
         (kTopicWidth + kCountryWidth + kDeskWidth + kTimeWidth + 4 * TextTable::kGap);
}

Cell Lines(const std::vector<std::string>& lines, Style style) {
  Cell cell;
  for (const std::string& line : lines) cell.push_back({{line, style}});
  return cell;
}

const char* OutcomePhrase(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_CLASSIFIED:
      return "classified";
    case v1::OUTCOME_NO_TOPIC:
      return "without a topic";
    case v1::OUTCOME_INSUFFICIENT_TEXT:
      return "with too little text";
    case v1::OUTCOME_UNSUPPORTED_LANGUAGE:
      return "in another language";
    default:
      return "unknown";
  }
}

std::string WhyEmpty(const v1::Analysis& analysis) {
  switch (analysis.outcome()) {
    case v1::OUTCOME_INSUFFICIENT_TEXT:
      return "too little text";
    case v1::OUTCOME_UNSUPPORTED_LANGUAGE:
      return absl::StrCat("language not known (", OneLine(analysis.language()), ")");
    default:
      return "no topic";
  }
}

Cell TopicCell(const v1::Analysis& analysis) {
  if (analysis.topics().empty()) return Lines({WhyEmpty(analysis)}, Style::kDim);
  constexpr size_t kNameWidth = kTopicWidth - kConfidenceWidth - 1;
  Cell cell;
  for (const v1::Topic& topic : analysis.topics()) {
    const std::string name =
        OneLine(topic.display_name().empty() ? topic.id() : topic.display_name());
    cell.push_back(
        {{PadTo(CutTo(name, kNameWidth), kNameWidth + 1), Style::kPlain},
         {absl::StrFormat("%.2f", topic.confidence()), ConfidenceStyle(topic.confidence())}});
  }
  return cell;
}

Cell CountryCell(const v1::Analysis& analysis) {
  std::string codes;
  for (const v1::Region& region : analysis.regions()) {
    if (region.role() != v1::REGION_ROLE_FOCUS) continue;
    absl::StrAppend(&codes, codes.empty() ? "" : " ", OneLine(region.code()));
  }
  return Lines(Wrap(codes, kCountryWidth, kMostTitleLines), Style::kPlace);
}

Cell DeskCell(const v1::Analysis& analysis) {
  Cell cell;
  for (const v1::DeskAssignment& desk : analysis.desks()) {
    const std::string name =
        OneLine(desk.display_name().empty() ? desk.desk() : desk.display_name());
    for (const std::string& line : Wrap(name, kDeskWidth, 2))
      cell.push_back({{line, Style::kPlain}});
  }
  return cell;
}

}  // namespace

AnalysisTable::AnalysisTable(Terminal terminal)
    : terminal_(terminal),
      title_width_(TitleWidth(terminal)),
      table_({{"Title", title_width_},
              {"Topics", kTopicWidth},
              {"Countries", kCountryWidth},
              {"Desk", kDeskWidth},
              {"ms", kTimeWidth, true}},
             terminal) {}

std::string AnalysisTable::Heading() const { return table_.Heading(); }

std::string AnalysisTable::Row(const v1::Article& article, const v1::ClassifyResult& result,
                               double milliseconds) {
  const std::string title = ShownTitle(article);
  const Cell time = Lines({absl::StrFormat("%.1f", milliseconds)}, Style::kDim);
  if (result.has_error()) {
    ++failed_;
    const absl::Status status = FromRpcStatus(result.error());
    const std::string problem = OneLine(std::string(status.message()));
    return table_.Row({Lines(Wrap(title, title_width_, kMostTitleLines), Style::kPlain),
                       Lines(Wrap(problem, kTopicWidth, kMostTitleLines), Style::kBad),
                       {},
                       {},
                       time});
  }
  const v1::Analysis& analysis = result.analysis();
  ++outcomes_[analysis.outcome()];
  milliseconds_.push_back(static_cast<float>(milliseconds));
  model_version_ = analysis.model_version();
  return table_.Row({Lines(Wrap(title, title_width_, kMostTitleLines), Style::kPlain),
                     TopicCell(analysis), CountryCell(analysis), DeskCell(analysis), time});
}

std::string AnalysisTable::Summary() const {
  const size_t articles = milliseconds_.size() + failed_;
  std::string summary = absl::StrCat(articles, articles == 1 ? " article" : " articles");
  const char* separator = ": ";
  for (const auto& [outcome, count] : outcomes_) {
    absl::StrAppend(&summary, separator, count, " ", OutcomePhrase(outcome));
    separator = ", ";
  }
  if (failed_ > 0) absl::StrAppend(&summary, separator, failed_, " failed");
  if (milliseconds_.empty()) return summary;
  std::vector<float> sorted = milliseconds_;
  std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
  return absl::StrFormat("%s · median %.1f ms · model %s", summary, sorted[sorted.size() / 2],
                         OneLine(model_version_));
}

std::string ShownTitle(const v1::Article& article) {
  if (const std::string title = OneLine(article.title()); !title.empty()) return title;
  const std::string_view body(article.body());
  const bool is_html = article.format() == v1::TEXT_FORMAT_HTML ||
                       (article.format() == v1::TEXT_FORMAT_UNSPECIFIED && LooksLikeHtml(body));
  if (is_html) {
    const auto text = PlainText::FromHtml(body);
    if (text.ok()) return OneLine(std::string_view(text->text()).substr(0, kShownBodyBytes));
  }
  return OneLine(body.substr(0, kShownBodyBytes));
}

Style ConfidenceStyle(double confidence) {
  if (confidence >= kSure) return Style::kGood;
  return confidence >= kFair ? Style::kFair : Style::kDim;
}

}  // namespace rubricator::cli

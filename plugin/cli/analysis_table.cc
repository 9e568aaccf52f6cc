#include "plugin/cli/analysis_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/plain_text.h"
#include "plugin/cli/display_text.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator::cli {
namespace {

constexpr size_t kConfidenceWidth = 4;  // "0.98"
constexpr size_t kTitleLines = 2;
constexpr size_t kMostLines = 3;
constexpr size_t kShownBodyBytes = 400;
constexpr double kLongMilliseconds = 1000;
constexpr double kSure = 0.8;
constexpr double kFair = 0.5;

Cell Lines(const std::vector<std::string>& lines, Style style) {
  Cell cell;
  for (const std::string& line : lines) cell.push_back({{line, style}});
  return cell;
}

// Two lines, or three where the cells beside it take them anyway.
Cell TitleCell(const v1::Article& article, size_t width, size_t lines_beside) {
  const size_t lines = std::clamp(lines_beside, kTitleLines, kMostLines);
  return Lines(Wrap(ShownTitle(article), width, lines), Style::kBold);
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

Cell TopicCell(const v1::Analysis& analysis, size_t width) {
  if (analysis.topics().empty()) return Lines({CutTo(WhyEmpty(analysis), width)}, Style::kDim);
  const size_t name_width = width - kConfidenceWidth - 1;
  Cell cell;
  for (const v1::Topic& topic : analysis.topics()) {
    const std::string name =
        OneLine(topic.display_name().empty() ? topic.id() : topic.display_name());
    cell.push_back(
        {{PadTo(CutTo(name, name_width), name_width + 1), Style::kPlain},
         {absl::StrFormat("%.2f", topic.confidence()), ConfidenceStyle(topic.confidence())}});
  }
  return cell;
}

Cell CountryCell(const v1::Analysis& analysis, size_t width) {
  std::string codes;
  for (const v1::Region& region : analysis.regions()) {
    if (region.role() != v1::REGION_ROLE_FOCUS) continue;
    absl::StrAppend(&codes, codes.empty() ? "" : " ", OneLine(region.code()));
  }
  return Lines(Wrap(codes, width, kMostLines), Style::kPlace);
}

// The first desk in full, the others that also get the article on a line each.
Cell DeskCell(const v1::Analysis& analysis, size_t width) {
  Cell cell;
  for (const v1::DeskAssignment& desk : analysis.desks()) {
    const std::string name =
        OneLine(desk.display_name().empty() ? desk.desk() : desk.display_name());
    if (cell.empty()) {
      cell = Lines(Wrap(name, width, 2), Style::kPlain);
    } else {
      cell.push_back({{CutTo(absl::StrCat("+ ", name), width), Style::kDim}});
    }
  }
  return cell;
}

}  // namespace

AnalysisTable::Widths AnalysisTable::WidthsFor(size_t columns) {
  // Wide enough for "Гуманитарное сотрудничество" beside its confidence, and for three countries.
  Widths widths = columns < Terminal::kDefaultColumns
                      ? Widths{.title = 0, .topics = 27, .countries = 9, .desk = 14, .time = 6}
                      : Widths{.title = 0, .topics = 32, .countries = 9, .desk = 17, .time = 6};
  widths.title = columns - (widths.topics + widths.countries + widths.desk + widths.time +
                            4 * TextTable::kGap);
  return widths;
}

AnalysisTable::AnalysisTable(Terminal terminal)
    : terminal_(terminal),
      widths_(WidthsFor(terminal.columns())),
      table_({{"Title", widths_.title},
              {"Topics", widths_.topics},
              {"Countries", widths_.countries},
              {"Desk", widths_.desk},
              {"ms", widths_.time, true}},
             terminal) {}

std::string AnalysisTable::Heading() const { return table_.Heading(); }

std::string AnalysisTable::Row(const v1::Article& article, const v1::ClassifyResult& result,
                               double milliseconds) {
  const int decimals = milliseconds < kLongMilliseconds ? 1 : 0;
  const Cell time = Lines({absl::StrFormat("%.*f", decimals, milliseconds)}, Style::kDim);
  if (result.has_error()) {
    ++failed_;
    const absl::Status status = FromRpcStatus(result.error());
    const std::string problem = OneLine(std::string(status.message()));
    return table_.Row({TitleCell(article, widths_.title, kMostLines),
                       Lines(Wrap(problem, widths_.topics, kMostLines), Style::kBad),
                       {},
                       {},
                       time});
  }
  const v1::Analysis& analysis = result.analysis();
  ++outcomes_[analysis.outcome()];
  milliseconds_.push_back(static_cast<float>(milliseconds));
  model_version_ = analysis.model_version();
  const Cell topics = TopicCell(analysis, widths_.topics);
  const Cell desks = DeskCell(analysis, widths_.desk);
  return table_.Row({TitleCell(article, widths_.title, std::max(topics.size(), desks.size())),
                     topics, CountryCell(analysis, widths_.countries), desks, time});
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

#include "plugin/cli/route_command.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/absl_view.h"
#include "plugin/cli/analysis_table.h"
#include "plugin/cli/complaint.h"
#include "plugin/cli/display_text.h"
#include "plugin/cli/text_table.h"
#include "plugin/cpp/client.h"
#include "plugin/cpp/json_call.h"
#include "plugin/cpp/status_conversion.h"

namespace rubricator::cli {
namespace {

constexpr size_t kRuleWidth = 24;
constexpr size_t kDeskWidth = 18;
constexpr size_t kVerdictWidth = 9;
constexpr size_t kMostReasonLines = 6;
constexpr char kRulesField[] = "rules_yaml";

Cell Lines(const std::string& text, size_t width, Style style) {
  Cell cell;
  for (const std::string& line : Wrap(OneLine(text), width, kMostReasonLines)) {
    cell.push_back({{line, style}});
  }
  return cell;
}

Cell Verdict(const v1::RuleDecision& decision) {
  if (decision.skipped()) return {{{"not asked", Style::kDim}}};
  if (decision.matched()) return {{{"match", Style::kGood}}};
  if (decision.failed_conditions() == 1) return {{{"near miss", Style::kFair}}};
  return {{{"no match", Style::kDim}}};
}

std::string AboutLine(const v1::Analysis& analysis) {
  std::string line;
  for (const v1::Topic& topic : analysis.topics()) {
    absl::StrAppend(&line, line.empty() ? "" : ", ", OneLine(topic.id()), " ",
                    absl::StrFormat("%.2f", topic.confidence()));
  }
  std::string countries;
  for (const v1::Region& region : analysis.regions()) {
    if (region.role() == v1::REGION_ROLE_FOCUS)
      absl::StrAppend(&countries, " ", OneLine(region.code()));
  }
  return absl::StrCat(line.empty() ? "no topic" : line, countries.empty() ? "" : " ·", countries);
}

void PrintTable(const v1::Article& article, const v1::PreviewRoutingResponse& response) {
  const Terminal terminal = Terminal::Of(STDOUT_FILENO);
  const size_t reason_width =
      terminal.columns() - (kRuleWidth + kDeskWidth + kVerdictWidth + 3 * TextTable::kGap);
  std::string text =
      absl::StrCat(terminal.Styled(CutTo(ShownTitle(article), terminal.columns()), Style::kBold),
                   "\n", CutTo(AboutLine(response.analysis()), terminal.columns()), "\n\n");
  for (const v1::DeskAssignment& desk : response.desks()) {
    const std::string name = desk.display_name().empty() ? desk.desk() : desk.display_name();
    absl::StrAppend(&text, "→ ", terminal.Styled(OneLine(name), Style::kGood), "  by ",
                    OneLine(desk.rule()), desk.stage().empty() ? "" : ", stage ",
                    OneLine(desk.stage()), "\n");
  }
  const TextTable table({{"Rule", kRuleWidth},
                         {"Desk", kDeskWidth},
                         {"Verdict", kVerdictWidth},
                         {"Why", reason_width}},
                        terminal);
  if (!response.decisions().empty()) absl::StrAppend(&text, "\n", table.Heading());
  for (const v1::RuleDecision& decision : response.decisions()) {
    text += table.Row({Lines(decision.rule(), kRuleWidth, Style::kPlain),
                       Lines(decision.desk(), kDeskWidth, Style::kPlain), Verdict(decision),
                       Lines(decision.reason(), reason_width, Style::kDim)});
  }
  std::fputs(text.c_str(), stdout);
}

absl::StatusOr<std::string> ReadRules(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  if (!file || !(content << file.rdbuf())) {
    return absl::InvalidArgumentError(absl::StrCat("cannot read rules ", path, ": ",
                                                   errno == 0 ? "empty" : std::strerror(errno)));
  }
  return content.str();
}

// "rules_yaml: preview.yaml:3: …" as a place in the file that the rules came from.
std::string RulesProblem(const std::string& path, std::string_view message) {
  for (const std::string_view part : {"rules_yaml: ", "preview.yaml:"}) {
    if (!message.starts_with(part)) return absl::StrCat(path, ": ", AsAbsl(message));
    message.remove_prefix(part.size());
  }
  return absl::StrCat(path, ":", AsAbsl(message));
}

}  // namespace

int RunRoute(const RouteArguments& arguments) {
  const std::string& target = arguments.connection.target;
  v1::PreviewRoutingRequest request;
  request.set_display_language(arguments.display_language);
  if (!arguments.rules_path.empty()) {
    auto rules = ReadRules(arguments.rules_path);
    if (!rules.ok()) return ComplainAndExit(rules.status(), target);
    request.set_rules_yaml(*std::move(rules));
  }
  ArticleReader reader({arguments.path}, arguments.input, Complain);
  auto next = reader.Next();
  if (!next.has_value()) return kSomeFailed;
  *request.mutable_article() = std::move(next->article);
  const auto client = Client::Open(target, arguments.connection.options);
  if (!client.ok()) return ComplainAndExit(client.status(), target);
  const auto response = (*client)->PreviewRouting(request);
  if (!response.ok()) {
    if (!absl::IsInvalidArgument(response.status())) {
      return ComplainAndExit(response.status(), target);
    }
    const std::string message(response.status().message());
    const bool is_rules = FieldOf(response.status()) == kRulesField;
    Complain(is_rules ? RulesProblem(arguments.rules_path, message)
                      : absl::StrCat(next->place, ": ", message));
    return is_rules ? kWrongUse : kSomeFailed;
  }
  if (arguments.output == OutputFormat::kJson) {
    std::fputs((ToJson(*response) + "\n").c_str(), stdout);
  } else {
    PrintTable(request.article(), *response);
  }
  return kAllAnswered;
}

}  // namespace rubricator::cli

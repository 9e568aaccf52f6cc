#include "plugin/cli/models_command.h"

#include <unistd.h>

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "classifier/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "plugin/cli/complaint.h"
#include "plugin/cli/display_text.h"
#include "plugin/cli/text_table.h"
#include "plugin/cpp/client.h"
#include "plugin/cpp/json_call.h"

namespace rubricator::cli {
namespace {

constexpr size_t kDigestShown = 12;

const char* StateName(v1::ModelState state) {
  switch (state) {
    case v1::MODEL_STATE_ACTIVE:
      return "active";
    case v1::MODEL_STATE_AVAILABLE:
      return "available";
    case v1::MODEL_STATE_REFUSED:
      return "refused";
    default:
      return "unknown";
  }
}

absl::StatusOr<v1::ListModelsResponse> ListAll(const Client& client) {
  v1::ListModelsResponse all;
  v1::ListModelsRequest request;
  do {
    ASSIGN_OR_RETURN(auto page, client.ListModels(request));
    for (v1::Model& model : *page.mutable_models()) *all.add_models() = std::move(model);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return all;
}

void PrintTable(const v1::ListModelsResponse& response) {
  const Terminal terminal = Terminal::Of(STDOUT_FILENO);
  const TextTable table({{"Version", 18},
                         {"State", 9},
                         {"Made", 10},
                         {"Languages", 12},
                         {"Topics", 6, true},
                         {"MB", 6, true},
                         {"Digest", kDigestShown}},
                        terminal);
  std::string text = table.Heading();
  for (const v1::Model& model : response.models()) {
    const bool is_active = model.state() == v1::MODEL_STATE_ACTIVE;
    const std::string made =
        google::protobuf::util::TimeUtil::ToString(model.create_time()).substr(0, 10);
    text += table.Row({{{{CutTo(OneLine(model.version()), 18), Style::kBold}}},
                       {{{StateName(model.state()), is_active ? Style::kGood : Style::kPlain}}},
                       {{{made, Style::kPlain}}},
                       {{{CutTo(absl::StrJoin(model.languages(), " "), 12), Style::kPlain}}},
                       {{{absl::StrCat(model.topics_size()), Style::kPlain}}},
                       {{{absl::StrFormat("%.1f", static_cast<double>(model.size_bytes()) / 1e6),
                          Style::kPlain}}},
                       {{{model.digest().substr(0, kDigestShown), Style::kDim}}}});
    if (!model.problem().empty()) {
      absl::StrAppend(&text, "  ", terminal.Styled(OneLine(model.problem()), Style::kBad), "\n");
    }
  }
  std::fputs(text.c_str(), stdout);
}

}  // namespace

int RunModels(const ModelsArguments& arguments) {
  const std::string& target = arguments.connection.target;
  const auto client = Client::Open(target, arguments.connection.options);
  if (!client.ok()) return ComplainAndExit(client.status(), target);
  const auto response = ListAll(**client);
  if (!response.ok()) return ComplainAndExit(response.status(), target);
  if (arguments.output == OutputFormat::kJson) {
    std::fputs((ToJson(*response) + "\n").c_str(), stdout);
  } else {
    PrintTable(*response);
  }
  return kAllAnswered;
}

}  // namespace rubricator::cli

#include "plugin/cli/classify_command.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "plugin/cli/analysis_table.h"
#include "plugin/cli/complaint.h"
#include "plugin/cli/evidence_view.h"
#include "plugin/cli/progress_bar.h"
#include "plugin/cli/result_json.h"
#include "plugin/cpp/client.h"
#include "plugin/cpp/status_conversion.h"
#include "service/field_error.h"

namespace rubricator::cli {
namespace {

constexpr size_t kShownEvidence = 8;  // what a server sends of a topic by default

// The bar would tear lines that go to the same screen.
Terminal ProgressScreen() {
  return isatty(STDOUT_FILENO) == 0 ? Terminal::Of(STDERR_FILENO) : Terminal(false, false, 0);
}

// Reads articles, prints results, counts what failed. Sink and source may be on two threads.
class ClassifyRun {
 public:
  ClassifyRun(const ClassifyArguments& arguments, const Client& client)
      : arguments_(arguments),
        client_(client),
        progress_(ProgressScreen()),
        reader_(arguments.paths, arguments.input, [this](const std::string& message) {
          std::lock_guard lock(screen_);
          progress_.Clear();
          Complain(message);
        }) {}

  int Run() {
    const absl::Status status =
        arguments_.output == OutputFormat::kTable ? RunTable() : RunStream();
    progress_.Clear();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      Complain("cannot write the output");
      return kUnexpected;
    }
    if (!status.ok()) return ComplainAndExit(status, arguments_.connection.target);
    const size_t failed = failed_ + reader_.failed();
    if (failed == 0) return kAllAnswered;
    Complain(absl::StrCat(failed, failed == 1 ? " article" : " articles", " failed, ", answered_,
                          " answered"));
    return kSomeFailed;
  }

 private:
  absl::Status RunTable();
  absl::StatusOr<v1::ClassifyResult> ClassifyOne(const v1::ClassifyArticleRequest& request);
  absl::Status RunStream();
  bool MayFallBack() const { return !arguments_.connection.options.fallback_target.empty(); }
  size_t ShownEvidence() const {
    const size_t asked = arguments_.options.max_evidence();
    return asked == 0 ? kShownEvidence : asked;
  }
  bool Print(const v1::ClassifyResult& result, const std::string& place);
  // The article's own failure: complains, but lets the run go on.
  void CountFailure(const v1::ClassifyResult& result, const std::string& place);
  void ShowProgress();

  const ClassifyArguments& arguments_;
  const Client& client_;
  std::mutex screen_;  // guards progress_, answered_ and stderr
  ProgressBar progress_;
  ArticleReader reader_;
  size_t answered_ = 0;
  size_t failed_ = 0;
};

absl::Status ClassifyRun::RunTable() {
  const Terminal terminal = Terminal::Of(STDOUT_FILENO);
  AnalysisTable table(terminal);
  // Connects before the first row, so that no article is charged for it.
  const absl::Status reached = client_.GetModel({}).status();
  if (EndsTheRun(reached) && !absl::IsUnimplemented(reached) && !MayFallBack()) return reached;
  std::fputs(table.Heading().c_str(), stdout);
  v1::ClassifyArticleRequest request;
  *request.mutable_options() = arguments_.options;
  while (auto next = reader_.Next()) {
    *request.mutable_article() = std::move(next->article);
    const auto start = std::chrono::steady_clock::now();
    const absl::StatusOr<v1::ClassifyResult> result = ClassifyOne(request);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    if (!result.ok()) return result.status();
    if (result->has_error()) CountFailure(*result, next->place);
    std::string row = table.Row(request.article(), *result, taken.count());
    if (arguments_.options.include_evidence() && result->has_analysis()) {
      row += EvidenceView(request.article(), result->analysis(), ShownEvidence(), terminal) + "\n";
    }
    std::fputs(row.c_str(), stdout);
    std::fflush(stdout);
    ShowProgress();
  }
  const std::string summary = terminal.Styled(table.Summary(), Style::kDim);
  std::fputs(absl::StrCat("\n", summary, "\n").c_str(), stdout);
  return absl::OkStatus();
}

// The article's own failure is a result; an error ends the run.
absl::StatusOr<v1::ClassifyResult> ClassifyRun::ClassifyOne(
    const v1::ClassifyArticleRequest& request) {
  auto response = client_.ClassifyArticle(request);
  if (!response.ok() && EndsTheRun(response.status())) return response.status();
  v1::ClassifyResult result;
  result.set_article_id(request.article().id());
  if (response.ok()) {
    *result.mutable_analysis() = std::move(*response->mutable_analysis());
    ++answered_;
  } else {
    *result.mutable_error() = ToRpcStatus(response.status());
  }
  return result;
}

absl::Status ClassifyRun::RunStream() {
  const bool is_array = arguments_.output == OutputFormat::kJson;
  std::mutex mutex;
  std::deque<std::string> places;  // of the articles under way
  const auto next_article = [&](v1::Article& article) {
    ShowProgress();
    auto next = reader_.Next();
    if (!next.has_value()) return false;
    article = std::move(next->article);
    std::lock_guard lock(mutex);
    places.push_back(std::move(next->place));
    return true;
  };
  const auto deliver = [&](const v1::ClassifyResult& result) {
    std::unique_lock lock(mutex);
    const std::string place = std::move(places.front());
    places.pop_front();
    lock.unlock();
    return Print(result, place);
  };
  if (is_array) std::fputs("[", stdout);
  absl::Status status = client_.ClassifyStream(next_article, deliver, arguments_.options);
  if (is_array) std::fputs("\n]\n", stdout);
  // Cancelled by ourselves because stdout takes no more; Run() says so.
  return absl::IsCancelled(status) && std::ferror(stdout) != 0 ? absl::OkStatus() : status;
}

bool ClassifyRun::Print(const v1::ClassifyResult& result, const std::string& place) {
  const bool is_labels = arguments_.output == OutputFormat::kLabels;
  const bool is_array = arguments_.output == OutputFormat::kJson;
  bool is_first = false;
  {
    std::lock_guard lock(screen_);
    is_first = answered_ + failed_ == 0;
    if (!result.has_error()) ++answered_;
  }
  if (result.has_error()) CountFailure(result, place);
  if (is_labels && result.has_error()) return true;
  const std::string line = is_labels ? LabelsJson(result.analysis()) : ResultJson(result);
  if (is_array) std::fputs(is_first ? "\n" : ",\n", stdout);
  std::fputs(line.c_str(), stdout);
  if (!is_array) std::fputs("\n", stdout);
  return std::ferror(stdout) == 0;
}

void ClassifyRun::CountFailure(const v1::ClassifyResult& result, const std::string& place) {
  std::lock_guard lock(screen_);
  ++failed_;
  progress_.Clear();
  Complain(absl::StrCat(place, ": ", result.error().message()));
}

void ClassifyRun::ShowProgress() {
  std::lock_guard lock(screen_);
  progress_.Show(reader_.bytes_read(), reader_.bytes_total(), answered_);
}

}  // namespace

int RunClassify(const ClassifyArguments& arguments) {
  const auto client = Client::Open(arguments.connection.target, arguments.connection.options);
  if (!client.ok()) return ComplainAndExit(client.status(), arguments.connection.target);
  return ClassifyRun(arguments, **client).Run();
}

}  // namespace rubricator::cli

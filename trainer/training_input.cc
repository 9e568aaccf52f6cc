#include "trainer/training_input.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "trainer/atomic_file.h"
#include "trainer/held_out.h"

namespace rubricator {

absl::StatusOr<TrainingInput> ReadTrainingInput(const TrainingFiles& files,
                                                const FeatureOptions& features) {
  TrainingInput input{TopicCorpus(features, files.keeps_titles), {}, {}, 0};
  const auto bad_line = [&](BadLine line) { input.bad_lines.push_back(std::move(line)); };
  HeldOutArticles held_out;
  for (const std::filesystem::path& file : files.held_out) {
    RETURN_IF_ERROR(ReadArchive(
        file, files.archive, [&](const LabelledArticle& article) { held_out.Add(article); },
        bad_line));
  }
  const auto add = [&](LabelledArticle article) {
    if (held_out.Cover(article)) {
      ++input.removed;
      return;
    }
    if (files.keeps_region_articles && article.has_regions)
      input.region_articles.push_back(article);
    input.corpus.Add(std::move(article));
  };
  for (const std::filesystem::path& file : files.articles) {
    std::fprintf(stderr, "reading %s …\n", file.filename().c_str());
    RETURN_IF_ERROR(ReadArchive(file, files.archive, add, bad_line));
  }
  if (files.archive.corrections != nullptr) {
    for (LabelledArticle& article : files.archive.corrections->RestWithText()) {
      CompleteLanguage(files.archive, article);
      add(std::move(article));
    }
    std::fprintf(stderr, "%s\n", files.archive.corrections->Summary().c_str());
  }
  if (input.removed > 0) {
    std::fprintf(stderr, "%zu articles left out: held out, or nearly the same as one that is\n",
                 input.removed);
  }
  return input;
}

absl::Status ListBadLines(const std::vector<BadLine>& bad_lines,
                          const std::filesystem::path& path) {
  if (bad_lines.empty()) return absl::OkStatus();
  std::string list;
  for (const BadLine& line : bad_lines) {
    absl::StrAppend(&list, line.file.string(), ":", line.line, "\t", line.problem, "\n");
  }
  RETURN_IF_ERROR(WriteFileAtomically(path, list));
  std::fprintf(stderr, "%zu bad lines left out; listed in %s\n", bad_lines.size(), path.c_str());
  return absl::OkStatus();
}

}  // namespace rubricator

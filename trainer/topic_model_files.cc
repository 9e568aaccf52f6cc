#include "trainer/topic_model_files.h"

#include <algorithm>

#include "classifier/fasttext_model.h"
#include "classifier/status_macros.h"
#include "trainer/fasttext_writer.h"
#include "trainer/model_compiler.h"

namespace rubricator {
namespace {

RowMatrix CopyRows(const LinearModel& model, const std::vector<int32_t>& rows) {
  RowMatrix matrix;
  matrix.labels = model.labels;
  for (const int32_t row : rows) {
    const auto begin =
        model.rows.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(row) * model.labels);
    matrix.values.insert(matrix.values.end(), begin, begin + static_cast<ptrdiff_t>(model.labels));
  }
  return matrix;
}

FastTextWeights ToFastText(const FeatureSpace& space, const LinearModel& model,
                           const std::vector<TopicLabel>& labels) {
  FastTextWeights weights;
  for (const TopicLabel& label : labels) weights.labels.push_back({label.id, 1});
  std::vector<int32_t> rows;
  for (size_t row = 0; row < space.words().size(); ++row) {
    weights.words.push_back({space.words()[row], space.documents(row)});
    rows.push_back(static_cast<int32_t>(row));
  }
  weights.word_rows = CopyRows(model, rows);
  weights.word_ngrams = space.options().word_ngrams;
  weights.min_char_ngram = space.options().min_char_ngram;
  weights.max_char_ngram = space.options().max_char_ngram;
  weights.bucket_count = static_cast<int32_t>(space.options().buckets);
  rows.clear();
  for (uint32_t bucket = 0; bucket < space.options().buckets; ++bucket) {
    if (space.bucket_rows()[bucket] < 0) continue;
    weights.kept_buckets.push_back(static_cast<int32_t>(bucket));
    rows.push_back(space.bucket_rows()[bucket]);
  }
  weights.bucket_rows = CopyRows(model, rows);
  return weights;
}

}  // namespace

absl::Status WriteTopicModelFiles(const FeatureSpace& space, const LinearModel& model,
                                  const std::vector<TopicLabel>& labels,
                                  const std::filesystem::path& folder, const std::string& stem) {
  const std::filesystem::path ftz = folder / (stem + ".ftz");
  RETURN_IF_ERROR(WriteFastTextFtz(ToFastText(space, model, labels), ftz));
  ASSIGN_OR_RETURN(const BundleFile file, DescribeFile(ftz));
  ASSIGN_OR_RETURN(const auto reference, FastTextModel::Load(ftz, file.sha256));
  return CompileTopicModel(*reference, folder / (stem + ".rows"), {});
}

}  // namespace rubricator

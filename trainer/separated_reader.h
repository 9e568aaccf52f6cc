// Labelled articles from a table with a header: CSV as RFC 4180 says, or the same with tabs.
#ifndef RUBRICATOR_TRAINER_SEPARATED_READER_H_
#define RUBRICATOR_TRAINER_SEPARATED_READER_H_

#include <filesystem>
#include <functional>

#include "absl/status/status.h"
#include "trainer/archive_reader.h"

namespace rubricator {

// The first record names the columns. A bad line is a record with another number of fields, with
// characters after a closing quotation mark, with a quotation mark that nothing closes, invalid
// UTF-8, a date or label that cannot be used, or neither title nor body; its number is the record's
// first line. An article is labelled if there is a column of topics. Errors: NOT_FOUND no such
// file; INVALID_ARGUMENT no such column, or none for title and body; DATA_LOSS a record over
// kMaxLineBytes or a broken gzip stream.
absl::Status ReadSeparatedArticles(const std::filesystem::path& file, char separator,
                                   const ArchiveOptions& options,
                                   const std::function<void(LabelledArticle)>& article,
                                   const std::function<void(BadLine)>& bad_line);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_SEPARATED_READER_H_

// Labelled articles from WordPress' own export (Tools → Export): WXR, an RSS file with more in it.
#ifndef RUBRICATOR_TRAINER_WORDPRESS_READER_H_
#define RUBRICATOR_TRAINER_WORDPRESS_READER_H_

#include <filesystem>
#include <functional>

#include "absl/status/status.h"
#include "trainer/archive_reader.h"

namespace rubricator {

// Reads published items of options.post_types; others (drafts, pages, attachments) are passed over.
// The terms of options.terms become labels by their slug (`nicename`), which has no white space; an
// item without one is not labelled. Title and body stay HTML. A bad line is an item whose label or
// date cannot be used or that has neither title nor body; its number is the line where the item
// ends. Control characters that XML does not allow become spaces. Nothing is fetched, and a
// document with a DOCTYPE, where entities could be made to explode, is refused. Errors: NOT_FOUND
// no such file; DATA_LOSS no well-formed XML, a DOCTYPE, a text over 10 MB or a broken gzip stream.
absl::Status ReadWordPressArticles(const std::filesystem::path& file, const ArchiveOptions& options,
                                   const std::function<void(LabelledArticle)>& article,
                                   const std::function<void(BadLine)>& bad_line);

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_WORDPRESS_READER_H_

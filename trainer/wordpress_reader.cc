#include "trainer/wordpress_reader.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "trainer/article_date.h"
#include "trainer/byte_stream.h"

namespace rubricator {
namespace {

struct ReaderCloser {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

struct StringCloser {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

// What libxml2 reads from, and the first thing that went wrong.
struct Source {
  ByteStream stream;
  absl::Status status;
};

int ReadBytes(void* context, char* buffer, int size) {
  Source& source = *static_cast<Source*>(context);
  const auto count = source.stream.Read(buffer, static_cast<size_t>(size));
  if (!count.ok()) {
    source.status = count.status();
    return -1;
  }
  for (size_t i = 0; i < *count; ++i) {
    const auto byte = static_cast<unsigned char>(buffer[i]);
    if (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') buffer[i] = ' ';
  }
  return static_cast<int>(*count);
}

int Close(void*) { return 0; }

void KeepFirstError(void* context, const char* message, xmlParserSeverities,
                    xmlTextReaderLocatorPtr) {
  Source& source = *static_cast<Source*>(context);
  std::string text(message);
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (source.status.ok())
    source.status = absl::DataLossError(std::string(absl::StripAsciiWhitespace(text)));
}

std::string View(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

std::string Attribute(xmlTextReader* reader, const char* name) {
  const std::unique_ptr<xmlChar, StringCloser> value(
      xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>(name)));
  return View(value.get());
}

bool Contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// One <item>, filled as its elements come by.
class Item {
 public:
  explicit Item(const ArchiveOptions& options) : options_(options) {}

  void BeginElement(xmlTextReader* reader) {
    name_ = View(xmlTextReaderConstName(reader));
    text_.clear();
    if (name_ == "category" && Contains(options_.terms, Attribute(reader, "domain"))) {
      const absl::Status status =
          options_.labels.Append(Attribute(reader, "nicename"), article_.topics);
      if (!status.ok()) problem_ = absl::StrCat("category ", status.message());
    }
  }
  void AddText(const std::string& text) { text_ += text; }
  void EndElement() {
    if (name_ == "title") article_.title = std::move(text_);
    if (name_ == "content:encoded") article_.body = std::move(text_);
    if (name_ == "wp:post_id") article_.id = std::move(text_);
    if (name_ == "wp:post_type") type_ = std::move(text_);
    if (name_ == "wp:status") status_ = std::move(text_);
    if (name_ == "wp:post_date_gmt" && text_.rfind("0000", 0) != 0) {  // WordPress' "never"
      const auto date = ParseArticleDate(text_);
      if (date.ok()) article_.published_at = *date;
      if (!date.ok()) problem_ = "wp:post_date_gmt is no date";
    }
    name_.clear();
    text_.clear();
  }

  bool IsWanted() const { return Contains(options_.post_types, type_) && status_ == "publish"; }
  // Empty: the article is good.
  std::string Problem() const {
    return problem_.empty() && article_.title.empty() && article_.body.empty()
               ? "title and body are empty"
               : problem_;
  }
  LabelledArticle Take() {
    article_.is_labelled = !article_.topics.empty();
    return std::move(article_);
  }

 private:
  const ArchiveOptions& options_;
  LabelledArticle article_;
  std::string name_, text_, type_, status_, problem_;
};

// Walks the document and hands out its items.
class Walker {
 public:
  Walker(xmlTextReader* reader, const std::filesystem::path& file, const ArchiveOptions& options,
         const std::function<void(LabelledArticle)>& article,
         const std::function<void(BadLine)>& bad_line)
      : reader_(reader), file_(file), options_(options), article_(article), bad_line_(bad_line) {}

  // One node. Errors: DATA_LOSS a DOCTYPE.
  absl::Status Visit() {
    switch (xmlTextReaderNodeType(reader_)) {
      case XML_READER_TYPE_DOCUMENT_TYPE:
        return absl::DataLossError("a DOCTYPE, which no WordPress export has");
      case XML_READER_TYPE_ELEMENT:
        Begin();
        break;
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (item_ != nullptr) item_->AddText(View(xmlTextReaderConstValue(reader_)));
        break;
      case XML_READER_TYPE_END_ELEMENT:
        End();
        break;
      default:
        break;
    }
    return absl::OkStatus();
  }

 private:
  void Begin() {
    const int depth = xmlTextReaderDepth(reader_);
    if (item_ == nullptr && View(xmlTextReaderConstName(reader_)) == "item") {
      item_ = std::make_unique<Item>(options_);
      item_depth_ = depth;
    } else if (item_ != nullptr && depth == item_depth_ + 1) {
      item_->BeginElement(reader_);
    }
    if (xmlTextReaderIsEmptyElement(reader_) == 1) End();
  }
  void End() {
    if (item_ == nullptr) return;
    const int depth = xmlTextReaderDepth(reader_);
    if (depth == item_depth_ + 1) item_->EndElement();
    if (depth != item_depth_) return;
    if (item_->IsWanted()) {
      const std::string problem = item_->Problem();
      if (problem.empty()) article_(item_->Take());
      if (!problem.empty()) bad_line_({file_, Line(), problem});
    }
    item_ = nullptr;
  }
  size_t Line() const {
    return static_cast<size_t>(std::max(0, xmlTextReaderGetParserLineNumber(reader_)));
  }

  xmlTextReader* reader_;
  const std::filesystem::path& file_;
  const ArchiveOptions& options_;
  const std::function<void(LabelledArticle)>& article_;
  const std::function<void(BadLine)>& bad_line_;
  std::unique_ptr<Item> item_;
  int item_depth_ = 0;
};

}  // namespace

absl::Status ReadWordPressArticles(const std::filesystem::path& file, const ArchiveOptions& options,
                                   const std::function<void(LabelledArticle)>& article,
                                   const std::function<void(BadLine)>& bad_line) {
  ASSIGN_OR_RETURN(ByteStream stream, ByteStream::Open(file));
  Source source{std::move(stream), absl::OkStatus()};
  // No entity is replaced, no DTD loaded, and libxml2's limits on depth and length of texts hold.
  const std::unique_ptr<xmlTextReader, ReaderCloser> reader(xmlReaderForIO(
      ReadBytes, Close, &source, nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOWARNING));
  if (reader == nullptr) return absl::InternalError("libxml2 makes no reader");
  xmlTextReaderSetErrorHandler(reader.get(), KeepFirstError, &source);
  Walker walker(reader.get(), file, options, article, bad_line);
  int result = 1;
  while ((result = xmlTextReaderRead(reader.get())) == 1 && source.status.ok()) {
    source.status.Update(walker.Visit());
  }
  if (result == 0 && source.status.ok()) return absl::OkStatus();
  return absl::Status(
      source.status.ok() ? absl::StatusCode::kDataLoss : source.status.code(),
      absl::StrCat(file.string(), ":", xmlTextReaderGetParserLineNumber(reader.get()), ": ",
                   source.status.ok() ? "not well-formed XML" : source.status.message()));
}

}  // namespace rubricator

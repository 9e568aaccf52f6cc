#include "plugin/cli/article_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "plugin/cli/article_parsing.h"

namespace rubricator::cli {
namespace {

namespace fs = std::filesystem;

// A megabyte of body (the server's limit) with every character escaped as \uXXXX, and room for the
// rest.
constexpr size_t kMaxLineBytes = 8 << 20;
// A whole file is one article, or a JSON array of them.
constexpr uint64_t kMaxFileBytes = 64 << 20;
constexpr std::array<std::string_view, 5> kEndings = {".txt", ".html", ".htm", ".jsonl", ".ndjson"};

InputFormat FormatByEnding(const std::string& path) {
  const std::string ending = fs::path(path).extension().string();
  if (ending == ".html" || ending == ".htm") return InputFormat::kHtml;
  if (ending == ".jsonl" || ending == ".ndjson") return InputFormat::kJsonLines;
  return ending == ".json" ? InputFormat::kJson : InputFormat::kText;
}

InputFormat FormatByFirstCharacter(std::istream& input) {
  const int first = (input >> std::ws).peek();
  input.clear();
  if (first == '{') return InputFormat::kJsonLines;
  if (first == '[') return InputFormat::kJson;
  return first == '<' ? InputFormat::kHtml : InputFormat::kText;
}

enum class LineState { kRead, kTooLong, kEnd };

// Like std::getline, but for a line that would fill the memory: that is read to its end and
// dropped.
LineState GetLine(std::istream& input, std::string& line, uint64_t& bytes_read) {
  line.clear();
  std::streambuf& buffer = *input.rdbuf();
  bool too_long = false;
  for (int c = buffer.sbumpc();; c = buffer.sbumpc()) {
    if (c == std::char_traits<char>::eof()) {
      if (line.empty() && !too_long) return LineState::kEnd;
      break;
    }
    ++bytes_read;
    if (c == '\n') break;
    if (line.size() >= kMaxLineBytes) {
      too_long = true;
    } else {
      line += static_cast<char>(c);
    }
  }
  return too_long ? LineState::kTooLong : LineState::kRead;
}

std::string ReadUpTo(std::istream& input, size_t limit) {
  std::string content;
  std::array<char, 1 << 16> chunk;
  while (input && content.size() < limit) {
    input.read(chunk.data(), chunk.size());
    content.append(chunk.data(), static_cast<size_t>(input.gcount()));
  }
  return content;
}

bool IsBlank(const std::string& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

}  // namespace

ArticleReader::ArticleReader(const std::vector<std::string>& paths, Options options,
                             Complain complain)
    : options_(std::move(options)), complain_(std::move(complain)) {
  for (const std::string& path : paths) AddPath(path);
  for (const std::string& path : paths_) {
    std::error_code error;
    const bool is_file = path != "-" && fs::is_regular_file(path, error);
    const uint64_t size = is_file ? fs::file_size(path, error) : 0;
    if (path == "-" || (!is_file && fs::exists(path, error))) {
      bytes_total_ = 0;
      break;
    }
    bytes_total_ += size;
  }
}

void ArticleReader::AddPath(const std::string& path) {
  std::error_code error;
  if (path == "-" || !fs::is_directory(path, error)) {
    paths_.push_back(path);
    return;
  }
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    const std::string ending = entry.path().extension().string();
    if (std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end()) {
      found.push_back(entry.path().string());
    }
  }
  if (found.empty()) Fail(path, "no .txt, .html or .jsonl file in this folder");
  std::sort(found.begin(), found.end());
  paths_.insert(paths_.end(), found.begin(), found.end());
}

std::optional<InputArticle> ArticleReader::Next() {
  while (true) {
    if (!ready_.empty()) {
      InputArticle next = std::move(ready_.front());
      ready_.pop_front();
      if (next.article.id().empty()) next.article.set_id(next.place);
      if (next.article.language().empty()) next.article.set_language(options_.language);
      return next;
    }
    if (input_ == nullptr && !OpenNext()) return std::nullopt;
    if (input_ == nullptr) continue;
    if (format_ == InputFormat::kJsonLines) {
      if (auto read = ReadLine(); read.has_value()) ready_.push_back(*std::move(read));
    } else {
      ReadWholeFile();
    }
  }
}

// False when no path is left. A path that cannot be opened leaves input_ null.
bool ArticleReader::OpenNext() {
  if (paths_.empty()) return false;
  const std::string path = std::move(paths_.front());
  paths_.pop_front();
  line_ = 0;
  if (path == "-") {
    name_ = "stdin";
    input_ = &std::cin;
    format_ = options_.format == InputFormat::kDetect ? FormatByFirstCharacter(std::cin)
                                                      : options_.format;
    return true;
  }
  name_ = path;
  format_ = options_.format == InputFormat::kDetect ? FormatByEnding(path) : options_.format;
  file_ = std::ifstream(path, std::ios::binary);
  if (!file_) {
    Fail(path, std::strerror(errno));
    return true;
  }
  input_ = &file_;
  return true;
}

std::optional<InputArticle> ArticleReader::ReadLine() {
  std::string text;
  const LineState state = GetLine(*input_, text, bytes_read_);
  if (state == LineState::kEnd) {
    input_ = nullptr;
    return std::nullopt;
  }
  const std::string place = absl::StrCat(name_, ":", ++line_);
  if (state == LineState::kTooLong) {
    Fail(place, absl::StrCat("line is over ", kMaxLineBytes, " bytes"));
    return std::nullopt;
  }
  if (IsBlank(text)) return std::nullopt;
  auto article = ParseJsonObject(text);
  if (!article.ok()) {
    Fail(place, std::string(article.status().message()));
    return std::nullopt;
  }
  return InputArticle{*std::move(article), place};
}

void ArticleReader::ReadWholeFile() {
  const std::string content = ReadUpTo(*input_, kMaxFileBytes + 1);
  const bool is_broken = input_->bad();
  input_ = nullptr;
  bytes_read_ += content.size();
  if (is_broken) return Fail(name_, "cannot be read");
  if (content.size() > kMaxFileBytes) {
    return Fail(name_, absl::StrCat("file is over ", kMaxFileBytes, " bytes"));
  }
  if (format_ == InputFormat::kHtml) {
    ready_.push_back({ParseHtml(content), name_});
  } else if (format_ == InputFormat::kText) {
    ready_.push_back({ParseText(content), name_});
  } else {
    std::vector<absl::StatusOr<v1::Article>> articles = ParseJsonFile(content);
    for (size_t i = 0; i < articles.size(); ++i) {
      const std::string place = articles.size() == 1 ? name_ : absl::StrCat(name_, "[", i, "]");
      if (articles[i].ok()) {
        ready_.push_back({*std::move(articles[i]), place});
      } else {
        Fail(place, std::string(articles[i].status().message()));
      }
    }
  }
}

void ArticleReader::Fail(const std::string& place, const std::string& problem) {
  ++failed_;
  complain_(absl::StrCat(place, ": ", problem));
}

}  // namespace rubricator::cli

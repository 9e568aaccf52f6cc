#include "plugin/cli/article_parsing.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "classifier/absl_view.h"
#include "classifier/plain_text.h"
#include "classifier/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "nlohmann/json.hpp"
#include "plugin/cli/display_text.h"

namespace rubricator::cli {
namespace {

using nlohmann::json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view WithoutMark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

// Takes the first line off `text`, without its line end.
std::string_view TakeLine(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

struct Element {
  size_t begin, end;  // tags included
};

// The first <name …>…</name> of `html`, whatever the case of its letters.
std::optional<Element> FindElement(std::string_view html, std::string_view name) {
  std::string lower(html);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const std::string opening = absl::StrCat("<", AsAbsl(name));
  const std::string closing = absl::StrCat("</", AsAbsl(name), ">");
  const size_t begin = lower.find(opening);
  if (begin == std::string::npos) return std::nullopt;
  const size_t after_name = begin + opening.size();
  const bool is_whole_name =
      after_name < lower.size() && (lower[after_name] == '>' || lower[after_name] == ' ' ||
                                    lower[after_name] == '\n' || lower[after_name] == '\t');
  const size_t close = lower.find(closing, begin);
  if (!is_whole_name || close == std::string::npos) return std::nullopt;
  return Element{begin, close + closing.size()};
}

std::string TextOf(std::string_view element) {
  const auto text = PlainText::FromHtml(element);
  return OneLine(text.ok() ? std::string_view(text->text()) : element);
}

absl::Status WrongType(const std::string& name, std::string_view wanted) {
  return absl::InvalidArgumentError(absl::StrCat("\"", name, "\" is not ", AsAbsl(wanted)));
}

absl::Status SetFormat(const std::string& text, v1::Article& article) {
  static const std::map<std::string, v1::TextFormat> kFormats = {
      {"TEXT_FORMAT_PLAIN", v1::TEXT_FORMAT_PLAIN},
      {"plain", v1::TEXT_FORMAT_PLAIN},
      {"TEXT_FORMAT_HTML", v1::TEXT_FORMAT_HTML},
      {"html", v1::TEXT_FORMAT_HTML},
      {"TEXT_FORMAT_UNSPECIFIED", v1::TEXT_FORMAT_UNSPECIFIED}};
  const auto found = kFormats.find(text);
  if (found == kFormats.end()) return WrongType("format", "\"plain\" or \"html\"");
  article.set_format(found->second);
  return absl::OkStatus();
}

// Reads one field; fields that an Article has not are ignored.
absl::Status SetField(const std::string& name, const json& value, v1::Article& article) {
  static const std::map<std::string, void (v1::Article::*)(std::string &&)> kSetters = {
      {"id", &v1::Article::set_id},     {"title", &v1::Article::set_title},
      {"body", &v1::Article::set_body}, {"language", &v1::Article::set_language},
      {"url", &v1::Article::set_url},   {"source", &v1::Article::set_source}};
  const bool is_time = name == "published_at" || name == "publishedAt";
  const auto setter = kSetters.find(name);
  if (value.is_null() || (!is_time && name != "format" && setter == kSetters.end())) {
    return absl::OkStatus();
  }
  if (name == "id" && value.is_number()) {
    article.set_id(value.dump());
    return absl::OkStatus();
  }
  if (!value.is_string()) return WrongType(name, "a string");
  std::string text = value.get<std::string>();
  if (name == "format") return SetFormat(text, article);
  if (setter != kSetters.end()) {
    (article.*(setter->second))(std::move(text));
  } else if (!google::protobuf::util::TimeUtil::FromString(text, article.mutable_published_at())) {
    return WrongType(name, "an RFC 3339 time (2026-11-22T09:00:00Z)");
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Article> ToArticle(const json& object) {
  if (!object.is_object()) return absl::InvalidArgumentError("not a JSON object");
  v1::Article article;
  for (const auto& [name, value] : object.items()) RETURN_IF_ERROR(SetField(name, value, article));
  return article;
}

absl::StatusOr<json> ParseJson(std::string_view content) {
  try {
    return json::parse(content);
  } catch (const json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 7: …": from the place on.
    const std::string_view what = error.what();
    const size_t place = std::min(what.find("at line"), what.size());
    const std::string_view rest = place < what.size() ? what.substr(place) : what;
    return absl::InvalidArgumentError(
        absl::StrCat("not JSON ", OneLine(rest.substr(0, rest.find("last read")))));
  }
}

}  // namespace

v1::Article ParseText(std::string_view content) {
  content = WithoutMark(content);
  std::string_view rest = content;
  const std::string_view title = TakeLine(rest);
  const bool is_headed = !rest.empty() && TakeLine(rest).empty();
  v1::Article article;
  if (is_headed) article.set_title(std::string(title));
  article.set_body(std::string(is_headed ? rest : content));
  article.set_format(v1::TEXT_FORMAT_PLAIN);
  return article;
}

v1::Article ParseHtml(std::string_view content) {
  content = WithoutMark(content);
  v1::Article article;
  article.set_format(v1::TEXT_FORMAT_HTML);
  if (const auto heading = FindElement(content, "h1"); heading.has_value()) {
    article.set_title(TextOf(content.substr(heading->begin, heading->end - heading->begin)));
    article.set_body(absl::StrCat(AsAbsl(content.substr(0, heading->begin)),
                                  AsAbsl(content.substr(heading->end))));
    return article;
  }
  if (const auto title = FindElement(content, "title"); title.has_value()) {
    std::string_view inner = content.substr(title->begin, title->end - title->begin);
    inner = inner.substr(inner.find('>') + 1);
    article.set_title(TextOf(inner.substr(0, inner.rfind("</"))));
  }
  article.set_body(std::string(content));
  return article;
}

absl::StatusOr<v1::Article> ParseJsonObject(std::string_view content) {
  ASSIGN_OR_RETURN(const json value, ParseJson(WithoutMark(content)));
  return ToArticle(value);
}

std::vector<absl::StatusOr<v1::Article>> ParseJsonFile(std::string_view content) {
  const absl::StatusOr<json> value = ParseJson(WithoutMark(content));
  if (!value.ok()) return {value.status()};
  if (!value->is_array()) return {ToArticle(*value)};
  std::vector<absl::StatusOr<v1::Article>> articles;
  for (const json& element : *value) articles.push_back(ToArticle(element));
  return articles;
}

}  // namespace rubricator::cli

#include "plugin/cli/evidence_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "classifier/plain_text.h"
#include "plugin/cli/analysis_table.h"
#include "plugin/cli/display_text.h"

namespace rubricator::cli {
namespace {

constexpr size_t kIndent = 4;
constexpr size_t kNumberWidth = 6;  // "+0.123"
constexpr size_t kContextBytes = 400;
constexpr char kStandIn = '|';  // for the marked words, so that the space beside them stays

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// A field of the article as it was read, and the way from offsets in what was sent.
class ReadField {
 public:
  ReadField(const std::string& source, bool is_html) : text_(PlainText::FromPlain(source)) {
    if (!is_html) return;
    auto parsed = PlainText::FromHtml(source);
    if (parsed.ok()) text_ = *std::move(parsed);
  }

  const std::string& text() const { return text_.text(); }

  // First offset of text() that came from `source_offset` or after it.
  size_t OffsetOf(size_t source_offset) const {
    size_t low = 0;
    size_t high = text().size();
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      const bool is_before = text_.SourceSpan(middle, middle + 1).first < source_offset;
      (is_before ? low : high) = is_before ? middle + 1 : middle;
    }
    return low;
  }

 private:
  PlainText text_;
};

// The text before `offset` on one line, with the space that parts it from what follows.
std::string Before(const std::string& text, size_t offset) {
  size_t begin = offset - std::min(offset, kContextBytes);
  while (begin < offset && IsContinuation(text[begin])) ++begin;
  std::string line = OneLine(text.substr(begin, offset - begin) + kStandIn);
  line.pop_back();
  return line;
}

std::string After(const std::string& text, size_t offset) {
  size_t end = std::min(text.size(), offset + kContextBytes);
  while (end > offset && end < text.size() && IsContinuation(text[end])) --end;
  return OneLine(kStandIn + text.substr(offset, end - offset)).substr(1);
}

class Concordance {
 public:
  Concordance(const v1::Article& article, const Terminal& terminal)
      : terminal_(terminal),
        title_(article.title(), IsHtml(article)),
        body_(article.body(), IsHtml(article)),
        side_((terminal.columns() - kIndent - kNumberWidth - 2) * 2 / 5) {}

  std::string Line(const v1::Evidence& evidence) const {
    const ReadField& field = evidence.field() == v1::ARTICLE_FIELD_TITLE ? title_ : body_;
    const size_t begin = field.OffsetOf(evidence.begin());
    const size_t end = std::max(begin, field.OffsetOf(evidence.end()));
    const size_t room = terminal_.columns() - kIndent - kNumberWidth - 2 - side_;
    const std::string mark = CutTo(OneLine(field.text().substr(begin, end - begin)), room - 2);
    const size_t rest = room - std::min(room, DisplayWidth(mark) + 2);  // 2: the brackets of [mark]
    return absl::StrCat(
        std::string(kIndent, ' '),
        terminal_.Styled(absl::StrFormat("%+*.2f", kNumberWidth, evidence.contribution()),
                         Style::kDim),
        "  ", PadTo(CutFromLeft(Before(field.text(), begin), side_), side_, /*to_right=*/true),
        terminal_.Styled(mark, Style::kMark), rest > 1 ? CutTo(After(field.text(), end), rest) : "",
        "\n");
  }

 private:
  static bool IsHtml(const v1::Article& article) {
    return article.format() == v1::TEXT_FORMAT_HTML ||
           (article.format() == v1::TEXT_FORMAT_UNSPECIFIED && LooksLikeHtml(article.body()));
  }

  const Terminal& terminal_;
  const ReadField title_;
  const ReadField body_;
  const size_t side_;  // columns before the marked words
};

template <typename Label>
std::string Section(const Label& label, const std::string& name, const Concordance& concordance,
                    size_t most, const Terminal& terminal) {
  std::string section = absl::StrCat("  ", terminal.Styled(OneLine(name), Style::kBold), " ",
                                     terminal.Styled(absl::StrFormat("%.2f", label.confidence()),
                                                     ConfidenceStyle(label.confidence())),
                                     "\n");
  const size_t pieces = static_cast<size_t>(label.evidence_size());
  for (size_t i = 0; i < std::min(pieces, most); ++i) {
    section += concordance.Line(label.evidence(static_cast<int>(i)));
  }
  if (pieces > most) {
    const std::string rest = absl::StrCat("and ", pieces - most, " more");
    absl::StrAppend(&section, std::string(kIndent, ' '), terminal.Styled(rest, Style::kDim), "\n");
  }
  return section;
}

}  // namespace

std::string EvidenceView(const v1::Article& article, const v1::Analysis& analysis, size_t most,
                         const Terminal& terminal) {
  const Concordance concordance(article, terminal);
  std::string view;
  for (const v1::Topic& topic : analysis.topics()) {
    view += Section(topic, topic.display_name(), concordance, most, terminal);
  }
  for (const v1::Region& region : analysis.regions()) {
    const bool in_focus = region.role() == v1::REGION_ROLE_FOCUS;
    const std::string name =
        absl::StrCat(region.display_name(), " (", region.code(), in_focus ? ")" : ", mentioned)");
    view += Section(region, name, concordance, most, terminal);
  }
  return view;
}

}  // namespace rubricator::cli

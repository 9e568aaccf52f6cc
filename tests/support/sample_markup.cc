#include "tests/support/sample_markup.h"

#include <array>
#include <random>
#include <string_view>

namespace rubricator::testing {
namespace {

constexpr std::array<std::string_view, 25> kTexts = {
    "слово", " ",      "\n",    "\n\n",     "a b",          "ёлка\nзима",
    " \t\n", "&nbsp;", "&amp;", "&laquo;",  "&#8212;",      "&#x41;",
    "&lt;",  "— да",   "x",     "&notname", "a & b",        "1 < 2",
    ">",     "\r\n",   "\xFF",  "\xF1\xB5", "\xEF\xBF\xBE", "\xF0\x9F\x98\x80",
    "&quot;"};
constexpr std::array<std::string_view, 16> kBlocks = {
    "p",  "h2", "div", "blockquote", "figure", "figcaption", "h3", "section",
    "ul", "ol", "li",  "article",    "pre",    "table",      "td", "header"};
constexpr std::array<std::string_view, 14> kInlines = {"a",    "b",    "i",    "em",   "strong",
                                                       "span", "u",    "code", "cite", "strike",
                                                       "sub",  "mark", "time", "font"};
constexpr std::array<std::string_view, 7> kEmpty = {
    "br", "hr", "img src=\"a.png\"", "br /", "img alt='x'/", "br/", "hr class=\"a\""};
constexpr std::array<std::string_view, 9> kAttributes = {"",
                                                         "",
                                                         "",
                                                         " class=\"x y\"",
                                                         " href='a>b'",
                                                         " data-x=\"&amp;<\"",
                                                         " id=x",
                                                         " hidden",
                                                         " a=\"1\" b='2'\n c"};
constexpr std::array<std::string_view, 6> kComments = {
    "<!-- wp:paragraph -->", "<!-- /wp:x {\"a\":1} -->", "<!---->", "<!-- a -- b -->", "<!-- - -->",
    "<!doctype html>"};

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}

  std::string Make() {
    AddContent(0);
    if (Chance(20) && !html_.empty()) html_.insert(random_() % html_.size(), Pick(kTexts));
    if (Chance(30) && !html_.empty()) html_.erase(random_() % html_.size(), 1 + random_() % 6);
    return html_;
  }

 private:
  template <size_t N>
  std::string_view Pick(const std::array<std::string_view, N>& choices) {
    return choices[random_() % N];
  }
  bool Chance(uint64_t one_in) { return random_() % one_in == 0; }

  void AddContent(int depth) {
    for (uint64_t parts = 1 + random_() % 5; parts > 0; --parts) {
      switch (random_() % 10) {
        case 0:
          html_ += Pick(kComments);
          break;
        case 1:
          html_.append("<").append(Pick(kEmpty)).append(">");
          break;
        case 2:
        case 3:
        case 4:
          AddElement(Pick(kBlocks), depth);
          break;
        case 5:
          AddElement(Pick(kInlines), depth);
          break;
        case 6:
          AddLongText();
          break;
        default:
          html_ += Pick(kTexts);
      }
    }
  }

  void AddElement(std::string_view name, int depth) {
    if (depth > 5) return;
    html_.append("<").append(name).append(Pick(kAttributes)).append(">");
    AddContent(depth + 1);
    if (!Chance(25)) html_.append("</").append(name).append(">");
  }

  // Sometimes longer than what libxml2 reports at once.
  void AddLongText() {
    const uint64_t words = Chance(12) ? 200 : 6;
    for (uint64_t i = 0; i < words; ++i)
      html_ += i % 37 == 36 ? "конец.\n\n" : i % 11 == 10 ? "слово\n" : "речь ";
  }

  std::mt19937_64 random_;
  std::string html_;
};

}  // namespace

std::string SampleMarkup(uint64_t seed) { return Maker(seed).Make(); }

}  // namespace rubricator::testing

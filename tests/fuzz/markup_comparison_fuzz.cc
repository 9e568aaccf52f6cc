// Any bytes as HTML: where the short way takes them, libxml2 gives the same text and the same
// places.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>

#include "classifier/plain_markup.h"
#include "classifier/tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using rubricator::PlainText;
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const std::optional<PlainText> shortly = rubricator::ReadPlainMarkup(html);
  if (!shortly.has_value()) return 0;
  const auto thoroughly = PlainText::FromHtmlThoroughly(html);
  bool same = thoroughly.ok() && thoroughly->text() == shortly->text();
  rubricator::TokenizedText tokens, tokens_thoroughly;
  rubricator::Tokenize(shortly->text(), tokens);
  rubricator::TokenizeThoroughly(shortly->text(), tokens_thoroughly);
  same = same && tokens.forms() == tokens_thoroughly.forms();
  for (size_t i = 0; same && i < tokens.size(); ++i) {
    const rubricator::Token& token = tokens.tokens()[i];
    same = shortly->SourceSpan(token.begin, token.end) ==
           thoroughly->SourceSpan(token.begin, token.end);
  }
  if (same) return 0;
  std::cerr << "short: [" << shortly->text() << "]\nlibxml2: ["
            << (thoroughly.ok() ? thoroughly->text() : thoroughly.status().ToString()) << "]\n";
  std::abort();
}

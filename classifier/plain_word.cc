#include "classifier/plain_word.h"

#include <string>

namespace rubricator {
namespace {

std::array<PlainCharacter, kTabledCodePoints> MakeCharacters() {
  std::array<PlainCharacter, kTabledCodePoints> characters;
  for (char32_t c = 0; c < kTabledCodePoints; ++c) {
    const CharTraits& traits = TraitsTable()[c];
    PlainCharacter& character = characters[c];
    character.ends_word =
        traits.char_class != CharClass::kWord && traits.char_class != CharClass::kIgnored;
    if (traits.char_class != CharClass::kWord || !traits.is_simple) continue;
    std::string form;
    AppendUtf8(traits.lower, form);
    if (form.size() != (c < 0x80 ? 1 : 2)) continue;
    character.is_letter = true;
    form.copy(character.form.data(), form.size());
    character.counts = 1U | (traits.is_cased ? 1U << PlainCharacter::kCasedBit : 0U) |
                       (traits.is_upper ? 1U << PlainCharacter::kUpperBit : 0U);
  }
  return characters;
}

}  // namespace

const std::array<PlainCharacter, kTabledCodePoints>& PlainCharacters() {
  static const std::array<PlainCharacter, kTabledCodePoints> kCharacters = MakeCharacters();
  return kCharacters;
}

}  // namespace rubricator

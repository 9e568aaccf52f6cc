// Finds the words of a compiled model's dictionary.
#ifndef RUBRICATOR_CLASSIFIER_WORD_TABLE_H_
#define RUBRICATOR_CLASSIFIER_WORD_TABLE_H_

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "classifier/compiled_model_layout.h"
#include "classifier/compiled_model_view.h"
#include "classifier/row_block.h"

namespace rubricator {

// Open addressing with linear probing. Borrows the file's bytes. What they hold is not trusted: a
// slot that names text or a row beyond its section matches no word.
class WordTable {
 public:
  explicit WordTable(const CompiledModelView& view)
      : slots_(view.slots),
        text_(view.text),
        rows_(view.word_rows),
        max_probes_(view.header->max_probes) {}

  // Asks the memory for the slot where a word of this hash would stand.
  [[gnu::always_inline]] void PrefetchSlot(uint32_t hash) const {
    __builtin_prefetch(&slots_[FirstSlot(hash)]);
  }

  // Asks the memory for the text and the row that this slot names, if it names any: a prefetch
  // never faults.
  [[gnu::always_inline]] void PrefetchRow(uint32_t hash) const {
    const compiled_model::WordSlot& slot = slots_[FirstSlot(hash)];
    PrefetchAt(text_.data(), slot.text_offset);
    PrefetchAt(rows_.rows, uint64_t{slot.row} * rows_.row_bytes);
  }

  // The slot of a word, or null. Its row is inside rows().
  const compiled_model::WordSlot* Find(uint32_t hash, std::string_view word) const {
    const auto mask = static_cast<uint32_t>(slots_.size() - 1);
    uint32_t place = FirstSlot(hash);
    for (uint32_t probe = 0; probe < max_probes_; ++probe, place = (place + 1) & mask) {
      const compiled_model::WordSlot& slot = slots_[place];
      if (slot.row == compiled_model::kNoRow) return nullptr;
      if (slot.hash == hash && HasText(slot, word) && slot.row < rows_.count) return &slot;
    }
    return nullptr;
  }

  const RowBlock& rows() const { return rows_; }

 private:
  uint32_t FirstSlot(uint32_t hash) const {
    return compiled_model::FirstSlot(hash, static_cast<uint32_t>(slots_.size()));
  }

  bool HasText(const compiled_model::WordSlot& slot, std::string_view word) const {
    if (slot.text_bytes != word.size() || slot.text_offset > text_.size() ||
        text_.size() - slot.text_offset < word.size()) {
      return false;
    }
    return SameBytes(text_.data() + slot.text_offset, word.data(), word.size());
  }

  // Not by pointer arithmetic, which must stay inside the file.
  [[gnu::always_inline]] static void PrefetchAt(const void* begin, uint64_t offset) {
    __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(begin) + offset));
  }

  template <typename Number>
  static Number Load(const char* bytes) {
    Number number;
    std::memcpy(&number, bytes, sizeof(number));
    return number;
  }

  // Words are short: two loads from either end cover most, without a loop to mispredict.
  static bool SameBytes(const char* a, const char* b, size_t size) {
    if (size < 4) {
      for (size_t i = 0; i < size; ++i) {
        if (a[i] != b[i]) return false;
      }
      return true;
    }
    if (size < 8) {
      return ((Load<uint32_t>(a) ^ Load<uint32_t>(b)) |
              (Load<uint32_t>(a + size - 4) ^ Load<uint32_t>(b + size - 4))) == 0;
    }
    const uint64_t ends = (Load<uint64_t>(a) ^ Load<uint64_t>(b)) |
                          (Load<uint64_t>(a + size - 8) ^ Load<uint64_t>(b + size - 8));
    if (size <= 16 || ends != 0) return ends == 0;
    return std::memcmp(a + 8, b + 8, size - 16) == 0;
  }

  std::span<const compiled_model::WordSlot> slots_;
  std::string_view text_;
  RowBlock rows_;
  uint32_t max_probes_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_WORD_TABLE_H_

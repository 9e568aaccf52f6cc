// Finds the words of a compiled model's dictionary.
#ifndef RUBRICATOR_CLASSIFIER_WORD_TABLE_H_
#define RUBRICATOR_CLASSIFIER_WORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "classifier/compiled_model_layout.h"
#include "classifier/compiled_model_view.h"
#include "classifier/fasttext_hash.h"
#include "classifier/row_block.h"

namespace rubricator {

// Open addressing with linear probing. Borrows the file's bytes. What they hold is not trusted: a
// slot that names a row beyond the block matches no word.
class WordTable {
 public:
  explicit WordTable(const CompiledModelView& view)
      : slots_(view.slots), rows_(view.word_rows), max_probes_(view.header->max_probes) {}

  // Asks the memory for the slot where a word of this hash would stand.
  [[gnu::always_inline]] void PrefetchSlot(uint32_t hash) const {
    __builtin_prefetch(&slots_[FirstSlot(hash)]);
  }

  // Asks the memory for the row that this slot names, if it names any: a prefetch never faults, but
  // pointer arithmetic must stay inside the file.
  [[gnu::always_inline]] void PrefetchRow(uint32_t hash) const {
    const uint64_t offset = uint64_t{slots_[FirstSlot(hash)].row} * rows_.row_bytes;
    __builtin_prefetch(
        reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(rows_.rows) + offset));
  }

  // The slot of a word of `word_bytes`, or null. Its row is inside rows().
  const compiled_model::WordSlot* Find(WordHashes word, size_t word_bytes) const {
    const auto mask = static_cast<uint32_t>(slots_.size() - 1);
    const auto size = static_cast<uint16_t>(word_bytes);
    uint32_t place = FirstSlot(word.fasttext);
    for (uint32_t probe = 0; probe < max_probes_; ++probe, place = (place + 1) & mask) {
      const compiled_model::WordSlot& slot = slots_[place];
      if (slot.row >= rows_.count) return nullptr;
      const uint32_t difference = (slot.hash ^ word.fasttext) |
                                  (slot.fingerprint ^ word.fingerprint) |
                                  static_cast<uint32_t>(slot.word_bytes ^ size);
      if (difference == 0) return &slot;
    }
    return nullptr;
  }

  const RowBlock& rows() const { return rows_; }

 private:
  uint32_t FirstSlot(uint32_t hash) const {
    return compiled_model::FirstSlot(hash, static_cast<uint32_t>(slots_.size()));
  }

  std::span<const compiled_model::WordSlot> slots_;
  RowBlock rows_;
  uint32_t max_probes_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CLASSIFIER_WORD_TABLE_H_

// The features that fastText sees in a line, numbered by the rows of its input matrix.
#ifndef RUBRICATOR_TRAINER_FEATURE_SPACE_H_
#define RUBRICATOR_TRAINER_FEATURE_SPACE_H_

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rubricator {

struct FeatureOptions {
  // characters of a word with its borders, "<слово>"; 0 in both: no subwords
  int min_char_ngram = 3;
  int max_char_ngram = 5;
  int word_ngrams = 2;         // 1 or 2
  uint32_t buckets = 1 << 21;  // of the hash; only those kept below become rows
  int min_word_documents = 3;  // rarer features have no row
  int min_char_documents = 5;
  int min_pair_documents = 4;
};

enum class FeatureKind : uint8_t { kEnd, kWord, kCharNgram, kWordPair };

// A text as the numbers of its words in a FeatureSpace.
using WordIds = std::vector<uint32_t>;

// Counts the features of a corpus, then numbers those that are frequent enough: the end of the line
// (row 0), words by frequency, buckets by number. Two passes: Count() each text, then Freeze(),
// then the rest.
class FeatureSpace {
 public:
  explicit FeatureSpace(const FeatureOptions& options);

  // Adds a text (normalised words) to the document frequencies and returns its words' numbers.
  WordIds Count(const std::vector<std::string_view>& words);
  // Numbers the rows and gives back the memory that only counting needs: Count() must not be called
  // again.
  void Freeze();

  // The text of a word by the number that Count() gave it.
  std::string_view WordText(uint32_t id) const { return texts_[id]; }

  // Rows of a text, with repetitions, in fastText's order of counting; needs Freeze().
  void AppendRows(std::span<const uint32_t> words, std::vector<int32_t>& rows) const;
  // How many rows fastText would count: those of AppendRows().
  size_t row_count() const { return kinds_.size(); }

  const FeatureOptions& options() const { return options_; }
  FeatureKind kind(size_t row) const { return kinds_[row]; }
  uint32_t documents(size_t row) const { return documents_[row]; }
  uint32_t total_documents() const { return total_documents_; }
  // Words with a row of their own; words()[i] has row i, words()[0] is "</s>".
  const std::vector<std::string>& words() const { return words_; }
  // Row of each bucket, -1 for none; options().buckets of them.
  const std::vector<int32_t>& bucket_rows() const { return bucket_rows_; }

  // Drops rows: `keep[row]` false. Row 0 stays. Returns each old row's new number, -1 for none.
  std::vector<int32_t> Prune(const std::vector<bool>& keep);

 private:
  struct WordEntry {
    int32_t hash = 0;
    uint32_t documents = 0;
    uint32_t last_document = 0;
  };
  // An archive has millions of words: what they own stands in one array, each word's from `begins`
  // on.
  template <typename T>
  struct Lists {
    std::vector<size_t> begins = {0};
    std::vector<T> values;

    std::span<const T> operator[](size_t i) const {
      return std::span(values).subspan(begins[i], begins[i + 1] - begins[i]);
    }
    void EndList() { begins.push_back(values.size()); }
  };
  uint32_t IdOf(std::string_view word);
  uint32_t PairBucket(int32_t first, int32_t second) const;
  void ListRows(const std::vector<int32_t>& word_rows);

  FeatureOptions options_;
  std::deque<std::string> texts_;                       // by word number
  std::unordered_map<std::string_view, uint32_t> ids_;  // views of texts_; empty after Freeze()
  std::vector<WordEntry> entries_;
  Lists<uint32_t>
      word_buckets_;  // of a word's character n-grams, with repetitions; empty after Freeze()
  Lists<int32_t> rows_of_word_;                                                    // after Freeze()
  std::vector<uint32_t> char_documents_, char_last_, pair_documents_, pair_last_;  // by bucket
  uint32_t total_documents_ = 0;
  std::vector<std::string> words_;
  std::vector<int32_t> bucket_rows_;
  std::vector<FeatureKind> kinds_;
  std::vector<uint32_t> documents_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_FEATURE_SPACE_H_

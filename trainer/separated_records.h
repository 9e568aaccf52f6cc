// The records of a CSV or TSV file, one by one.
#ifndef RUBRICATOR_TRAINER_SEPARATED_RECORDS_H_
#define RUBRICATOR_TRAINER_SEPARATED_RECORDS_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "trainer/byte_stream.h"

namespace rubricator {

class SeparatedRecords {
 public:
  struct Record {
    size_t line = 0;  // its first, from 1
    std::vector<std::string> fields;
    std::string problem;  // why it cannot be used; empty: good
  };

  // Errors: NOT_FOUND no such file.
  static absl::StatusOr<SeparatedRecords> Open(const std::filesystem::path& file, char separator,
                                               bool has_quotes);

  // The next record that is no blank line; false: the end. Errors: DATA_LOSS a record over
  // kMaxLineBytes, or a broken gzip stream.
  absl::StatusOr<bool> Next(Record& record);

 private:
  enum class State { kFieldBegin, kPlain, kQuoted, kAfterQuote };
  SeparatedRecords(std::string name, ByteStream stream, char separator, bool has_quotes)
      : name_(std::move(name)),
        stream_(std::move(stream)),
        separator_(separator),
        has_quotes_(has_quotes) {}
  absl::StatusOr<bool> NextByte(char& byte);
  // False: the byte is not between quotation marks, nor one of them.
  bool TakeQuoted(char byte, std::string& field);
  // False: the byte ended the record.
  bool Take(char byte, Record& record);
  absl::StatusOr<bool> ReadOne(Record& record);

  std::string name_;
  ByteStream stream_;
  char separator_;
  bool has_quotes_;
  std::string buffer_;
  size_t position_ = 0;
  size_t line_ = 1;
  size_t record_bytes_ = 0;
  State state_ = State::kFieldBegin;
};

}  // namespace rubricator

#endif  // RUBRICATOR_TRAINER_SEPARATED_RECORDS_H_

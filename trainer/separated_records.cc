#include "trainer/separated_records.h"

#include "absl/strings/str_cat.h"
#include "classifier/status_macros.h"
#include "trainer/article_reader.h"

namespace rubricator {
namespace {

constexpr size_t kBufferBytes = 1 << 16;

}  // namespace

absl::StatusOr<SeparatedRecords> SeparatedRecords::Open(const std::filesystem::path& file,
                                                        char separator, bool has_quotes) {
  ASSIGN_OR_RETURN(ByteStream stream, ByteStream::Open(file));
  SeparatedRecords records(file.string(), std::move(stream), separator, has_quotes);
  char byte = 0;
  ASSIGN_OR_RETURN(const bool has_any, records.NextByte(byte));
  if (has_any) records.position_ = records.buffer_.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0;
  return records;
}

absl::StatusOr<bool> SeparatedRecords::NextByte(char& byte) {
  if (position_ == buffer_.size()) {
    buffer_.resize(kBufferBytes);
    ASSIGN_OR_RETURN(const size_t count, stream_.Read(buffer_.data(), buffer_.size()));
    buffer_.resize(count);
    position_ = 0;
    if (count == 0) return false;
  }
  byte = buffer_[position_++];
  return true;
}

bool SeparatedRecords::TakeQuoted(char byte, std::string& field) {
  if (state_ == State::kQuoted && byte == '"') {
    state_ = State::kAfterQuote;
    return true;
  }
  const bool is_doubled = state_ == State::kAfterQuote && byte == '"';  // stands for itself
  if (state_ != State::kQuoted && !is_doubled) return false;
  field.push_back(byte);
  state_ = State::kQuoted;
  return true;
}

bool SeparatedRecords::Take(char byte, Record& record) {
  if (byte == '\n') ++line_;
  std::string& field = record.fields.back();
  if (TakeQuoted(byte, field)) return true;
  if (byte == separator_) {
    record.fields.emplace_back();
    state_ = State::kFieldBegin;
    return true;
  }
  if (byte == '\n') {
    if (state_ == State::kPlain && !field.empty() && field.back() == '\r') field.pop_back();
    return false;
  }
  if (state_ == State::kAfterQuote) {
    if (byte != '\r') record.problem = "characters stand after a closing quotation mark";
    return true;
  }
  if (state_ == State::kFieldBegin && byte == '"' && has_quotes_) {
    state_ = State::kQuoted;
    return true;
  }
  field.push_back(byte);
  state_ = State::kPlain;
  return true;
}

absl::StatusOr<bool> SeparatedRecords::ReadOne(Record& record) {
  record.line = line_;
  record.fields.assign(1, "");
  record.problem.clear();
  record_bytes_ = 0;
  state_ = State::kFieldBegin;
  char byte = 0;
  while (true) {
    ASSIGN_OR_RETURN(const bool has_byte, NextByte(byte));
    if (!has_byte) {
      if (state_ == State::kQuoted) record.problem = "a quotation mark is never closed";
      return record_bytes_ > 0;
    }
    if (++record_bytes_ > kMaxLineBytes) {
      return absl::DataLossError(absl::StrCat(name_, ":", record.line, ": record is over ",
                                              kMaxLineBytes,
                                              " bytes; is a quotation mark never closed?"));
    }
    if (!Take(byte, record)) return true;
  }
}

absl::StatusOr<bool> SeparatedRecords::Next(Record& record) {
  while (true) {
    ASSIGN_OR_RETURN(const bool has_record, ReadOne(record));
    const bool is_blank =
        record.fields.size() == 1 && (record.fields[0].empty() || record.fields[0] == "\r");
    if (!has_record || !is_blank || !record.problem.empty()) return has_record;
  }
}

}  // namespace rubricator

// A transaction that is rolled back unless it was committed.
#ifndef RUBRICATOR_CORRECTIONS_WRITE_TRANSACTION_H_
#define RUBRICATOR_CORRECTIONS_WRITE_TRANSACTION_H_

#include <soci/soci.h>

#include <vector>

namespace rubricator {

// soci::transaction cannot say how to begin. Each function throws soci::soci_error.
class WriteTransaction {
 public:
  WriteTransaction(soci::session& sql, const std::vector<const char*>& begin) : sql_(sql) {
    try {
      for (const char* statement : begin) {
        sql_ << statement;
        open_ = true;
      }
    } catch (...) {
      RollBack();
      throw;
    }
  }
  ~WriteTransaction() { RollBack(); }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void Commit() {
    sql_.commit();
    open_ = false;
  }

 private:
  void RollBack() {
    if (!open_) return;
    open_ = false;
    try {
      sql_.rollback();
    } catch (const soci::soci_error&) {
      // The connection is gone, and the transaction with it.
    }
  }

  soci::session& sql_;
  bool open_ = false;
};

}  // namespace rubricator

#endif  // RUBRICATOR_CORRECTIONS_WRITE_TRANSACTION_H_

// What the C ABI's opaque structs hold, and the guard that every failing function of it runs in.
#ifndef RUBRICATOR_PLUGIN_CPP_CAPI_OBJECTS_H_
#define RUBRICATOR_PLUGIN_CPP_CAPI_OBJECTS_H_

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "plugin/cpp/client.h"
#include "plugin/cpp/rubricator.h"
#include "plugin/cpp/status_conversion.h"

struct rubricator_error {
  int32_t code = RUBRICATOR_UNKNOWN;
  std::string message, field;
};

struct rubricator_client {
  std::unique_ptr<const rubricator::Client> client;
};

struct rubricator_analysis {
  explicit rubricator_analysis(rubricator::v1::Analysis value) : analysis(std::move(value)) {}

  const rubricator::v1::Analysis analysis;
  mutable std::once_flag json_once;
  mutable std::string json;  // written by the first who asks
};

struct rubricator_batch {
  struct Item {
    std::unique_ptr<const rubricator_analysis> analysis;  // one of the two is null
    std::unique_ptr<const rubricator_error> error;
  };
  std::vector<Item> items;
};

struct rubricator_json {
  std::string text;
};

namespace rubricator {

inline rubricator_text ToText(const std::string& text) { return {text.data(), text.size()}; }

inline std::string FromText(rubricator_text text) {
  return text.data == nullptr ? std::string() : std::string(text.data, text.size);
}

// A caller's struct as this version of the library knows it: what the caller's is too short for is
// zero.
template <typename Struct>
Struct CopyOf(const Struct& from) {
  Struct copy{};
  std::memcpy(&copy, &from, std::min<size_t>(from.struct_size, sizeof(Struct)));
  return copy;
}

std::unique_ptr<rubricator_error> NewError(const absl::Status& status);

// Runs `body`, which returns an absl::Status, lets no exception out, and gives its status to the
// caller as the ABI's rules say.
template <typename Body>
int32_t Guard(rubricator_error** error, const Body& body) noexcept {
  if (error != nullptr) *error = nullptr;
  try {
    absl::Status status;
    try {
      status = body();
    } catch (const std::bad_alloc&) {
      status = absl::ResourceExhaustedError("out of memory");
    } catch (const std::exception& unexpected) {
      status = absl::InternalError(unexpected.what());
    }
    if (status.ok()) return RUBRICATOR_OK;
    if (error != nullptr) *error = NewError(status).release();
    return static_cast<int32_t>(status.code());
  } catch (...) {
    return RUBRICATOR_RESOURCE_EXHAUSTED;  // not even memory for the error
  }
}

}  // namespace rubricator

#endif  // RUBRICATOR_PLUGIN_CPP_CAPI_OBJECTS_H_

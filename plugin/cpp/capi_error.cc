#include "plugin/cpp/capi_objects.h"

namespace rubricator {

std::unique_ptr<rubricator_error> NewError(const absl::Status& status) {
  auto error = std::make_unique<rubricator_error>();
  error->code = static_cast<int32_t>(status.code());
  error->message = std::string(status.message());
  error->field = FieldOf(status);
  return error;
}

}  // namespace rubricator

int32_t rubricator_error_code(const rubricator_error* error) {
  return error == nullptr ? RUBRICATOR_OK : error->code;
}

rubricator_text rubricator_error_message(const rubricator_error* error) {
  return error == nullptr ? rubricator_text{"", 0} : rubricator::ToText(error->message);
}

rubricator_text rubricator_error_field(const rubricator_error* error) {
  return error == nullptr ? rubricator_text{"", 0} : rubricator::ToText(error->field);
}

void rubricator_error_free(rubricator_error* error) { delete error; }

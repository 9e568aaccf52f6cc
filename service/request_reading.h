// Reads a request from the bytes of the wire and says what is wrong with those that do not parse.
#ifndef RUBRICATOR_SERVICE_REQUEST_READING_H_
#define RUBRICATOR_SERVICE_REQUEST_READING_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace rubricator {

// Why `bytes` did not parse as a `prototype`: INVALID_ARGUMENT with a BadRequest that names the
// string field which is not valid UTF-8 ("articles[3].body"), or that says the bytes are no such
// message.
absl::Status ExplainParseFailure(const std::string& bytes,
                                 const google::protobuf::Message& prototype);

// INVALID_ARGUMENT with a BadRequest naming the first string field, in any depth, that is not valid
// UTF-8. Parsing does this for what came over the wire; messages built in this process need it.
absl::Status CheckUtf8(const google::protobuf::Message& message);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_REQUEST_READING_H_

// Makes the cases through librubricator, which speaks gRPC. usage: runner grpc ADDRESS CASES
#include <rubricator/rubricator.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

using nlohmann::json;

namespace {

const char* const kCodes[] = {"ok",        "cancelled",     "unknown",           "invalid_argument",   "deadline_exceeded",
                              "not_found", "already_exists", "permission_denied", "resource_exhausted", "failed_precondition",
                              "aborted",   "out_of_range",  "unimplemented",     "internal",           "unavailable",
                              "data_loss", "unauthenticated"};

rubricator_text TextOf(const std::string& text) { return {text.data(), text.size()}; }
std::string StringOf(rubricator_text text) { return {text.data, text.size}; }

json ErrorOf(rubricator_error* error) {
  json result = {{"code", kCodes[rubricator_error_code(error)]}, {"message", StringOf(rubricator_error_message(error))}};
  result["field"] = StringOf(rubricator_error_field(error));
  rubricator_error_free(error);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  rubricator_client_options options = {};
  options.struct_size = sizeof options;
  options.timeout_ms = 60'000;
  rubricator_client* client = nullptr;
  rubricator_error* error = nullptr;
  if (rubricator_client_open(TextOf(argv[2]), &options, &client, &error) != RUBRICATOR_OK) {
    std::cerr << ErrorOf(error) << '\n';
    return 1;
  }
  std::ifstream cases(argv[3]);
  for (std::string line; std::getline(cases, line);) {
    const json test = json::parse(line);
    rubricator_json* answer = nullptr;
    json result = {{"name", test["name"]}};
    if (rubricator_call(client, TextOf(test["method"]), TextOf(test["request"].dump()), 0, &answer, &error) == RUBRICATOR_OK) {
      result["answer"] = json::parse(StringOf(rubricator_json_text(answer)));
      rubricator_json_free(answer);
    } else {
      result["error"] = ErrorOf(error);
    }
    std::cout << result << '\n';
  }
  rubricator_client_close(client);
  return 0;
}

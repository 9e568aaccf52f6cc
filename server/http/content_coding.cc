#include "server/http/content_coding.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "classifier/absl_view.h"
#include "server/http/gzip.h"

namespace rubricator {
namespace {

constexpr size_t kMinBytes = 1400;  // below, it fits one packet of Ethernet anyhow

double WeightOf(const std::vector<absl::string_view>& parts) {
  for (size_t i = 1; i < parts.size(); ++i) {
    absl::string_view parameter = absl::StripAsciiWhitespace(parts[i]);
    double weight = 0;
    if (absl::ConsumePrefix(&parameter, "q=") && absl::SimpleAtod(parameter, &weight)) {
      return weight;
    }
  }
  return 1;
}

}  // namespace

bool TakesGzip(const HttpRequest& request) {
  bool any = false;
  const std::string_view header = AsStd(request[http::field::accept_encoding]);
  for (const absl::string_view item : absl::StrSplit(AsAbsl(header), ',')) {
    const std::vector<absl::string_view> parts = absl::StrSplit(item, ';');
    const absl::string_view coding = absl::StripAsciiWhitespace(parts[0]);
    if (absl::EqualsIgnoreCase(coding, "gzip")) return WeightOf(parts) > 0;
    if (coding == "*") any = WeightOf(parts) > 0;
  }
  return any;
}

void Compress(HttpResponse& response) {
  const std::string_view type = AsStd(response[http::field::content_type]);
  const bool text = type.starts_with("text/") || type.starts_with("application/") ||
                    type.starts_with("image/svg");
  if (!text || response.body().size() < kMinBytes ||
      response.find(http::field::content_encoding) != response.end()) {
    return;
  }
  response.body() = Gzip(response.body());
  response.set(http::field::content_encoding, "gzip");
}

}  // namespace rubricator

// gzip for answers, by what the request says it takes.
#ifndef RUBRICATOR_SERVER_HTTP_CONTENT_CODING_H_
#define RUBRICATOR_SERVER_HTTP_CONTENT_CODING_H_

#include "server/http/http_message.h"

namespace rubricator {

// Whether Accept-Encoding names gzip (or *) with a weight above 0.
bool TakesGzip(const HttpRequest& request);

// Compresses a body that has no coding yet and is worth it: text or a message, over one packet.
void Compress(HttpResponse& response);

}  // namespace rubricator

#endif  // RUBRICATOR_SERVER_HTTP_CONTENT_CODING_H_

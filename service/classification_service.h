// rubricator.v1.ClassificationService without a transport.
#ifndef RUBRICATOR_SERVICE_CLASSIFICATION_SERVICE_H_
#define RUBRICATOR_SERVICE_CLASSIFICATION_SERVICE_H_

#include "absl/status/status.h"
#include "rubricator/v1/classification_service.pb.h"
#include "service/call_context.h"
#include "service/shadow_model.h"
#include "service/snapshot.h"

namespace rubricator {

// One StreamClassifyArticles call: options carry over from request to request. One thread at a
// time.
class ArticleStream {
 public:
  // Borrows both; `shadow` may be null.
  explicit ArticleStream(const LiveSnapshot& live, ShadowModel* shadow = nullptr)
      : live_(live), shadow_(shadow) {}

  // Answers the next request. A bad article is an error inside `response`. Errors, which end the
  // stream: CANCELLED, DEADLINE_EXCEEDED; UNAVAILABLE while no model is live.
  absl::Status Next(const v1::StreamClassifyArticlesRequest& request, const CallContext& context,
                    v1::StreamClassifyArticlesResponse& response);

  // Answers a request that could not be read, or that there is no room for.
  static void Refuse(const absl::Status& why, const CallContext& context,
                     v1::StreamClassifyArticlesResponse& response);

 private:
  const LiveSnapshot& live_;
  ShadowModel* shadow_;
  v1::ClassifyOptions options_;  // of the last request that had some
};

// The proto file says what each call does and which errors it gives. Thread-safe.
class ClassificationService {
 public:
  // Borrows both. `shadow` is offered every article that was answered; may be null.
  explicit ClassificationService(const LiveSnapshot& live, ShadowModel* shadow = nullptr)
      : live_(live), shadow_(shadow) {}

  absl::Status ClassifyArticle(const v1::ClassifyArticleRequest& request,
                               const CallContext& context,
                               v1::ClassifyArticleResponse& response) const;
  absl::Status BatchClassifyArticles(const v1::BatchClassifyArticlesRequest& request,
                                     const CallContext& context,
                                     v1::BatchClassifyArticlesResponse& response) const;
  ArticleStream OpenStream() const { return ArticleStream(live_, shadow_); }

 private:
  const LiveSnapshot& live_;
  ShadowModel* shadow_;
};

}  // namespace rubricator

#endif  // RUBRICATOR_SERVICE_CLASSIFICATION_SERVICE_H_

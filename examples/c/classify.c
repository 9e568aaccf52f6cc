/* Classifies one article, then a batch, over the C ABI. usage: classify [TARGET] */
#include <rubricator/rubricator.h>
#include <stdio.h>
#include <string.h>

static rubricator_text text(const char* bytes) {
  rubricator_text result = {bytes, strlen(bytes)};
  return result;
}

static rubricator_article article_of(const char* title, const char* body) {
  rubricator_article article;
  memset(&article, 0, sizeof article); /* what is not set is the default */
  article.struct_size = sizeof article;
  article.title = text(title);
  article.body = text(body);
  return article;
}

static int complain(rubricator_error* error) {
  fprintf(stderr, "error %d: %s (field \"%s\")\n", (int)rubricator_error_code(error),
          rubricator_error_message(error).data, rubricator_error_field(error).data);
  rubricator_error_free(error);
  return 1;
}

static void print_analysis(const rubricator_analysis* analysis) {
  rubricator_topic topic = {.struct_size = sizeof topic};
  rubricator_region region = {.struct_size = sizeof region};
  rubricator_desk desk = {.struct_size = sizeof desk};
  uint64_t i;
  for (i = 0; rubricator_analysis_topic(analysis, i, &topic) == RUBRICATOR_OK; ++i) {
    printf("topic    %.2f  %s\n", topic.confidence, topic.display_name.data);
  }
  for (i = 0; rubricator_analysis_region(analysis, i, &region) == RUBRICATOR_OK; ++i) {
    printf("country  %.2f  %s%s\n", region.confidence, region.display_name.data,
           region.role == RUBRICATOR_ROLE_FOCUS ? "" : " (mentioned)");
  }
  for (i = 0; rubricator_analysis_desk(analysis, i, &desk) == RUBRICATOR_OK; ++i) {
    printf("desk           %s, because %s\n", desk.display_name.data, desk.reason.data);
  }
}

int main(int argc, char** argv) {
  rubricator_client_options options = {.struct_size = sizeof options, .timeout_ms = 5000};
  rubricator_article articles[2];
  rubricator_client* client;
  rubricator_analysis* analysis;
  rubricator_batch* batch;
  rubricator_error* error;
  uint64_t i;

  articles[0] = article_of("Presidents of Kazakhstan and China discuss border security",
                           "The presidents of Kazakhstan and China met in Astana on Tuesday. They "
                           "agreed on joint border patrols and "
                           "military exercises, and on a culture centre and scholarships for "
                           "students. Their foreign ministers signed a "
                           "declaration on diplomatic relations.");
  articles[1] = article_of("", " "); /* blank: refused, alone */

  if (rubricator_client_open(text(argc > 1 ? argv[1] : "127.0.0.1:50051"), &options, &client,
                             &error)) {
    return complain(error);
  }
  if (rubricator_classify(client, &articles[0], NULL, &analysis, &error)) return complain(error);
  print_analysis(analysis);
  rubricator_analysis_free(analysis);

  if (rubricator_classify_batch(client, articles, 2, NULL, &batch, &error)) return complain(error);
  for (i = 0; i < rubricator_batch_count(batch); ++i) {
    const rubricator_error* failed = rubricator_batch_error(batch, i);
    printf("batch %d        %s\n", (int)i,
           failed ? rubricator_error_message(failed).data : "classified");
  }
  rubricator_batch_free(batch);
  rubricator_client_close(client);
  return 0;
}

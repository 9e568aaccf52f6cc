/* The C ABI as a C program sees it. usage: capi_test TARGET
 * The same checks hold for a server and for "embedded:DIR". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plugin/cpp/rubricator.h"

static int failures = 0;

#define CHECK(condition)                                                        \
  do {                                                                          \
    if (!(condition)) {                                                         \
      fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                               \
    }                                                                           \
  } while (0)

static rubricator_text Text(const char* text) {
  rubricator_text result = {text, strlen(text)};
  return result;
}

static int Is(rubricator_text text, const char* want) {
  return text.size == strlen(want) && memcmp(text.data, want, text.size) == 0 &&
         text.data[text.size] == 0;
}

/* A text that any bundle in English knows, of more than a few words. */
static rubricator_article Visit(void) {
  rubricator_article article;
  memset(&article, 0, sizeof article);
  article.struct_size = sizeof article;
  article.id = Text("visit-1");
  article.title = Text("Presidents of Kazakhstan and China discuss border security");
  article.body = Text(
      "The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint "
      "patrols of the "
      "border, on exercises of the armed forces, and on a culture centre and scholarships for "
      "students. "
      "The foreign ministers of Kazakhstan and China signed a declaration on diplomatic "
      "relations.");
  return article;
}

static void TestVersion(void) { CHECK(strchr(rubricator_version(), '.') != NULL); }

static void TestNull(void) {
  rubricator_error* error = NULL;
  rubricator_topic topic;
  CHECK(rubricator_client_open(Text("embedded:x"), NULL, NULL, &error) ==
        RUBRICATOR_INVALID_ARGUMENT);
  CHECK(rubricator_error_code(error) == RUBRICATOR_INVALID_ARGUMENT);
  CHECK(Is(rubricator_error_message(error), "out is NULL"));
  rubricator_error_free(error);
  CHECK(rubricator_client_open(Text("nowhere"), NULL, NULL, NULL) == RUBRICATOR_INVALID_ARGUMENT);
  CHECK(rubricator_error_code(NULL) == RUBRICATOR_OK);
  CHECK(rubricator_error_message(NULL).size == 0);
  CHECK(rubricator_analysis_topic_count(NULL) == 0);
  CHECK(rubricator_analysis_topic(NULL, 0, &topic) == RUBRICATOR_OUT_OF_RANGE);
  CHECK(rubricator_analysis_json(NULL).size == 0);
  CHECK(rubricator_batch_count(NULL) == 0);
  CHECK(rubricator_batch_analysis(NULL, 0) == NULL);
  rubricator_client_close(NULL);
  rubricator_analysis_free(NULL);
  rubricator_batch_free(NULL);
  rubricator_json_free(NULL);
  rubricator_error_free(NULL);
}

static void TestBadTargets(void) {
  const char* targets[] = {"", "nowhere", "http://host:1", "embedded:", "embedded:/no/such/folder"};
  size_t i;
  for (i = 0; i < sizeof targets / sizeof *targets; ++i) {
    rubricator_client* client = (rubricator_client*)1;
    rubricator_error* error = NULL;
    CHECK(rubricator_client_open(Text(targets[i]), NULL, &client, &error) != RUBRICATOR_OK);
    CHECK(client == NULL);
    CHECK(rubricator_error_message(error).size > 0);
    rubricator_error_free(error);
  }
}

static void CheckRegion(const rubricator_analysis* analysis, const rubricator_article* article) {
  rubricator_region region;
  rubricator_evidence evidence;
  memset(&region, 0, sizeof region);
  region.struct_size = sizeof region;
  CHECK(rubricator_analysis_region(analysis, 0, &region) == RUBRICATOR_OK);
  CHECK(Is(region.code, "KZ") || Is(region.code, "CN"));
  CHECK(region.role == RUBRICATOR_ROLE_FOCUS);
  CHECK(region.confidence > 0 && region.confidence <= 1);
  CHECK(region.evidence_count > 0);
  CHECK(rubricator_analysis_region(analysis, 10000, &region) == RUBRICATOR_OUT_OF_RANGE);
  memset(&evidence, 0, sizeof evidence);
  evidence.struct_size = sizeof evidence;
  CHECK(rubricator_analysis_region_evidence(analysis, 0, 0, &evidence) == RUBRICATOR_OK);
  CHECK(evidence.end > evidence.begin && evidence.text.size > 0);
  CHECK(evidence.end <= (evidence.field == 1 ? article->title : article->body).size);
  CHECK(rubricator_analysis_region_evidence(analysis, 0, 10000, &evidence) ==
        RUBRICATOR_OUT_OF_RANGE);
}

static void CheckTopicAndDesk(const rubricator_analysis* analysis) {
  rubricator_topic topic;
  rubricator_desk desk;
  rubricator_evidence evidence;
  memset(&topic, 0, sizeof topic);
  topic.struct_size = sizeof topic;
  CHECK(rubricator_analysis_topic_count(analysis) > 0);
  CHECK(rubricator_analysis_topic(analysis, 0, &topic) == RUBRICATOR_OK);
  CHECK(topic.id.size > 0 && topic.display_name.size > 0 && topic.media_topic.size == 8);
  CHECK(topic.evidence_count > 0);
  memset(&evidence, 0, sizeof evidence);
  evidence.struct_size = sizeof evidence;
  CHECK(rubricator_analysis_topic_evidence(analysis, 0, 0, &evidence) == RUBRICATOR_OK);
  CHECK(rubricator_analysis_topic_evidence(analysis, 10000, 0, &evidence) ==
        RUBRICATOR_OUT_OF_RANGE);
  memset(&desk, 0, sizeof desk);
  desk.struct_size = sizeof desk;
  CHECK(rubricator_analysis_desk_count(analysis) > 0);
  CHECK(rubricator_analysis_desk(analysis, 0, &desk) == RUBRICATOR_OK);
  CHECK(desk.id.size > 0 && desk.rule.size > 0);
}

static void TestClassify(rubricator_client* client) {
  rubricator_article article = Visit();
  rubricator_classify_options options;
  rubricator_analysis* analysis = NULL;
  rubricator_error* error = NULL;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.include_evidence = 1;
  options.timeout_ms = 20000;
  options.display_language = Text("en");
  CHECK(rubricator_classify(client, &article, &options, &analysis, &error) == RUBRICATOR_OK);
  CHECK(error == NULL);
  CHECK(rubricator_analysis_outcome(analysis) == RUBRICATOR_OUTCOME_CLASSIFIED);
  CHECK(Is(rubricator_analysis_language(analysis), "en"));
  CHECK(Is(rubricator_analysis_article_id(analysis), "visit-1"));
  CHECK(rubricator_analysis_model_version(analysis).size > 0);
  CHECK(rubricator_analysis_json(analysis).data == rubricator_analysis_json(analysis).data);
  CHECK(strstr(rubricator_analysis_json(analysis).data, "\"visit-1\"") != NULL);
  CheckRegion(analysis, &article);
  CheckTopicAndDesk(analysis);
  rubricator_analysis_free(analysis);
}

/* A caller that was built against a header with fewer fields. */
static void TestOlderCaller(rubricator_client* client) {
  rubricator_article article = Visit();
  rubricator_analysis* analysis = NULL;
  struct {
    uint32_t struct_size, evidence_count;
    double confidence;
    char canary[64];
  } old_region;
  memset(&old_region, 7, sizeof old_region);
  old_region.struct_size = 16;
  article.published_at = -1; /* beyond what this caller knows */
  article.has_published_at = 1;
  article.struct_size = (uint32_t)((char*)&article.url - (char*)&article);
  CHECK(rubricator_classify(client, &article, NULL, &analysis, NULL) == RUBRICATOR_OK);
  CHECK(rubricator_analysis_region(analysis, 0, (rubricator_region*)&old_region) == RUBRICATOR_OK);
  CHECK(old_region.struct_size == 16 && old_region.confidence > 0 && old_region.confidence <= 1);
  CHECK(old_region.canary[0] == 7 && old_region.canary[63] == 7);
  old_region.struct_size = 4;
  CHECK(rubricator_analysis_region(analysis, 0, (rubricator_region*)&old_region) ==
        RUBRICATOR_INVALID_ARGUMENT);
  rubricator_analysis_free(analysis);
}

static void TestErrors(rubricator_client* client) {
  rubricator_article article = Visit();
  rubricator_analysis* analysis = (rubricator_analysis*)1;
  rubricator_error* error = NULL;
  article.title = Text("");
  article.body = Text(" \n\t ");
  CHECK(rubricator_classify(client, &article, NULL, &analysis, &error) ==
        RUBRICATOR_INVALID_ARGUMENT);
  CHECK(analysis == NULL);
  CHECK(rubricator_error_code(error) == RUBRICATOR_INVALID_ARGUMENT);
  CHECK(rubricator_error_field(error).size > 0);
  rubricator_error_free(error);
  article.body = Text("caf\xE9");
  CHECK(rubricator_classify(client, &article, NULL, &analysis, &error) ==
        RUBRICATOR_INVALID_ARGUMENT);
  CHECK(Is(rubricator_error_field(error), "article.body"));
  rubricator_error_free(error);
  CHECK(rubricator_classify(client, NULL, NULL, &analysis, NULL) == RUBRICATOR_INVALID_ARGUMENT);
  CHECK(rubricator_classify(NULL, &article, NULL, &analysis, NULL) == RUBRICATOR_INVALID_ARGUMENT);
}

static void TestBatch(rubricator_client* client) {
  rubricator_article articles[3];
  rubricator_batch* batch = NULL;
  rubricator_error* error = NULL;
  articles[0] = articles[1] = articles[2] = Visit();
  articles[1].title = articles[1].body = Text("");
  CHECK(rubricator_classify_batch(client, articles, 3, NULL, &batch, &error) == RUBRICATOR_OK);
  CHECK(rubricator_batch_count(batch) == 3);
  CHECK(Is(rubricator_analysis_article_id(rubricator_batch_analysis(batch, 0)), "visit-1"));
  CHECK(rubricator_batch_error(batch, 0) == NULL);
  CHECK(rubricator_batch_analysis(batch, 1) == NULL);
  CHECK(rubricator_error_code(rubricator_batch_error(batch, 1)) == RUBRICATOR_INVALID_ARGUMENT);
  CHECK(rubricator_batch_analysis(batch, 2) != NULL);
  CHECK(rubricator_batch_analysis(batch, 3) == NULL && rubricator_batch_error(batch, 3) == NULL);
  rubricator_batch_free(batch);
  CHECK(rubricator_classify_batch(client, NULL, 0, NULL, &batch, &error) ==
        RUBRICATOR_INVALID_ARGUMENT);
  CHECK(batch == NULL);
  rubricator_error_free(error);
}

static void TestCall(rubricator_client* client) {
  rubricator_json* json = NULL;
  rubricator_error* error = NULL;
  CHECK(rubricator_call(client, Text("rubricator.v1.ModelService/GetModel"), Text("{}"), 0, &json,
                        &error) == RUBRICATOR_OK);
  CHECK(strstr(rubricator_json_text(json).data, "\"version\"") != NULL);
  rubricator_json_free(json);
  CHECK(rubricator_call(client, Text("rubricator.v1.ModelService/NoSuch"), Text("{}"), 0, &json,
                        &error) == RUBRICATOR_UNIMPLEMENTED);
  CHECK(json == NULL);
  rubricator_error_free(error);
  CHECK(rubricator_call(client, Text("rubricator.v1.ClassificationService/ClassifyArticle"),
                        Text("{\"artikel\": 1}"), 0, &json, &error) == RUBRICATOR_INVALID_ARGUMENT);
  rubricator_error_free(error);
}

/* First of all tests: the client was opened before the fork, and is first called after it. */
static void TestFork(rubricator_client* client) {
  rubricator_article article = Visit();
  rubricator_analysis* analysis = NULL;
  int status = -1;
  pid_t child = fork();
  if (child == 0)
    _exit(rubricator_classify(client, &article, NULL, &analysis, NULL) == RUBRICATOR_OK ? 0 : 1);
  CHECK(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int argc, char** argv) {
  rubricator_client* client = NULL;
  rubricator_error* error = NULL;
  rubricator_client_options options;
  if (argc != 2) {
    fprintf(stderr, "usage: capi_test TARGET\n");
    return 64;
  }
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.timeout_ms = 20000;
  if (rubricator_client_open(Text(argv[1]), &options, &client, &error) != RUBRICATOR_OK) {
    fprintf(stderr, "%s\n", rubricator_error_message(error).data);
    rubricator_error_free(error);
    return 1;
  }
  TestFork(client);
  TestVersion();
  TestNull();
  TestBadTargets();
  TestClassify(client);
  TestOlderCaller(client);
  TestErrors(client);
  TestBatch(client);
  TestCall(client);
  rubricator_client_close(client);
  printf("%s: %d failures\n", argv[1], failures);
  return failures == 0 ? 0 : 1;
}

/* Prints the countries of one article. usage: main TARGET */
#include <rubricator/rubricator.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char** argv) {
  const char body[] =
      "The presidents of Kazakhstan and China signed a treaty on border security in Astana.";
  rubricator_article article;
  rubricator_region region;
  rubricator_client* client = NULL;
  rubricator_analysis* analysis = NULL;
  rubricator_text target;
  uint64_t i;
  if (argc != 2) return 64;
  target.data = argv[1];
  target.size = strlen(argv[1]);
  memset(&article, 0, sizeof article);
  article.struct_size = sizeof article;
  article.body.data = body;
  article.body.size = sizeof body - 1;
  if (rubricator_client_open(target, NULL, &client, NULL) != RUBRICATOR_OK ||
      rubricator_classify(client, &article, NULL, &analysis, NULL) != RUBRICATOR_OK) {
    return 1;
  }
  memset(&region, 0, sizeof region);
  region.struct_size = sizeof region;
  for (i = 0; i < rubricator_analysis_region_count(analysis); ++i) {
    if (rubricator_analysis_region(analysis, i, &region) == RUBRICATOR_OK)
      printf("%s ", region.code.data);
  }
  printf("\n");
  rubricator_analysis_free(analysis);
  rubricator_client_close(client);
  return 0;
}

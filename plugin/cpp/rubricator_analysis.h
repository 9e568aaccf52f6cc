/* Reading an answer of the C ABI; rubricator.h has the rules. Every function takes NULL as an empty
 * analysis. */
#ifndef RUBRICATOR_PLUGIN_CPP_RUBRICATOR_ANALYSIS_H_
#define RUBRICATOR_PLUGIN_CPP_RUBRICATOR_ANALYSIS_H_

#include "rubricator_base.h" /* beside this file, here and installed */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rubricator_analysis rubricator_analysis;

typedef enum rubricator_outcome {
  RUBRICATOR_OUTCOME_UNSPECIFIED = 0,
  RUBRICATOR_OUTCOME_CLASSIFIED = 1,
  RUBRICATOR_OUTCOME_NO_TOPIC = 2,
  RUBRICATOR_OUTCOME_INSUFFICIENT_TEXT = 3,
  RUBRICATOR_OUTCOME_UNSUPPORTED_LANGUAGE = 4
} rubricator_outcome;

/* One of rubricator_outcome. */
RUBRICATOR_API int32_t rubricator_analysis_outcome(const rubricator_analysis* analysis);
/* BCP 47 primary tag, "und" if unknown. */
RUBRICATOR_API rubricator_text rubricator_analysis_language(const rubricator_analysis* analysis);
/* Version of the bundle that answered. */
RUBRICATOR_API rubricator_text
rubricator_analysis_model_version(const rubricator_analysis* analysis);
/* The article's id as sent. */
RUBRICATOR_API rubricator_text rubricator_analysis_article_id(const rubricator_analysis* analysis);
/* All of it as JSON: rubricator.v1.Analysis, every field written. */
RUBRICATOR_API rubricator_text rubricator_analysis_json(const rubricator_analysis* analysis);

typedef struct rubricator_topic {
  uint32_t struct_size;
  uint32_t evidence_count;
  double confidence; /* calibrated probability, [0, 1] */
  rubricator_text id;
  rubricator_text display_name;
  rubricator_text media_topic; /* closest IPTC code; empty for a taxonomy of one's own */
} rubricator_topic;

typedef enum rubricator_role {
  RUBRICATOR_ROLE_FOCUS = 1,
  RUBRICATOR_ROLE_MENTIONED = 2
} rubricator_role;

typedef struct rubricator_region {
  uint32_t struct_size;
  uint32_t evidence_count;
  double confidence; /* that the article is about it: calibrated probability, [0, 1] */
  int32_t role;      /* rubricator_role */
  int32_t reserved;
  rubricator_text code; /* ISO 3166-1 alpha-2, "XK" or "EU" */
  rubricator_text display_name;
} rubricator_region;

typedef struct rubricator_desk {
  uint32_t struct_size;
  uint32_t reserved;
  rubricator_text id;
  rubricator_text display_name;
  rubricator_text rule; /* that chose it, "fallback" or "low_confidence" */
  rubricator_text reason;
  rubricator_text stage; /* may be empty */
} rubricator_desk;

typedef struct rubricator_evidence {
  uint32_t struct_size;
  int32_t field;  /* 1: title, 2: body */
  uint32_t begin; /* in the units asked for, from 0 */
  uint32_t end;   /* exclusive */
  double contribution;
  int32_t kind; /* rubricator.v1.EvidenceKind */
  int32_t reserved;
  rubricator_text text; /* as read: tags dropped, entities decoded */
} rubricator_evidence;

/* Most confident first. */
RUBRICATOR_API uint64_t rubricator_analysis_topic_count(const rubricator_analysis* analysis);
/* Focus countries first, the main one first of all. */
RUBRICATOR_API uint64_t rubricator_analysis_region_count(const rubricator_analysis* analysis);
/* Never 0 for an answered article. */
RUBRICATOR_API uint64_t rubricator_analysis_desk_count(const rubricator_analysis* analysis);

/* Fill `*out`, whose struct_size is set. Text in it is borrowed from the analysis. Codes:
 * OUT_OF_RANGE `index`; INVALID_ARGUMENT `out` is NULL or its struct_size below 8. */
RUBRICATOR_API int32_t rubricator_analysis_topic(const rubricator_analysis* analysis,
                                                 uint64_t index, rubricator_topic* out);
RUBRICATOR_API int32_t rubricator_analysis_region(const rubricator_analysis* analysis,
                                                  uint64_t index, rubricator_region* out);
RUBRICATOR_API int32_t rubricator_analysis_desk(const rubricator_analysis* analysis, uint64_t index,
                                                rubricator_desk* out);
/* Strongest first; none unless include_evidence was set. */
RUBRICATOR_API int32_t rubricator_analysis_topic_evidence(const rubricator_analysis* analysis,
                                                          uint64_t topic, uint64_t index,
                                                          rubricator_evidence* out);
/* In the order of the text. */
RUBRICATOR_API int32_t rubricator_analysis_region_evidence(const rubricator_analysis* analysis,
                                                           uint64_t region, uint64_t index,
                                                           rubricator_evidence* out);
/* Frees what rubricator_classify() gave; never one that a batch lent. */
RUBRICATOR_API void rubricator_analysis_free(rubricator_analysis* analysis);

#ifdef __cplusplus
}
#endif

#endif /* RUBRICATOR_PLUGIN_CPP_RUBRICATOR_ANALYSIS_H_ */

// What a Connect client is to see of the API, in Node.js and in a browser. Services are read from a descriptor set, so that
// no code is generated.
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";

export function registryOf(descriptorSet) {
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptorSet));
}

function equal(got, want, what) {
  if (got !== want) throw new Error(`${what}: ${got}, not ${want}`);
}

async function failure(call) {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  throw new Error("the call did not fail");
}

const meeting = {
  id: "a-1",
  title: "Президенты России и Киргизии обсудили охрану границы",
  body: "Президент России встретился в Бишкеке с президентом Киргизии. Стороны обсудили безопасность в Центральной Азии "
    + "и подписали соглашение об обмене студентами.",
};

// Throws at the first thing that is not as it should be.
export async function checkCalls(transport, registry) {
  const classification = createClient(registry.getService("rubricator.v1.ClassificationService"), transport);
  const models = createClient(registry.getService("rubricator.v1.ModelService"), transport);

  const { analysis } = await classification.classifyArticle({ article: meeting, options: { includeEvidence: true } });
  equal(analysis.articleId, "a-1", "id");
  equal(analysis.language, "ru", "language");
  equal(analysis.outcome, 1, "outcome");
  if (!analysis.topics.some((topic) => topic.id === "foreign_policy" && topic.evidence.length > 0)) {
    throw new Error("no foreign policy, or no evidence");
  }

  const articles = Array.from({ length: 200 }, (_, i) => ({ ...meeting, id: `b-${i}` }));
  articles[77] = { id: "b-77" };
  const batch = await classification.batchClassifyArticles({ articles });
  equal(batch.results.length, 200, "results");
  batch.results.forEach((result, i) => equal(result.articleId, `b-${i}`, "order"));
  equal(batch.results.filter((result) => result.result.case === "error").length, 1, "errors");

  const { model } = await models.getModel({});
  if (model.cardMarkdown.length < 1000) throw new Error("the model's card is missing");

  const blank = await failure(classification.classifyArticle({ article: { body: " \n" } }));
  equal(blank.code, Code.InvalidArgument, "code");
  const [badRequest] = blank.findDetails(registry.getMessage("google.rpc.BadRequest"));
  equal(badRequest.fieldViolations[0].field, "article.body", "field");

  equal((await failure(models.getModel({ version: "1999-01-01.1" }))).code, Code.NotFound, "no such model");
  equal((await failure(classification.classifyArticle({ article: { title: "x".repeat(5000) } }))).code,
    Code.InvalidArgument, "title too long");
  equal((await failure(classification.classifyArticle({ article: { body: "x".repeat(17 << 20) } }))).code,
    Code.ResourceExhausted, "message too long");

  const late = await failure(classification.batchClassifyArticles({ articles: Array(1000).fill(meeting) }, { timeoutMs: 1 }));
  equal(late.code, Code.DeadlineExceeded, "deadline");
  const abort = new AbortController();
  const cancelled = failure(classification.batchClassifyArticles({ articles: Array(1000).fill(meeting) },
    { signal: abort.signal }));
  abort.abort();
  equal((await cancelled).code, Code.Canceled, "cancelled");
}

import static org.rubricator.v1.ClassifyResult.ResultCase.ERROR;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.rubricator.v1.*;

/**
 * Classifies one article, a batch and a stream over gRPC. usage: ./run [TARGET]
 * RUBRICATOR_CA: PEM of the authority to trust, switches TLS on. RUBRICATOR_TOKEN: bearer token.
 */
public final class Classify {
  // A call that ends in UNAVAILABLE is tried again; any other error is final.
  private static final Map<String, ?> SERVICE_CONFIG = Map.of("methodConfig", List.of(Map.of(
      "name", List.of(Map.of()), "retryPolicy", Map.of("maxAttempts", 3.0, "initialBackoff", "0.1s", "maxBackoff", "1s",
          "backoffMultiplier", 2.0, "retryableStatusCodes", List.of("UNAVAILABLE")))));
  private static final int DEADLINE_SECONDS = 5;

  private static final Article MEETING = Article.newBuilder().setId("meeting")
      .setTitle("Presidents of Kazakhstan and China discuss border security")
      .setBody("The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols "
          + "and military exercises, and on a culture centre and scholarships for students. Their foreign ministers "
          + "signed a declaration on diplomatic relations.").build();
  private static final Article BLANK = Article.newBuilder().setId("blank").setBody(" ").build();

  private static ManagedChannel connect(String target) throws Exception {
    String authority = System.getenv("RUBRICATOR_CA");
    var credentials = authority == null ? InsecureChannelCredentials.create()
        : TlsChannelCredentials.newBuilder().trustManager(new File(authority)).build();
    Metadata headers = new Metadata();
    String token = System.getenv("RUBRICATOR_TOKEN");
    if (token != null) {
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    return Grpc.newChannelBuilder(target, credentials).defaultServiceConfig(SERVICE_CONFIG).enableRetry()
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers)).build();
  }

  private static void show(Analysis analysis) {
    for (Topic topic : analysis.getTopicsList()) {
      System.out.printf("topic    %.2f  %s: %s%n", topic.getConfidence(), topic.getDisplayName(),
          topic.getEvidenceList().stream().limit(3).map(Evidence::getText).collect(Collectors.joining(", ")));
    }
    for (Region region : analysis.getRegionsList()) {
      System.out.printf("country  %.2f  %s%n", region.getConfidence(), region.getDisplayName());
      region.getEvidenceList().stream().limit(1).forEach(first -> { // offsets count UTF-16 units, as Java's strings
        String field = first.getField() == ArticleField.ARTICLE_FIELD_TITLE ? MEETING.getTitle() : MEETING.getBody();
        System.out.printf("               first named as \"%s\"%n", field.substring(first.getBegin(), first.getEnd()));
      });
    }
    for (DeskAssignment desk : analysis.getDesksList()) {
      System.out.printf("desk           %s, because %s%n", desk.getDisplayName(), desk.getReason());
    }
  }

  private static String verdict(ClassifyResult result) {
    return result.getArticleId() + ": " + (result.getResultCase() == ERROR ? result.getError().getMessage() : "classified");
  }

  /** The fields at fault, from the google.rpc.BadRequest that comes with the error. */
  private static String explain(StatusRuntimeException failed) throws InvalidProtocolBufferException {
    String fields = "";
    for (Any detail : StatusProto.fromThrowable(failed).getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        fields = detail.unpack(BadRequest.class).getFieldViolationsList().stream()
            .map(BadRequest.FieldViolation::getField).collect(Collectors.joining(", "));
      }
    }
    return failed.getStatus().getCode() + ": " + failed.getStatus().getDescription() + " (field: " + fields + ")";
  }

  private static void stream(ManagedChannel channel) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    var requests = ClassificationServiceGrpc.newStub(channel).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .streamClassifyArticles(new StreamObserver<StreamClassifyArticlesResponse>() {
          @Override
          public void onNext(StreamClassifyArticlesResponse response) {
            System.out.println("stream   " + verdict(response.getResult()));
          }

          @Override
          public void onError(Throwable failed) {
            System.err.println(failed.getMessage());
            ended.countDown();
          }

          @Override
          public void onCompleted() {
            ended.countDown();
          }
        });
    for (Article article : List.of(MEETING, BLANK, MEETING)) {
      requests.onNext(StreamClassifyArticlesRequest.newBuilder().setArticle(article).build());
    }
    requests.onCompleted();
    ended.await();
  }

  public static void main(String[] arguments) throws Exception {
    ManagedChannel channel = connect(arguments.length > 0 ? arguments[0] : "127.0.0.1:50051");
    var stub = ClassificationServiceGrpc.newBlockingStub(channel);
    var options = ClassifyOptions.newBuilder().setIncludeEvidence(true)
        .setOffsetEncoding(OffsetEncoding.OFFSET_ENCODING_UTF16);
    try {
      var request = ClassifyArticleRequest.newBuilder().setArticle(MEETING).setOptions(options);
      show(stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).classifyArticle(request.build()).getAnalysis());

      var batch = BatchClassifyArticlesRequest.newBuilder().addArticles(MEETING).addArticles(BLANK);
      stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).batchClassifyArticles(batch.build()).getResultsList()
          .forEach(result -> System.out.println("batch    " + verdict(result)));

      stream(channel);

      try {
        stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .classifyArticle(ClassifyArticleRequest.newBuilder().setArticle(BLANK).build());
      } catch (StatusRuntimeException failed) {
        System.out.println("error    " + explain(failed));
      }
    } catch (StatusRuntimeException failed) {
      System.err.println(explain(failed));
      System.exit(1);
    } finally {
      channel.shutdownNow();
    }
  }
}

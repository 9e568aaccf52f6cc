import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import com.google.rpc.BadRequest;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.rubricator.v1.ClassificationServiceOuterClass;
import org.rubricator.v1.CorrectionServiceOuterClass;
import org.rubricator.v1.ModelServiceOuterClass;
import org.rubricator.v1.RoutingServiceOuterClass;

/** Makes the cases from Java. usage: Runner grpc|http ADDRESS CASES */
public final class Runner {
  private static final TypeRegistry TYPES = TypeRegistry.newBuilder().add(BadRequest.getDescriptor()).build();
  private static final List<FileDescriptor> FILES = List.of(
      ClassificationServiceOuterClass.getDescriptor(), CorrectionServiceOuterClass.getDescriptor(),
      ModelServiceOuterClass.getDescriptor(), RoutingServiceOuterClass.getDescriptor());

  private static Map<String, ?> overGrpc(ManagedChannel channel, String name, JsonElement json) throws Exception {
    MethodDescriptor method = FILES.stream().flatMap(file -> file.getServices().stream())
        .flatMap(service -> service.getMethods().stream())
        .filter(each -> each.getFullName().equals(name.replace('/', '.'))).findFirst().orElseThrow();
    var request = DynamicMessage.newBuilder(method.getInputType());
    JsonFormat.parser().usingTypeRegistry(TYPES).merge(json.toString(), request);
    var call = io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder().setFullMethodName(name)
        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
        .setRequestMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
        .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType()))).build();
    try {
      var options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
      var answer = ClientCalls.blockingUnaryCall(channel, call, options, request.build());
      return Map.of("answer", JsonParser.parseString(JsonFormat.printer().usingTypeRegistry(TYPES).print(answer)));
    } catch (StatusRuntimeException failed) {
      var details = StatusProto.fromThrowable(failed).getDetailsList().stream().map(detail -> Map.of(
          "type", detail.getTypeUrl(), "value", Base64.getEncoder().encodeToString(detail.getValue().toByteArray())));
      return Map.of("error", Map.of("code", failed.getStatus().getCode().name(),
          "message", failed.getStatus().getDescription(), "details", details.toList()));
    }
  }

  private static Map<String, ?> overHttp(HttpClient client, String address, String name, JsonElement json) throws Exception {
    var body = HttpRequest.BodyPublishers.ofString(json.toString());
    var request = HttpRequest.newBuilder(URI.create("http://" + address + "/" + name)).POST(body);
    var response = client.send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
    return Map.of(response.statusCode() == 200 ? "answer" : "error", JsonParser.parseString(response.body()));
  }

  public static void main(String[] arguments) throws Exception {
    ManagedChannel channel = NettyChannelBuilder.forTarget(arguments[1]).usePlaintext().build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (String line : Files.readString(Path.of(arguments[2])).stripTrailing().split("\n")) {
      var one = JsonParser.parseString(line).getAsJsonObject();
      String method = one.get("method").getAsString();
      var result = new HashMap<String, Object>(Map.of("name", one.get("name")));
      result.putAll(arguments[0].equals("grpc") ? overGrpc(channel, method, one.get("request"))
          : overHttp(client, arguments[1], method, one.get("request")));
      System.out.println(new Gson().toJson(result));
    }
    channel.shutdownNow();
  }
}

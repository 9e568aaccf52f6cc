// Makes the cases from Go. usage: runner grpc|http ADDRESS CASES
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	_ "conformance/rubricatorv1"

	"google.golang.org/genproto/googleapis/rpc/code"
	_ "google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func overGRPC(conn *grpc.ClientConn) func(context.Context, string, []byte) (string, []byte) {
	return func(ctx context.Context, method string, body []byte) (string, []byte) {
		name := protoreflect.FullName(strings.ReplaceAll(method, "/", "."))
		descriptor := must(protoregistry.GlobalFiles.FindDescriptorByName(name)).(protoreflect.MethodDescriptor)
		request := must(protoregistry.GlobalTypes.FindMessageByName(descriptor.Input().FullName())).New().Interface()
		response := must(protoregistry.GlobalTypes.FindMessageByName(descriptor.Output().FullName())).New().Interface()
		must(0, protojson.Unmarshal(body, request))
		failed := status.Convert(conn.Invoke(ctx, "/"+method, request, response))
		if failed.Code() == codes.OK {
			return "answer", must(protojson.Marshal(response))
		}
		details := []any{}
		for _, d := range failed.Proto().GetDetails() {
			details = append(details, map[string]any{"type": d.GetTypeUrl(), "value": d.GetValue()})
		}
		failure := map[string]any{"code": code.Code(failed.Code()).String(), "message": failed.Message(), "details": details}
		return "error", must(json.Marshal(failure))
	}
}

func overHTTP(ctx context.Context, method string, body []byte) (string, []byte) {
	request := must(http.NewRequestWithContext(ctx, "POST", "http://"+os.Args[2]+"/"+method, bytes.NewReader(body)))
	request.Header.Set("Content-Type", "application/json")
	response := must(http.DefaultClient.Do(request))
	defer response.Body.Close()
	return map[bool]string{true: "answer", false: "error"}[response.StatusCode == http.StatusOK], must(io.ReadAll(response.Body))
}

func main() {
	call := overHTTP
	if os.Args[1] == "grpc" {
		call = overGRPC(must(grpc.NewClient(os.Args[2], grpc.WithTransportCredentials(insecure.NewCredentials()))))
	}
	lines := bufio.NewScanner(must(os.Open(os.Args[3])))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var c struct{ Name, Method, Request json.RawMessage }
		must(0, json.Unmarshal(lines.Bytes(), &c))
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		kind, body := call(ctx, strings.Trim(string(c.Method), `"`), c.Request)
		cancel()
		fmt.Println(string(must(json.Marshal(map[string]json.RawMessage{"name": c.Name, kind: body}))))
	}
}

// Classifies one article, a batch and a stream over gRPC. usage: ./run [TARGET]
// RUBRICATOR_CA: PEM of the authority to trust, switches TLS on. RUBRICATOR_TOKEN: bearer token.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	api "newsroom/rubricatorv1"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// A call that ends in UNAVAILABLE is tried again; any other error is final.
const serviceConfig = `{"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 3, "initialBackoff": "0.1s",
	"maxBackoff": "1s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}`
const deadline = 5 * time.Second

var meeting = &api.Article{
	Id: "meeting", Title: "Presidents of Kazakhstan and China discuss border security",
	Body: "The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and " +
		"military exercises, and on a culture centre and scholarships for students. Their foreign ministers signed " +
		"a declaration on diplomatic relations.",
}
var blank = &api.Article{Id: "blank", Body: " "}

func connect(target string) (*grpc.ClientConn, error) {
	transport := insecure.NewCredentials()
	if authority := os.Getenv("RUBRICATOR_CA"); authority != "" {
		var err error
		if transport, err = credentials.NewClientTLSFromFile(authority, ""); err != nil {
			return nil, err
		}
	}
	return grpc.NewClient(target, grpc.WithTransportCredentials(transport), grpc.WithDefaultServiceConfig(serviceConfig))
}

// callContext ends after the deadline and carries the token.
func callContext() (context.Context, context.CancelFunc) {
	ctx := context.Background()
	if token := os.Getenv("RUBRICATOR_TOKEN"); token != "" {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
	}
	return context.WithTimeout(ctx, deadline)
}

func show(analysis *api.Analysis) {
	for _, topic := range analysis.GetTopics() {
		var words []string
		for _, evidence := range topic.GetEvidence()[:min(3, len(topic.GetEvidence()))] {
			words = append(words, evidence.GetText())
		}
		fmt.Printf("topic    %.2f  %s: %s\n", topic.GetConfidence(), topic.GetDisplayName(), strings.Join(words, ", "))
	}
	for _, region := range analysis.GetRegions() {
		fmt.Printf("country  %.2f  %s\n", region.GetConfidence(), region.GetDisplayName())
		for _, evidence := range region.GetEvidence()[:min(1, len(region.GetEvidence()))] {
			field := meeting.GetBody()
			if evidence.GetField() == api.ArticleField_ARTICLE_FIELD_TITLE {
				field = meeting.GetTitle()
			} // offsets count bytes, so they fit Go's strings
			fmt.Printf("               first named as %q\n", field[evidence.GetBegin():evidence.GetEnd()])
		}
	}
	for _, desk := range analysis.GetDesks() {
		fmt.Printf("desk           %s, because %s\n", desk.GetDisplayName(), desk.GetReason())
	}
}

func verdict(result *api.ClassifyResult) string {
	if result.GetError() != nil {
		return result.GetError().GetMessage()
	}
	return "classified"
}

// explain names the fields at fault, from the google.rpc.BadRequest that comes with the error.
func explain(err error) string {
	failed := status.Convert(err)
	var fields []string
	for _, detail := range failed.Details() {
		if bad, ok := detail.(*errdetails.BadRequest); ok {
			for _, violation := range bad.GetFieldViolations() {
				fields = append(fields, violation.GetField())
			}
		}
	}
	return fmt.Sprintf("%s: %s (field: %s)", failed.Code(), failed.Message(), strings.Join(fields, ", "))
}

func run(client api.ClassificationServiceClient) error {
	ctx, cancel := callContext()
	defer cancel()
	options := &api.ClassifyOptions{IncludeEvidence: true}
	one, err := client.ClassifyArticle(ctx, &api.ClassifyArticleRequest{Article: meeting, Options: options})
	if err != nil {
		return err
	}
	show(one.GetAnalysis())

	batch, err := client.BatchClassifyArticles(ctx, &api.BatchClassifyArticlesRequest{Articles: []*api.Article{meeting, blank}})
	if err != nil {
		return err
	}
	for _, result := range batch.GetResults() {
		fmt.Printf("batch    %s: %s\n", result.GetArticleId(), verdict(result))
	}

	stream, err := client.StreamClassifyArticles(ctx)
	if err != nil {
		return err
	}
	for _, article := range []*api.Article{meeting, blank, meeting} {
		if err := stream.Send(&api.StreamClassifyArticlesRequest{Article: article}); err != nil {
			return err
		}
		response, err := stream.Recv()
		if err != nil {
			return err
		}
		fmt.Printf("stream   %s: %s\n", response.GetResult().GetArticleId(), verdict(response.GetResult()))
	}

	if _, err := client.ClassifyArticle(ctx, &api.ClassifyArticleRequest{Article: blank}); err != nil {
		fmt.Println("error   ", explain(err))
	}
	return stream.CloseSend()
}

func main() {
	log.SetFlags(0)
	target := "127.0.0.1:50051"
	if len(os.Args) > 1 {
		target = os.Args[1]
	}
	connection, err := connect(target)
	if err == nil {
		err = run(api.NewClassificationServiceClient(connection))
	}
	if err != nil {
		log.Fatal(explain(err))
	}
}

<?php

// Classifies an article and a batch through librubricator: over gRPC, or in this process. usage: ./run-ffi [TARGET]
// RUBRICATOR_CA: PEM of the authority to trust, switches TLS on. RUBRICATOR_TOKEN: bearer token.

declare(strict_types=1);

const DEADLINE_MS = 5000;

/** librubricator's client; every method of the API takes and gives protobuf's JSON. */
final class Rubricator
{
    private readonly FFI $library;
    private readonly FFI\CData $client;

    public function __construct(string $header, string $library, string $target)
    {
        $this->library = FFI::cdef(file_get_contents($header), $library);
        $this->client = $this->library->new('rubricator_client*');
        $options = $this->library->new('rubricator_client_options');
        $options->struct_size = FFI::sizeof($options);
        $options->timeout_ms = DEADLINE_MS; // and UNAVAILABLE is tried three times, which is the default
        $options->tls_ca_file = $this->text(getenv('RUBRICATOR_CA') ?: '');
        $options->bearer_token = $this->text(getenv('RUBRICATOR_TOKEN') ?: '');
        $error = $this->library->new('rubricator_error*');
        $this->check($this->library->rubricator_client_open(
            $this->text($target),
            FFI::addr($options),
            FFI::addr($this->client),
            FFI::addr($error)
        ), $error);
    }

    public function call(string $method, array $request): array
    {
        [$json, $error] = [$this->library->new('rubricator_json*'), $this->library->new('rubricator_error*')];
        $this->check($this->library->rubricator_call(
            $this->client,
            $this->text($method),
            $this->text(json_encode($request, JSON_THROW_ON_ERROR)),
            0,
            FFI::addr($json),
            FFI::addr($error)
        ), $error);
        $answer = $this->string($this->library->rubricator_json_text($json));
        $this->library->rubricator_json_free($json);
        return json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
    }

    public function __destruct()
    {
        $this->library->rubricator_client_close($this->client);
    }

    private function check(int $code, FFI\CData $error): void
    {
        if ($code !== 0) {
            $message = $this->string($this->library->rubricator_error_message($error));
            $field = $this->string($this->library->rubricator_error_field($error));
            $this->library->rubricator_error_free($error);
            throw new RuntimeException("$message (field: $field)", $code);
        }
    }

    /** Borrowed by the library for one call; PHP frees the bytes with the struct that points to them. */
    private function text(string $value): FFI\CData
    {
        static $kept = [];
        $bytes = $this->library->new('char[' . max(1, strlen($value)) . ']');
        FFI::memcpy($bytes, $value, strlen($value));
        $text = $this->library->new('rubricator_text');
        $text->data = $this->library->cast('char*', $bytes);
        $text->size = strlen($value);
        $kept = [...array_slice($kept, -8), $bytes];
        return $text;
    }

    private function string(FFI\CData $text): string
    {
        return $text->size > 0 ? FFI::string($text->data, $text->size) : '';
    }
}

$meeting = [
    'id' => 'meeting',
    'title' => 'Presidents of Kazakhstan and China discuss border security',
    'body' => 'The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and '
        . 'military exercises, and on a culture centre and scholarships for students. Their foreign ministers signed '
        . 'a declaration on diplomatic relations.',
];
$blank = ['id' => 'blank', 'body' => ' '];
$service = 'rubricator.v1.ClassificationService';
try {
    $rubricator = new Rubricator($argv[1], $argv[2], $argv[3] ?? '127.0.0.1:50051');
    $analysis = $rubricator->call("$service/ClassifyArticle", ['article' => $meeting])['analysis'];
    foreach (['topics' => 'topic  ', 'regions' => 'country'] as $kind => $name) {
        foreach ($analysis[$kind] as $label) {
            printf("%s  %.2f  %s\n", $name, $label['confidence'], $label['displayName']);
        }
    }
    foreach ($analysis['desks'] as $desk) {
        printf("desk           %s, because %s\n", $desk['displayName'], $desk['reason']);
    }
    $batch = $rubricator->call("$service/BatchClassifyArticles", ['articles' => [$meeting, $blank]]);
    foreach ($batch['results'] as $result) {
        printf("batch    %s: %s\n", $result['articleId'], $result['error']['message'] ?? 'classified');
    }
    try {
        $rubricator->call("$service/ClassifyArticle", ['article' => $blank]);
    } catch (RuntimeException $failed) {
        echo "error    {$failed->getCode()}: {$failed->getMessage()}\n";
    }
} catch (RuntimeException $failed) {
    fwrite(STDERR, "{$failed->getCode()}: {$failed->getMessage()}\n");
    exit(1);
}

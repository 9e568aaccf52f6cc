<?php

// Classifies an article and a batch over HTTP with nothing but curl. usage: ./run [URL]
// RUBRICATOR_CA: PEM of the authority to trust, for an https URL. RUBRICATOR_TOKEN: bearer token.

declare(strict_types=1);

const DEADLINE_MS = 5000;
const ATTEMPTS = 3; // only when the server is unavailable; any other error is final

$meeting = [
    'id' => 'meeting',
    'title' => 'Presidents of Kazakhstan and China discuss border security',
    'body' => 'The presidents of Kazakhstan and China met in Astana on Tuesday. They agreed on joint border patrols and '
        . 'military exercises, and on a culture centre and scholarships for students. Their foreign ministers signed '
        . 'a declaration on diplomatic relations.',
];
$blank = ['id' => 'blank', 'body' => ' '];

final class CallFailed extends RuntimeException
{
    /** @param array{code: string, message?: string, details?: list<array{type: string, debug?: array}>} $error */
    public static function from(array $error): self
    {
        $fields = [];
        foreach ($error['details'] ?? [] as $detail) {
            foreach ($detail['debug']['fieldViolations'] ?? [] as $violation) {
                $fields[] = $violation['field'];
            }
        }
        return new self($error['code'] . ': ' . ($error['message'] ?? '') . ' (field: ' . implode(', ', $fields) . ')');
    }
}

/** Calls "rubricator.v1.ClassificationService/ClassifyArticle" or any other unary method. */
function call(CurlHandle $curl, string $url, string $method, array $request): array
{
    $headers = ['Content-Type: application/json', 'Connect-Protocol-Version: 1', 'Connect-Timeout-Ms: ' . DEADLINE_MS];
    if ($token = getenv('RUBRICATOR_TOKEN')) {
        $headers[] = "Authorization: Bearer $token";
    }
    curl_setopt_array($curl, [
        CURLOPT_URL => "$url/$method",
        CURLOPT_POSTFIELDS => json_encode($request, JSON_THROW_ON_ERROR),
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT_MS => DEADLINE_MS,
    ]);
    if ($authority = getenv('RUBRICATOR_CA')) {
        curl_setopt($curl, CURLOPT_CAINFO, $authority);
    }
    for ($attempt = 1; ; ++$attempt) {
        $body = curl_exec($curl);
        $answer = $body === false ? ['code' => 'unavailable', 'message' => curl_error($curl)]
            : json_decode($body, true, flags: JSON_THROW_ON_ERROR);
        if ($body !== false && curl_getinfo($curl, CURLINFO_RESPONSE_CODE) === 200) {
            return $answer;
        }
        if ($answer['code'] !== 'unavailable' || $attempt === ATTEMPTS) {
            throw CallFailed::from($answer);
        }
        usleep(100_000 * 2 ** ($attempt - 1));
    }
}

function show(array $analysis, array $article): void
{
    foreach ($analysis['topics'] ?? [] as $topic) {
        $words = implode(', ', array_column(array_slice($topic['evidence'] ?? [], 0, 3), 'text'));
        printf("topic    %.2f  %s: %s\n", $topic['confidence'], $topic['displayName'], $words);
    }
    foreach ($analysis['regions'] ?? [] as $region) {
        printf("country  %.2f  %s\n", $region['confidence'], $region['displayName']);
        foreach (array_slice($region['evidence'] ?? [], 0, 1) as $first) { // offsets count bytes, as PHP's strings do
            $field = $first['field'] === 'ARTICLE_FIELD_TITLE' ? $article['title'] : $article['body'];
            $begin = $first['begin'] ?? 0; // protobuf's JSON leaves 0 out
            printf("               first named as \"%s\"\n", substr($field, $begin, $first['end'] - $begin));
        }
    }
    foreach ($analysis['desks'] ?? [] as $desk) {
        printf("desk           %s, because %s\n", $desk['displayName'], $desk['reason']);
    }
}

$url = $argv[1] ?? 'http://127.0.0.1:8080';
$curl = curl_init();
$service = 'rubricator.v1.ClassificationService';
try {
    $request = ['article' => $meeting, 'options' => ['includeEvidence' => true]];
    show(call($curl, $url, "$service/ClassifyArticle", $request)['analysis'], $meeting);
    foreach (call($curl, $url, "$service/BatchClassifyArticles", ['articles' => [$meeting, $blank]])['results'] as $result) {
        printf("batch    %s: %s\n", $result['articleId'], $result['error']['message'] ?? 'classified');
    }
    try {
        call($curl, $url, "$service/ClassifyArticle", ['article' => $blank]);
    } catch (CallFailed $failed) {
        echo "error    {$failed->getMessage()}\n";
    }
} catch (CallFailed $failed) {
    fwrite(STDERR, $failed->getMessage() . "\n");
    exit(1);
}

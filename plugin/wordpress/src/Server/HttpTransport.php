<?php

declare(strict_types=1);

namespace Rubricator\Server;

/** Asks a server by the Connect protocol with JSON over HTTP/1.1, through WordPress' own client. */
final class HttpTransport implements Transport
{
    /** An answer for 1,000 articles with evidence stays below. */
    private const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    /** @param string $url base of the server, such as "http://127.0.0.1:8080" */
    public function __construct(private readonly string $url, private readonly string $token = '')
    {
    }

    public function call(string $method, array $request, int $timeoutMs): array
    {
        $headers = [
            'Content-Type' => 'application/json',
            'Accept' => 'application/json',
            'Connect-Protocol-Version' => '1',
            'Connect-Timeout-Ms' => (string) $timeoutMs,
        ];
        if ($this->token !== '') {
            $headers['Authorization'] = 'Bearer ' . $this->token;
        }
        // An empty message is an object, which PHP's empty array is not.
        $body = $request === [] ? '{}' : json_encode($request, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
        $answer = wp_remote_post(rtrim($this->url, '/') . '/' . $method, [
            'headers' => $headers,
            'body' => $body,
            'timeout' => $timeoutMs / 1000,
            'rubricator_timeout_ms' => $timeoutMs,
            'redirection' => 0,
            'limit_response_size' => self::MAX_ANSWER_BYTES,
            'user-agent' => 'Rubricator for WordPress',
        ]);
        if (is_wp_error($answer)) {
            $late = str_contains($answer->get_error_message(), 'cURL error 28');
            throw new TransportError($late ? 'deadline_exceeded' : 'unavailable', $answer->get_error_message());
        }
        return self::parsed((int) wp_remote_retrieve_response_code($answer), wp_remote_retrieve_body($answer));
    }

    public function target(): string
    {
        return $this->url;
    }

    /**
     * WordPress rounds time-outs up to a whole second; ours may be shorter. Runs on the action http_api_curl.
     *
     * @param \CurlHandle $handle
     * @param array<string, mixed> $arguments
     */
    public static function capTimeout($handle, array $arguments): void
    {
        if (isset($arguments['rubricator_timeout_ms'])) {
            // Without NOSIGNAL curl's resolver cannot keep a time-out below a second.
            curl_setopt($handle, CURLOPT_NOSIGNAL, true);
            curl_setopt($handle, CURLOPT_TIMEOUT_MS, (int) $arguments['rubricator_timeout_ms']);
            curl_setopt($handle, CURLOPT_CONNECTTIMEOUT_MS, (int) $arguments['rubricator_timeout_ms']);
        }
    }

    /** @return array<string, mixed> */
    private static function parsed(int $status, string $body): array
    {
        $message = json_decode($body, true);
        if ($status === 200 && is_array($message)) {
            return $message;
        }
        if (is_array($message) && is_string($message['code'] ?? null)) {
            throw new TransportError($message['code'], (string) ($message['message'] ?? ''));
        }
        // A proxy in front of a server that is away answers in HTML.
        $reason = match (true) {
            $status === 404 && str_starts_with($body, 'the API has no method') => 'unimplemented',
            in_array($status, [502, 503, 504], true) => 'unavailable',
            default => 'malformed',
        };
        throw new TransportError($reason, sprintf('HTTP status %d, and no answer of Rubricator', $status));
    }
}
